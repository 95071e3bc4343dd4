using Sideband.Events;

namespace Sideband.Search.Systematics;

/// <summary>
/// The whole chain on the two strips beside each signal region in its place, of data without that region: what a method that learns
/// outside of a region says in one that holds no signal (methods.md, section 3). A strip widens the gap that the method must bridge, and
/// the lowest window's lower strip may reach into a turn-on.
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

    public override EstimatedShift Of(EstimateCounts counts) =>
        EstimatedShift.Over(Name, [.. Samples.SelectMany(sample => counts.Of(sample))]);
}
