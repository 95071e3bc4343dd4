namespace Sideband.Numerics;

/// <summary>Student's t distribution, with the same bits everywhere.</summary>
public static class StudentDistribution
{
    private const double HalfLnPi = 0.57236494292470008707;

    /// <summary>
    /// Probability that t^2 exceeds <paramref name="square"/>, which is the upper tail of the F distribution with 1 and
    /// <paramref name="degrees"/> degrees of freedom: I_y(n/2, 1/2) with y = n/(n + t^2). Absolute error below 1e-13, and the relative
    /// error as small for t^2 above n.
    /// </summary>
    /// <remarks>
    /// I_x(p, q) = x^p (1-x)^q / (p B(p, q)) (1 + (p+q)/(p+1) x + (p+q)(p+q+1)/((p+1)(p+2)) x^2 + ...) (Abramowitz and Stegun 26.5.4), a
    /// sum of positive terms, taken for the smaller of y and 1 - y.
    /// </remarks>
    /// <param name="square">t^2, at least 0.</param>
    /// <param name="degrees">n, at least 1.</param>
    public static double TailOfSquare(double square, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(square);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var (n, y) = (0.5 * degrees, degrees / (degrees + square));
        var z = square / (degrees + square);
        return Math.Clamp(y < 0.5 ? Series(n, 0.5, y, z) : 1 - Series(0.5, n, z, y), 0, 1);
    }

    private static double Series(double p, double q, double x, double oneMinusX)
    {
        if (x == 0)
        {
            return 0;
        }

        var (sum, term) = (1.0, 1.0);
        for (var k = 0; term > 1e-17 * sum; k++)
        {
            term *= (p + q + k) / (p + 1 + k) * x;
            sum += term;
        }

        var larger = Math.Max(p, q);
        var lnBeta = IncompleteGamma.LogGamma(larger) + HalfLnPi - IncompleteGamma.LogGamma(larger + 0.5);
        return sum / p * PortableMath.Exp((p * PortableMath.Log(x)) + (q * PortableMath.Log(oneMinusX)) - lnBeta);
    }
}
