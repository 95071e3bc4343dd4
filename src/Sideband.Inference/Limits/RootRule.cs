namespace Sideband.Inference.Limits;

/// <summary>
/// s_UL = sup{ s : (1 - a) y(s) &lt;= N_excl }, y the mean yield, a from <see cref="SignalDisplacement"/>. It knows no scatter: it
/// covers 95 to 96 % where retrainings agree and 82 % where their yields scatter by 20 %.
/// </summary>
public sealed record RootRule : LimitRule
{
    public override string Name => "root";

    private protected override StrengthLimit Compute(InjectionScan scan, PassingCount observed, double confidence)
    {
        var excluded = EventLimit.Of(observed, confidence);
        if (excluded.Value is not { } events)
        {
            return StrengthLimit.Undefined(excluded.Reason!);
        }

        var yields = YieldCurves.Mean(scan);
        return StrengthSearch.Largest(
            [.. scan.Strengths.Select(strength => strength.Strength)],
            (segment, s) => yields.Average(segment, s, y => events - y));
    }
}
