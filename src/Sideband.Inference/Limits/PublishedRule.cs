namespace Sideband.Inference.Limits;

/// <summary>
/// CMS's rule: min over the strengths tried of max(s, N_excl/((1 - a) efficiency(s))), a from <see cref="SignalDisplacement"/>. It
/// always names a strength at which the selection was really trained, and over-covers: 100 % in a toy, with a limit 30 % above the root
/// rule's. Strengths without a redraw or where nothing passes are left out, which can only make the limit weaker.
/// </summary>
public sealed record PublishedRule : LimitRule
{
    public override string Name => "published";

    private protected override StrengthLimit Compute(InjectionScan scan, PassingCount observed, double confidence)
    {
        var excluded = EventLimit.Of(observed, confidence);
        if (excluded.Value is not { } events)
        {
            return StrengthLimit.Undefined(excluded.Reason!);
        }

        var displacement = SignalDisplacement.Of(scan);
        if (displacement.Value is not { } displaced)
        {
            return StrengthLimit.Undefined(displacement.Reason!);
        }

        var smallest = double.PositiveInfinity;
        foreach (var strength in scan.Strengths)
        {
            if (strength.Efficiency.Value is { } efficiency && efficiency > 0)
            {
                smallest = Math.Min(smallest, Math.Max(strength.Strength, events / (Math.Max(0, 1 - displaced) * efficiency)));
            }
        }

        return double.IsFinite(smallest)
            ? new StrengthLimit(Measured.Of(smallest))
            : StrengthLimit.Undefined(scan.Strengths[^1].Efficiency.Reason ?? "no injected signal event passes at any strength");
    }
}
