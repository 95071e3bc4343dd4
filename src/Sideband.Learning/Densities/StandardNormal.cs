using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities;

/// <summary>N(0, 1)^d, the latent density of every flow.</summary>
internal static class StandardNormal
{
    /// <summary>ln(2 pi)/2.</summary>
    public const double HalfLogTwoPi = 0.91893853320467274178;

    /// <summary>-ln N(z; 0, 1) = |z|^2/2 + d ln(2 pi)/2.</summary>
    public static double NegativeLogDensity(ReadOnlySpan<float> z)
    {
        var square = 0.0;
        foreach (var value in z)
        {
            square += (double)value * value;
        }

        return (0.5 * square) + (z.Length * HalfLogTwoPi);
    }

    /// <summary>The gradient of that with respect to z, times a scale.</summary>
    /// <param name="z">One event a row.</param>
    /// <param name="rows">Rows that count.</param>
    /// <param name="scale">Of the loss.</param>
    /// <param name="gradient">Written, of the same shape.</param>
    public static void Gradient(Matrix z, int rows, float scale, Matrix gradient)
    {
        for (var i = 0; i < rows; i++)
        {
            var from = z.RowSpan(i);
            var to = gradient.RowSpan(i);
            for (var f = 0; f < from.Length; f++)
            {
                to[f] = scale * from[f];
            }
        }
    }
}
