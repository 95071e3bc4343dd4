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
        var identity = simulation.Identity.ToArray();
        return simulation.Select([.. Enumerable.Range(0, identity.Length).Where(i => (SplitMix64.Mix(identity[i] ^ Salt) % 2 == 1) == second)]);
    }
}
