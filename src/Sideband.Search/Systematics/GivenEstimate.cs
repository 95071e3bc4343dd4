using Sideband.Inference.Counting;

namespace Sideband.Search.Systematics;

/// <summary>
/// A shift that is not estimated: 0 by construction of the template ("zero"), left out ("none"), or numbers that the user vouches for, one
/// a working point ("fixed"; 0 at the other efficiencies).
/// </summary>
public sealed record GivenEstimate(string Name, IReadOnlyList<double> Numbers) : ShiftEstimate(Name)
{
    public const string Zero = "zero", None = "none", Fixed = "fixed";

    public override bool IsLeftOut => Name == None;

    public override EstimatedShift Of(EstimateCounts counts) => new(
        Name, [.. counts.Efficiencies.Select((_, e) => e < Numbers.Count ? SystematicShift.Fixed(Numbers[e]) : SystematicShift.Zero)]);
}
