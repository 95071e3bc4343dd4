using Sideband.Inference.Metrics;
using Sideband.Numerics;

namespace Sideband.Inference.Limits;

/// <summary>
/// The limits that searches without signal would set: median and the bands that hold 68.3 and 95.4 % of them. An edge that falls among
/// limits above the largest strength tried is undefined.
/// </summary>
/// <param name="LowTwo">2 sigma below: the 2.28th percentile.</param>
/// <param name="LowOne">1 sigma below: the 15.87th percentile.</param>
/// <param name="Median">The expected limit.</param>
/// <param name="HighOne">1 sigma above.</param>
/// <param name="HighTwo">2 sigma above.</param>
/// <param name="Experiments">Experiments that gave a limit, or one beyond the largest strength.</param>
/// <param name="Failed">Those that did not.</param>
public sealed record ExpectedLimit(
    Measured LowTwo,
    Measured LowOne,
    Measured Median,
    Measured HighOne,
    Measured HighTwo,
    int Experiments,
    int Failed)
{
    /// <summary>Each redraw at strength 0 takes the place of the data once, and is not counted among its own experiments.</summary>
    public static ExpectedLimit Of(LimitRule rule, InjectionScan scan, double confidence = 0.95) =>
        Of([.. scan.Strengths[0].Draws.Select((draw, i) => rule.Of(scan.Without(0, i), draw.Count, confidence))], scan.Strengths[0].Failed);

    /// <param name="limits">One a signal-free experiment.</param>
    /// <param name="failed">Experiments that are not among them.</param>
    public static ExpectedLimit Of(IReadOnlyList<StrengthLimit> limits, int failed = 0)
    {
        double[] sorted = [.. limits.Select(limit => limit.Value.Value).OfType<double>().Order()];
        var count = sorted.Length + limits.Count(limit => limit.Beyond);
        Measured At(double sigmas) => Quantile(sorted, count, NormalDistribution.UpperTail(-sigmas));
        return new ExpectedLimit(At(-2), At(-1), At(0), At(1), At(2), count, failed + limits.Count - count);
    }

    /// <summary>
    /// Linear between ranks (n - 1) p, as <see cref="PercentileBand.Percentile"/>; the ranks from sorted.Length on lie above all strengths.
    /// </summary>
    private static Measured Quantile(double[] sorted, int count, double probability)
    {
        if (count == 0)
        {
            return Measured.Undefined("no experiment without signal gave a limit");
        }

        var position = (count - 1) * probability;
        return Math.Ceiling(position) < sorted.Length
            ? Measured.Of(PercentileBand.AtRank(sorted, position))
            : Measured.Undefined("above the largest strength tried");
    }
}
