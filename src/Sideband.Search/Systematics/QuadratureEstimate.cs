using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>Monte Carlo and sideband estimate in quadrature (arXiv:2411.00085, section 3.2).</summary>
public sealed record QuadratureEstimate(ShiftEstimate First, ShiftEstimate Second) : ShiftEstimate($"{First.Name}+{Second.Name}")
{
    public override IReadOnlyList<ChainSample> Samples => [.. First.Samples, .. Second.Samples];

    public override bool HasSpread => true;

    // The second is asked first: that a method has no sideband template is said before that a file is missing.
    public override void Require(EstimateSituation situation)
    {
        Second.Require(situation);
        First.Require(situation);
    }

    public override EstimatedShift Of(EstimateCounts counts) =>
        new(Name, [.. First.Of(counts).Shifts.Zip(Second.Of(counts).Shifts, SystematicShift.Combine)]);
}
