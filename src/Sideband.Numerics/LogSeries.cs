namespace Sideband.Numerics;

/// <summary>Combinations of logarithms in which the leading terms cancel.</summary>
public static class LogSeries
{
    /// <summary>x - ln(1 + x), at least 0, to full relative precision.</summary>
    /// <param name="x">Above -1.</param>
    public static double XMinusLog1P(double x) => Math.Abs(x) > 0.25 ? x - PortableMath.Log1P(x) : Series(x);

    /// <summary>The same where 1 + x is known to more digits than it has as a sum, which tells near x = -1.</summary>
    /// <param name="x">Above -1.</param>
    /// <param name="onePlusX">1 + x.</param>
    public static double XMinusLog1P(double x, double onePlusX) => Math.Abs(x) > 0.25 ? x - PortableMath.Log(onePlusX) : Series(x);

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
