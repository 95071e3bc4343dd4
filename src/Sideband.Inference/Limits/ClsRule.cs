namespace Sideband.Inference.Limits;

/// <summary>
/// CLs(s) = mean over redraws d of P(B &lt;= N_obs - (1 - a) y_d(s)) / P(B &lt;= N_obs), with B Poisson about N_exp with the error
/// sigma_exp and a from <see cref="SignalDisplacement"/>; the limit is where it falls to 1 - confidence, seen from s = 0. The scatter of
/// retrainings is in it, with what few redraws do not know of it (<see cref="RedrawSpread"/>): 20 redraws cover 94 to 97 % for a scatter of
/// the yields from 0 to 50 %.
/// </summary>
public sealed record ClsRule : LimitRule
{
    public override string Name => "cls";

    private protected override StrengthLimit Compute(InjectionScan scan, PassingCount observed, double confidence)
    {
        var count = observed.Observed.Value!.Value;
        var background = BackgroundDistribution.Of(observed);
        var without = background.AtMost(count);
        if (!(without > 0))
        {
            return StrengthLimit.Undefined(BackgroundDistribution.NoBackground);
        }

        var yields = YieldCurves.Sorted(scan, confidence);
        return StrengthSearch.FirstFall(
            [.. scan.Strengths.Select(strength => strength.Strength)],
            (segment, s) => yields.Average(segment, s, y => background.AtMost(count - y) / without).Select(cls => cls - (1 - confidence)));
    }
}
