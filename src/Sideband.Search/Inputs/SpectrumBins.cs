using Sideband.Events;

namespace Sideband.Search.Inputs;

/// <summary>Equal bins of the resonant variable over the full range of the data, for the spectra before and after each cut.</summary>
/// <param name="Low">Smallest mass.</param>
/// <param name="High">Just above the largest mass.</param>
public sealed record SpectrumBins(double Low, double High)
{
    public const int Count = 200;

    // The whole range may be beyond the largest number where a bin is not.
    public double Width => double.IsFinite(High - Low) ? (High - Low) / Count : (High / Count) - (Low / Count);

    /// <summary>Bins that cover a table's masses.</summary>
    public static SpectrumBins Of(EventTable events)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        foreach (var mass in events.Mass)
        {
            (low, high) = (Math.Min(low, mass), Math.Max(high, mass));
        }

        return new SpectrumBins(low, Math.BitIncrement(Math.Max(high, low + 1e-9)));
    }

    public int IndexOf(double mass) => Math.Clamp((int)Math.Clamp((mass - Low) / Width, 0, Count - 1), 0, Count - 1);

    /// <summary>The <see cref="Count"/> + 1 edges.</summary>
    public double[] Edges() => [.. Enumerable.Range(0, Count + 1).Select(i => Low + (i * Width))];
}
