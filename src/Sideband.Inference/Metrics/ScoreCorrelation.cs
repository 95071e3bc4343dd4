using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>
/// Pearson correlation of the log-odds of two classifiers' scores over the same events. Scores of weakly trained classifiers crowd around
/// one value and those of strong ones at the ends of [0, 1]; log-odds have no ends, and are the logarithm of a likelihood ratio.
/// </summary>
public static class ScoreCorrelation
{
    /// <summary>Scores beyond 2^-24 of 0 and 1, the resolution of single precision, count as these.</summary>
    private const double Least = 5.9604644775390625e-8;

    /// <summary>ln(s/(1 - s)).</summary>
    /// <param name="score">In [0, 1].</param>
    public static double LogOdds(float score)
    {
        var held = Math.Clamp(score, Least, 1 - Least);
        return PortableMath.Log(held / (1 - held));
    }

    /// <summary>The correlation in [-1, 1] over the events that both have a score of.</summary>
    /// <param name="first">Scores in [0, 1]; NaN for events without.</param>
    /// <param name="second">Of the same events.</param>
    public static Measured Of(ReadOnlySpan<float> first, ReadOnlySpan<float> second)
    {
        if (first.Length != second.Length)
        {
            throw new ArgumentException($"{second.Length} scores for {first.Length} events.", nameof(second));
        }

        var (x, y) = (new List<double>(first.Length), new List<double>(first.Length));
        for (var i = 0; i < first.Length; i++)
        {
            if (!float.IsNaN(first[i]) && !float.IsNaN(second[i]))
            {
                x.Add(LogOdds(first[i]));
                y.Add(LogOdds(second[i]));
            }
        }

        if (x.Count < 3)
        {
            return Measured.Undefined(FormattableString.Invariant($"{x.Count} events have both scores; at least 3 needed"));
        }

        var (meanX, meanY) = (MeanOf(x), MeanOf(y));
        var (xx, yy, xy) = (0.0, 0.0, 0.0);
        for (var i = 0; i < x.Count; i++)
        {
            var (dx, dy) = (x[i] - meanX, y[i] - meanY);
            (xx, yy, xy) = (xx + (dx * dx), yy + (dy * dy), xy + (dx * dy));
        }

        return xx > 0 && yy > 0
            ? Measured.Of(Math.Clamp(xy / Math.Sqrt(xx * yy), -1, 1))
            : Measured.Undefined("all events have one score");
    }

    private static double MeanOf(List<double> values)
    {
        var sum = 0.0;
        foreach (var value in values)
        {
            sum += value;
        }

        return sum / values.Count;
    }
}
