using Sideband.Inference.Metrics;

namespace Sideband.Inference.Limits;

/// <summary>
/// The excess (1 - a) y_d(s) of several equally likely trainings, between the strengths of a scan: at each strength the efficiencies y/s
/// of the redraws are sorted, and the d-th of one strength is joined with the d-th of the next. The efficiency is linear in s, since y
/// itself bends (more signal teaches the classifier more), and constant below the first strength. a is the background that a passing
/// signal event displaces (<see cref="SignalDisplacement"/>).
/// </summary>
internal sealed class YieldCurves
{
    private readonly IReadOnlyList<InjectionStrength> _strengths;
    private readonly double[]?[] _efficiency; // [strength][d]; null without redraws and at s = 0

    private readonly Measured _kept; // 1 - a, not below 0

    private YieldCurves(InjectionScan scan, double[]?[] efficiency)
    {
        (_strengths, _efficiency) = (scan.Strengths, efficiency);
        _kept = SignalDisplacement.Of(scan).Select(displaced => Math.Max(0, 1 - displaced));
    }

    /// <summary>
    /// As many curves as the best strength has redraws, spread as far as one more redraw may lie (<see cref="RedrawSpread"/>).
    /// </summary>
    /// <param name="scan">The scan.</param>
    /// <param name="confidence">Confidence level of the limit.</param>
    public static YieldCurves Sorted(InjectionScan scan, double confidence)
    {
        var levels = scan.Strengths.Skip(1).Max(strength => strength.Draws.Count);
        return new YieldCurves(scan, [.. scan.Strengths.Select(strength => Efficiencies(strength, levels, confidence))]);
    }

    /// <summary>One curve, the mean yield.</summary>
    public static YieldCurves Mean(InjectionScan scan) => new(
        scan,
        [.. scan.Strengths.Select(strength => strength.Efficiency.Value is { } efficiency ? new[] { efficiency } : null)]);

    /// <summary>The mean of a function of (1 - a) y_d(s) over d.</summary>
    /// <param name="segment">From strength segment - 1 to strength segment, at least 1.</param>
    /// <param name="s">In the segment.</param>
    /// <param name="function">Finite.</param>
    public Measured Average(int segment, double s, Func<double, double> function)
    {
        var (low, high) = (_efficiency[segment - 1], _efficiency[segment]);
        if (high is null || (low is null && segment > 1))
        {
            return Measured.Undefined(_strengths[high is null ? segment : segment - 1].NoDraws);
        }

        if (_kept.Value is not { } kept)
        {
            return _kept;
        }

        var from = _strengths[segment - 1].Strength;
        var fraction = (s - from) / (_strengths[segment].Strength - from);
        var sum = 0.0;
        for (var d = 0; d < high.Length; d++)
        {
            sum += function(kept * s * (low is null ? high[d] : low[d] + (fraction * (high[d] - low[d]))));
        }

        return Measured.Of(sum / high.Length);
    }

    /// <summary>Sorted efficiencies at the quantiles (d + 1/2)/levels: the sorted ones themselves where no redraw failed.</summary>
    private static double[]? Efficiencies(InjectionStrength strength, int levels, double confidence)
    {
        if (strength.Strength <= 0 || strength.Draws.Count == 0)
        {
            return null;
        }

        double[] sorted = RedrawSpread.Of(
            [.. strength.Draws.Select(draw => draw.SignalPassing.Value!.Value / strength.Strength).Order()], confidence);
        return [.. Enumerable.Range(0, levels).Select(d =>
            PercentileBand.AtRank(sorted, Math.Clamp(((d + 0.5) * sorted.Length / levels) - 0.5, 0, sorted.Length - 1)))];
    }
}
