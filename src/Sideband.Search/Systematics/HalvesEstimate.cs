using Sideband.Events;

namespace Sideband.Search.Systematics;

/// <summary>
/// The whole chain on half of the simulation, made like the data by acceptance and rejection, with the other half as simulation
/// (methods.md, section 3): what a method that makes simulation like data leaves of a difference that is known and of the true size.
/// </summary>
public sealed record HalvesEstimate() : ShiftEstimate("halves")
{
    public override IReadOnlyList<ChainSample> Samples => [ChainSample.Halves];

    public override bool HasSpread => true;

    public override void Require(EstimateSituation situation)
    {
        if (!situation.ReadsSimulation)
        {
            throw new ConfigurationException(
                $"systematics: '{situation.Asked}' needs a method that makes a simulation like the data; "
                + $"with method '{situation.Method}' allowed: "
                + $"{(situation.Traits.RepeatableOnPseudoData ? "mc, " : "")}labels, none, or one number per working point");
        }
    }

    public override EstimatedShift Of(EstimateCounts counts) => EstimatedShift.Over(Name, counts.Of(ChainSample.Halves));
}
