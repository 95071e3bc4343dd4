namespace Sideband.Numerics;

/// <summary>Combinations of logarithms in which the leading terms cancel.</summary>
public static class LogSeries
{
    /// <summary>
    /// x - ln(1 + x), at least 0, to full relative precision, where 1 + x is known to more digits than it has as a sum, which tells near
    /// x = -1.
    /// </summary>
    /// <param name="x">Above -1.</param>
    /// <param name="onePlusX">1 + x.</param>
    public static double XMinusLog1P(double x, double onePlusX) => Math.Abs(x) > 0.25 ? x - PortableMath.Log(onePlusX) : Series(x);

    /// <summary>
    /// n ln(n/mean) - n + mean, at least 0, to full relative precision also where the two are close: what a count n lacks of the largest
    /// Poisson likelihood, and half of its part in Baker and Cousins' chi2.
    /// </summary>
    /// <param name="n">At least 0, whole or not.</param>
    /// <param name="mean">Above 0; infinite at 0, unless <paramref name="n"/> is 0.</param>
    public static double Deviance(double n, double mean)
    {
        var difference = mean - n;
        return n == 0 ? mean
            : Math.Abs(difference) > 0.25 * n ? difference - (n * PortableMath.Log(mean / n))
            : n * Series(difference / n);
    }

    private static double Series(double x)
    {
        // ln(1 + x) = 2 (s + s^3/3 + s^5/5 + ...) with s = x / (2 + x), and x - 2 s = s x. |s| <= 1/7: ten terms reach 1e-17.
        var s = x / (2 + x);
        var square = s * s;
        var sum = 0.0;
        for (var k = 21; k >= 3; k -= 2)
        {
            sum = Math.FusedMultiplyAdd(sum, square, 1.0 / k);
        }

        return s * (x - (2 * square * sum));
    }
}
