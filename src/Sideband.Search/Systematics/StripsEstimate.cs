using Sideband.Events;
using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>
/// The whole chain on the two strips beside each signal region in its place, of data without that region: what a method that learns
/// outside of a region says of one (methods.md, section 3). A strip widens the gap that the method must bridge, and the lowest window's
/// lower strip may reach into a turn-on. The strips of one window lie in the regions of others: those that overlap the strip with the most
/// significant excess are left out, so that a resonance in the data does not become a shift of the background.
/// </summary>
public sealed record StripsEstimate() : ShiftEstimate("strips")
{
    public override IReadOnlyList<ChainSample> Samples => [ChainSample.StripBelow, ChainSample.StripAbove];

    public override bool HasSpread => true;

    public override void Require(EstimateSituation situation)
    {
        if (!situation.Traits.RepeatableOnPseudoData || !situation.Traits.StandsMassDependence)
        {
            throw new ConfigurationException(
                $"systematics: '{situation.Asked}' needs a method that learns what the background is outside of a region; "
                + $"with method '{situation.Method}' allowed: "
                + $"{(situation.Traits.RepeatableOnPseudoData ? "mc, " : "")}labels, none, or one number per working point");
        }
    }

    public override EstimatedShift Of(EstimateCounts counts)
    {
        var strips = Samples.SelectMany(sample => counts.Of(sample)).ToArray();
        return new EstimatedShift(
            Name,
            [.. counts.Efficiencies.Select((_, e) => SystematicShift.Over(WithoutLargestExcess(
                [.. strips.Select(strip => WindowShift.Of(EstimatedShift.WindowOf(strip.Window), strip.Counts[e]))])))]);
    }

    /// <summary>
    /// The strips apart from the most significant excess; all of them where fewer than <see cref="SystematicShift.MinimumWindows"/> lie
    /// apart.
    /// </summary>
    internal static IReadOnlyList<WindowShift> WithoutLargestExcess(IReadOnlyList<WindowShift> strips)
    {
        static double Excess(WindowShift strip) =>
            strip.Shift.Mean.Value is { } shift && strip.StatisticalVariance.Value is > 0 and { } variance
                ? shift / Math.Sqrt(variance)
                : double.NegativeInfinity;

        var largest = strips.MaxBy(Excess)!;
        WindowShift[] apart = [.. strips.Where(strip => !strip.Window.Overlaps(largest.Window))];
        return apart.Length >= SystematicShift.MinimumWindows ? apart : strips;
    }
}
