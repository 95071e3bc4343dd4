namespace Sideband.Inference.Limits;

/// <summary>An upper limit with everything that has to stand beside it.</summary>
/// <param name="Rule">How it was made.</param>
/// <param name="Confidence">Confidence level.</param>
/// <param name="Observed">The limit of the data.</param>
/// <param name="Expected">The limits of experiments without signal.</param>
/// <param name="Coverage">At the strengths nearest to the limit, ascending.</param>
/// <param name="Marked">Strengths at which fewer than all trainings succeeded.</param>
public sealed record UpperLimit(
    LimitRule Rule,
    double Confidence,
    StrengthLimit Observed,
    ExpectedLimit Expected,
    IReadOnlyList<Coverage> Coverage,
    IReadOnlyList<InjectionStrength> Marked)
{
    /// <summary>Strengths at which coverage is estimated.</summary>
    public const int CoverageStrengths = 3;

    /// <param name="rule">How the limit is made.</param>
    /// <param name="scan">Redraws in the window at the working point.</param>
    /// <param name="observed">What the search counts there.</param>
    /// <param name="confidence">Confidence level, in (0, 1).</param>
    public static UpperLimit Of(LimitRule rule, InjectionScan scan, PassingCount observed, double confidence = 0.95)
    {
        var limit = rule.Of(scan, observed, confidence);
        var expected = ExpectedLimit.Of(rule, scan, confidence);
        var near = limit.Value.Value ?? expected.Median.Value ?? scan.Strengths[^1].Strength;
        return new UpperLimit(
            rule,
            confidence,
            limit,
            expected,
            [.. Nearest(scan, near).Select(strength => Limits.Coverage.Of(rule, scan, strength, confidence))],
            scan.Marked);
    }

    private static IEnumerable<int> Nearest(InjectionScan scan, double near) => Enumerable.Range(1, scan.Strengths.Count - 1)
        .OrderBy(i => Math.Abs(scan.Strengths[i].Strength - near))
        .Take(CoverageStrengths)
        .Order();
}
