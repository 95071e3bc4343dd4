using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>
/// At each background efficiency the one of two estimates that is larger, sign included, with its own spread; undefined where one of
/// them is.
/// </summary>
public sealed record LargerEstimate(ShiftEstimate First, ShiftEstimate Second) : ShiftEstimate($"{First.Name},{Second.Name}")
{
    public override IReadOnlyList<ChainSample> Samples => [.. First.Samples, .. Second.Samples];

    public override bool HasSpread => true;

    public override void Require(EstimateSituation situation)
    {
        First.Require(situation);
        Second.Require(situation);
    }

    public override EstimatedShift Of(EstimateCounts counts) =>
        new(Name, [.. First.Of(counts).Shifts.Zip(Second.Of(counts).Shifts, SystematicShift.Larger)]);
}
