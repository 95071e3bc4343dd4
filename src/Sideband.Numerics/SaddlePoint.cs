namespace Sideband.Numerics;

/// <summary>
/// The pieces of Loader's saddle-point form of discrete probabilities (C. Loader, Fast and accurate computation of binomial
/// probabilities, 2000): factorials by Stirling's formula with its error, and deviances (<see cref="LogSeries.Deviance"/>). The large
/// terms of the logarithms cancel exactly on paper, so that nothing is lost for counts of millions.
/// </summary>
internal static class SaddlePoint
{
    public const double InverseSqrtTwoPi = 0.39894228040143268;

    // From here on the series below is exact to 2e-18.
    private const double SeriesFrom = 16;

    /// <summary>ln Gamma(a) - [(a - 1/2) ln a - a + ln(2 pi)/2]; for whole a also ln a! - [(a + 1/2) ln a - a + ln(2 pi)/2].</summary>
    /// <param name="a">Above 0.</param>
    public static double StirlingError(double a)
    {
        // Gamma(a + 1) = a Gamma(a) lifts small arguments: error(a) = error(a + 1) + (a + 1/2) ln(1 + 1/a) - 1.
        var sum = 0.0;
        for (; a < SeriesFrom; a++)
        {
            sum += ((a + 0.5) * PortableMath.Log((a + 1) / a)) - 1;
        }

        var r = 1 / (a * a);
        var series = 1.0 / 1188 - (r * 691 / 360360);
        series = (1.0 / 1680) - (r * series);
        series = (1.0 / 1260) - (r * series);
        series = (1.0 / 360) - (r * series);
        return sum + (((1.0 / 12) - (r * series)) / a);
    }

    /// <summary>mean^x e^-mean / Gamma(x + 1): probability of a Poisson count x, for any x.</summary>
    /// <param name="x">At least 0, whole or not.</param>
    /// <param name="mean">At least 0.</param>
    public static double Poisson(double x, double mean) => x == 0
        ? PortableMath.Exp(-mean)
        : InverseSqrtTwoPi / Math.Sqrt(x) * PortableMath.Exp(-StirlingError(x) - LogSeries.Deviance(x, mean));

    /// <summary>Probability of x successes among n trials.</summary>
    /// <param name="x">0 to <paramref name="n"/>, whole.</param>
    /// <param name="n">At least 0, whole.</param>
    /// <param name="p">Probability of a success, in (0, 1).</param>
    public static double Binomial(double x, double n, double p)
    {
        var q = 1 - p;
        return x == 0 ? PortableMath.Exp(n * PortableMath.Log1P(-p))
            : x == n ? PortableMath.Exp(n * PortableMath.Log(p))
            : InverseSqrtTwoPi * Math.Sqrt(n / (x * (n - x))) * PortableMath.Exp(
                StirlingError(n) - StirlingError(x) - StirlingError(n - x) - LogSeries.Deviance(x, n * p)
                    - LogSeries.Deviance(n - x, n * q));
    }
}
