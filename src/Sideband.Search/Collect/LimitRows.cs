using Sideband.Inference;
using Sideband.Inference.Limits;
using Sideband.Inference.Metrics;
using Sideband.Numerics;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>What results.json says of strengths, limits and sensitivities.</summary>
internal static class LimitRows
{
    public const string NoSignal = "no signal event lies in the window";

    /// <summary>All redraws at one strength.</summary>
    public static StrengthResult Of(InjectionStrength strength) => new(
        strength.Strength,
        strength.Draws.Count,
        strength.Failed,
        strength.Strength > 0 ? Band(strength.Draws.Select(draw => draw.SignalPassing.Value!.Value / strength.Strength)) : null,
        Significance(strength),
        Band(strength.Draws.Select(draw =>
            ((draw.Count.Observed.Value!.Value - draw.SignalPassing.Value!.Value) / draw.Count.Background.Expected.Value!.Value) - 1)),
        strength.Reason ?? strength.Efficiency.Reason);

    /// <summary>A limit by one rule.</summary>
    /// <param name="limit">The limit.</param>
    /// <param name="units">What strengths are worth in the window; null where it holds no signal.</param>
    public static LimitRuleResult Of(UpperLimit limit, LimitUnits? units)
    {
        var (value, expected) = (limit.Observed.Value, limit.Expected);
        Measured[] edges = [expected.LowTwo, expected.LowOne, expected.Median, expected.HighOne, expected.HighTwo];
        return new LimitRuleResult(
            limit.Rule.Name,
            new LimitValueResult(
                value.Value,
                limit.Observed.Beyond,
                units?.SignalToBackground(value).Value,
                units?.SignalToRootBackground(value).Value,
                units?.CrossSection(value).Value,
                value.Reason ?? (units is null ? NoSignal : units.CrossSection(value).Reason)),
            new ExpectedStrengthResult(
                edges[0].Value, edges[1].Value, edges[2].Value, edges[3].Value, edges[4].Value, expected.Experiments, expected.Failed,
                edges.Select(edge => edge.Reason).FirstOrDefault(reason => reason is not null)),
            [
                .. limit.Coverage.Select(coverage => new CoverageResult(
                    coverage.Strength,
                    coverage.Fraction?.Fraction,
                    coverage.Fraction?.Low,
                    coverage.Fraction?.High,
                    coverage.Draws,
                    coverage.Failed,
                    coverage.Fraction is null ? "no redraw at this strength gives a limit" : null)),
            ]);
    }

    /// <summary>The strength at which the median significance reaches a target first, beside that of counting without a cut.</summary>
    /// <param name="target">Significance, above 0.</param>
    /// <param name="strengths">Ascending from 0.</param>
    /// <param name="units">As in <see cref="Of(UpperLimit, LimitUnits?)"/>.</param>
    /// <param name="events">All events of the window: what is counted without a cut.</param>
    /// <param name="variance">sigma_exp^2 of counting them, see <see cref="TemplateWeights.UncutVariance"/>.</param>
    public static SensitivityResult Sensitivity(
        double target, IReadOnlyList<InjectionStrength> strengths, LimitUnits? units, int events, double variance)
    {
        var reached = Reached(target, [.. strengths.Select(strength => (strength.Strength, Significance(strength)?.Median))]);
        var bare = Inference.Counting.Significance.RequiredObserved(events, variance, target)
            .Select(needed => (needed - events) / Math.Sqrt(events));
        return new SensitivityResult(
            target,
            reached.Value,
            units?.SignalToRootBackground(reached).Value,
            bare.Value,
            reached.Reason ?? (units is null ? NoSignal : bare.Reason));
    }

    // Linear between the first strength that reaches it and the one before; nothing is drawn across a strength without redraws.
    private static Measured Reached(double target, (double Strength, double? Median)[] medians)
    {
        var first = Array.FindIndex(medians, entry => entry.Median >= target);
        if (first < 0)
        {
            return Measured.Undefined("not reached at the largest strength tried");
        }

        var (high, highMedian) = medians[first];
        return first == 0 ? Measured.Undefined("reached without signal")
            : medians[first - 1] is (var low, { } lowMedian)
                ? Measured.Of(low + ((target - lowMedian) / (highMedian!.Value - lowMedian) * (high - low)))
            : Measured.Undefined(FormattableString.Invariant($"no redraw succeeded at strength {medians[first - 1].Strength:G6}"));
    }

    private static RedrawBandResult? Significance(InjectionStrength strength) =>
        Band(strength.Draws.Select(draw => draw.Count.Significance.Value).OfType<double>());

    private static RedrawBandResult? Band(IEnumerable<double> values)
    {
        double[] sorted = [.. values.Order()];
        double At(double sigmas) => PercentileBand.Percentile(sorted, 100 * NormalDistribution.UpperTail(-sigmas));
        return sorted.Length == 0 ? null : new RedrawBandResult(At(-2), At(-1), At(0), At(1), At(2));
    }
}
