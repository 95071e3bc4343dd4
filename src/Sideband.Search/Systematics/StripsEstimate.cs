using Sideband.Events;
using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>
/// The whole chain on the two strips beside each signal region in its place, of data without that region: what a method that learns
/// outside of a region says of one (methods.md, section 3). A strip widens the gap that the method must bridge, and the lowest window's
/// lower strip may reach into a turn-on. The strips of one window lie in the regions of others: where one strip has an excess over those
/// apart from it beyond what they scatter by, those that overlap it are left out, so that a resonance in the data does not become a shift
/// of the background.
/// </summary>
/// <remarks>
/// To leave out the highest strip whether it stands out or not makes delta_sys too low, always, by 0.1 to 0.2 of a strip's error, and every
/// excess larger. What is left in below <see cref="StandsOut"/> makes delta_sys too high and excesses smaller.
/// </remarks>
public sealed record StripsEstimate() : ShiftEstimate("strips")
{
    /// <summary>Deviations above the strips apart from it by which a strip stands out.</summary>
    private const double StandsOut = 3;

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
    /// The strips apart from the most significant excess; all of them where it does not stand out, and where fewer than
    /// <see cref="SystematicShift.MinimumWindows"/> lie apart.
    /// </summary>
    internal static IReadOnlyList<WindowShift> WithoutLargestExcess(IReadOnlyList<WindowShift> strips)
    {
        // A shift that all strips share is none of one strip.
        var all = SystematicShift.Over(strips).Mean.Value ?? 0;
        double Excess(WindowShift strip) =>
            strip.Shift.Mean.Value is { } shift && strip.StatisticalVariance.Value is > 0 and { } variance
                ? (shift - all) / Math.Sqrt(variance)
                : double.NegativeInfinity;

        var largest = strips.MaxBy(Excess)!;
        WindowShift[] apart = [.. strips.Where(strip => !strip.Window.Overlaps(largest.Window))];
        return apart.Length >= SystematicShift.MinimumWindows && IsBeyond(largest, SystematicShift.Over(apart)) ? apart : strips;
    }

    // Strips scatter by more than counting where folds share classifiers, or where the template errs here and there.
    private static bool IsBeyond(WindowShift strip, SystematicShift apart) =>
        strip.Shift.Mean.Value is { } shift && strip.StatisticalVariance.Value is { } variance
        && apart.Mean.Value is { } mean && apart.Spread.Value is { } spread && apart.Uncertainty.Value is { } error
        && shift - mean > StandsOut * Math.Sqrt(Math.Max(variance, spread * spread) + (error * error));
}
