namespace Sideband.Numerics;

/// <summary>Student's t distribution, with the same bits everywhere.</summary>
public static class StudentDistribution
{
    /// <summary>
    /// Probability that t^2 exceeds <paramref name="square"/>, which is the upper tail of the F distribution with 1 and
    /// <paramref name="degrees"/> degrees of freedom: I_y(n/2, 1/2) with y = n/(n + t^2). Absolute error below 1e-13, and the relative
    /// error as small for t^2 above n.
    /// </summary>
    /// <param name="square">t^2, at least 0.</param>
    /// <param name="degrees">n, at least 1.</param>
    public static double TailOfSquare(double square, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(square);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);

        // 1 - y is formed without loss: of y alone a small t would be left with few digits.
        return square > degrees
            ? IncompleteBeta.Regularised(degrees / (degrees + square), 0.5 * degrees, 0.5)
            : 1 - IncompleteBeta.Regularised(square / (degrees + square), 0.5, 0.5 * degrees);
    }
}
