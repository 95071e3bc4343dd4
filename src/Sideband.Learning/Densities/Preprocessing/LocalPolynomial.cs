using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>Smoothing by a polynomial of second degree, fitted around each point with Gaussian weights.</summary>
internal static class LocalPolynomial
{
    /// <summary>A smaller determinant of the moments, over the cube of the sum of the weights: a mean in place of a polynomial.</summary>
    private const double Degenerate = 1e-6;

    /// <summary>What the values at some points count in the smoothed value at another one; their sum is 1.</summary>
    /// <param name="points">Where the values are.</param>
    /// <param name="at">Where the smoothed one is wanted.</param>
    /// <param name="width">Standard deviation of the weights; above 0.</param>
    public static double[] Weights(ReadOnlySpan<double> points, double at, double width)
    {
        var weights = new double[points.Length];
        Span<double> moments = stackalloc double[5];
        for (var i = 0; i < points.Length; i++)
        {
            var u = (points[i] - at) / width;
            weights[i] = PortableMath.Exp(-0.5 * u * u);
            for (var (power, value) = (0, weights[i]); power < moments.Length; power++, value *= u)
            {
                moments[power] += value;
            }
        }

        // First row of the inverse of the normal equations' matrix, by cofactors.
        var (c0, c1, c2) = (
            (moments[2] * moments[4]) - (moments[3] * moments[3]),
            (moments[2] * moments[3]) - (moments[1] * moments[4]),
            (moments[1] * moments[3]) - (moments[2] * moments[2]));
        var determinant = (moments[0] * c0) + (moments[1] * c1) + (moments[2] * c2);
        if (!(determinant > Degenerate * moments[0] * moments[0] * moments[0]))
        {
            (c0, c1, c2, determinant) = (1, 0, 0, moments[0]);
        }

        for (var i = 0; i < points.Length; i++)
        {
            var u = (points[i] - at) / width;
            weights[i] *= (c0 + (u * (c1 + (u * c2)))) / determinant;
        }

        return weights;
    }
}
