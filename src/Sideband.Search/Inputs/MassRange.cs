using Sideband.Events;

namespace Sideband.Search.Inputs;

/// <summary>The masses of a table.</summary>
internal static class MassRange
{
    /// <summary>From the smallest mass to just above the largest.</summary>
    public static MassInterval Of(EventTable events)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var mass in events.Mass)
        {
            (low, high) = (Math.Min(low, mass), Math.Max(high, mass));
        }

        return new MassInterval(low, Math.BitIncrement(Math.Max(high, low + 1e-9)));
    }
}
