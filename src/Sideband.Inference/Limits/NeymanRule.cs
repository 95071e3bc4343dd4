namespace Sideband.Inference.Limits;

/// <summary>
/// CLs(s) = P(T &lt;= T_obs | s) / P(T &lt;= T_obs | 0), T the signed significance, both counted among the redraws and linear between
/// strengths. It assumes nothing about the background's law, and is coarse: a toy whose exact limit is 427 gives 484 +- 21 with 20 redraws
/// a strength and 484 +- 8 with 40, since straight lines between strengths lie above the curve of the fractions.
/// </summary>
public sealed record NeymanRule : LimitRule
{
    public override string Name => "neyman";

    private protected override StrengthLimit Compute(InjectionScan scan, PassingCount observed, double confidence)
    {
        if (observed.Significance.Value is not { } threshold)
        {
            return StrengthLimit.Undefined(observed.Significance.Reason!);
        }

        Measured[] fractions = [.. scan.Strengths.Select(strength => Fraction(strength, threshold))];
        if (fractions[0].Value is not > 0)
        {
            return StrengthLimit.Undefined(fractions[0].Reason ?? "no experiment without signal lies as low as the observed one");
        }

        double[] strengths = [.. scan.Strengths.Select(strength => strength.Strength)];
        return StrengthSearch.FirstFall(strengths, (segment, s) =>
        {
            var fraction = (s - strengths[segment - 1]) / (strengths[segment] - strengths[segment - 1]);
            return fractions[segment - 1].Then(low => fractions[segment].Select(high =>
                ((low + (fraction * (high - low))) / fractions[0].Value!.Value) - (1 - confidence)));
        });
    }

    private static Measured Fraction(InjectionStrength strength, double threshold)
    {
        double[] values = [.. strength.Draws.Select(draw => draw.Count.Significance.Value).OfType<double>()];
        return values.Length == 0
            ? Measured.Undefined(strength.NoDraws)
            : Measured.Of((double)values.Count(value => value <= threshold) / values.Length);
    }
}
