using Sideband.Numerics;

namespace Sideband.Templates.Transported;

/// <summary>
/// Weights exp(b t + c t^2), t the mass scaled to the window, that give events the mean and the mean square of other masses: the spectra
/// of data and simulation differ smoothly within a window, and nothing of the features enters. (Exponential tilting; the Newton iteration
/// minimises the convex ln sum_i exp(b t_i + c t_i^2) - b &lt;t&gt; - c &lt;t^2&gt;.)
/// </summary>
internal static class MassTilt
{
    private const int MostSteps = 50;

    /// <summary>What the moments of <c>t</c> may be off.</summary>
    private const double Tolerance = 1e-9;

    /// <summary>The weights, mean 1; null where the moments cannot be reached. Without target masses all are 1.</summary>
    /// <param name="mass">Of the events that are weighted.</param>
    /// <param name="weights">Their own weights; empty: 1.</param>
    /// <param name="target">Masses whose moments are wanted.</param>
    /// <param name="low">Lower limit of the window.</param>
    /// <param name="high">Upper limit.</param>
    public static double[]? Of(
        ReadOnlySpan<double> mass, ReadOnlySpan<double> weights, ReadOnlySpan<double> target, double low, double high)
    {
        double Scaled(double m) => ((2 * m) - low - high) / (high - low);

        var (first, second) = (0.0, 0.0);
        foreach (var m in target)
        {
            var t = Scaled(m);
            (first, second) = (first + (t / target.Length), second + (t * t / target.Length));
        }

        var (b, c) = (0.0, 0.0);
        var result = new double[mass.Length];
        if (target.IsEmpty)
        {
            result.AsSpan().Fill(1);
            return result;
        }

        for (var step = 0; step < MostSteps; step++)
        {
            var (sum, m1, m2, m3, m4) = (0.0, 0.0, 0.0, 0.0, 0.0);
            for (var i = 0; i < mass.Length; i++)
            {
                var t = Scaled(mass[i]);
                var w = result[i] = PortableMath.Exp((b + (c * t)) * t);
                w *= weights.IsEmpty ? 1 : weights[i];
                (sum, m1, m2, m3, m4) = (sum + w, m1 + (w * t), m2 + (w * t * t), m3 + (w * t * t * t), m4 + (w * t * t * t * t));
            }

            (m1, m2, m3, m4) = (m1 / sum, m2 / sum, m3 / sum, m4 / sum);
            var (g1, g2) = (m1 - first, m2 - second);
            if (Math.Max(Math.Abs(g1), Math.Abs(g2)) < Tolerance)
            {
                var mean = result.Average();
                return Array.ConvertAll(result, value => value / mean);
            }

            var (v11, v12, v22) = (m2 - (m1 * m1), m3 - (m1 * m2), m4 - (m2 * m2));
            var determinant = (v11 * v22) - (v12 * v12);
            if (!(determinant > 1e-12))
            {
                return null;
            }

            var (stepB, stepC) = (((v22 * g1) - (v12 * g2)) / determinant, ((v11 * g2) - (v12 * g1)) / determinant);
            var damping = Math.Min(1, 2 / Math.Max(Math.Abs(stepB), Math.Abs(stepC)));
            (b, c) = (b - (damping * stepB), c - (damping * stepC));
        }

        return null;
    }
}
