using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>
/// How far a linear combination d of the moments (1, t, t^2) of a quantity follows from points elsewhere, by weighted least squares of a
/// second-degree polynomial in t: the forecast is sum_i c_i y_i with c = W A (A^T W A)^-1 d, A_i = (1, t_i, t_i^2), W the weights.
/// </summary>
public static class QuadraticForecast
{
    private const int Terms = 3;

    /// <summary>The coefficients c; null where the points do not fix a polynomial of second degree.</summary>
    /// <param name="t">Where the points lie; a unit in which they are of order one.</param>
    /// <param name="weights">Inverse variance of each point; empty where all are equal.</param>
    /// <param name="moments">d: what is asked for, as a combination of the polynomial's three coefficients.</param>
    public static double[]? Coefficients(ReadOnlySpan<double> t, ReadOnlySpan<double> weights, ReadOnlySpan<double> moments)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(moments.Length, Terms);
        Span<double> sums = stackalloc double[(2 * Terms) - 1];
        for (var i = 0; i < t.Length; i++)
        {
            var power = weights.IsEmpty ? 1 : weights[i];
            for (var k = 0; k < sums.Length; k++)
            {
                sums[k] += power;
                power *= t[i];
            }
        }

        Span<double> matrix = stackalloc double[Terms * Terms];
        for (var i = 0; i < matrix.Length; i++)
        {
            matrix[i] = sums[(i / Terms) + (i % Terms)];
        }

        if (SmallCholesky.Of(matrix, Terms)?.Solve(moments) is not [var constant, var linear, var square])
        {
            return null;
        }

        var coefficients = new double[t.Length];
        for (var i = 0; i < coefficients.Length; i++)
        {
            coefficients[i] = (weights.IsEmpty ? 1 : weights[i]) * (constant + (t[i] * (linear + (t[i] * square))));
        }

        return coefficients;
    }
}
