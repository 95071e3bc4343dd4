using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Search.Inputs;

/// <summary>The simulation in two halves by the events' identity: copies of an event are in one.</summary>
internal static class SimulationHalves
{
    private const ulong Salt = 0x3c6ef372fe94f82b;

    /// <param name="simulation">All of it.</param>
    /// <param name="second">Which half.</param>
    public static EventTable Of(EventTable simulation, bool second)
    {
        bool[] isSecond = [.. simulation.Identity.ToArray().Select(identity => SplitMix64.Mix(identity ^ Salt) % 2 == 1)];
        return simulation.Select([.. Enumerable.Range(0, isSecond.Length).Where(i => isSecond[i] == second)]);
    }
}
