using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>A bin's part of Baker and Cousins' chi2.</summary>
internal static class PoissonDeviance
{
    /// <summary>mu - n + n ln(n/mu), half of the chi2; the digits that cancel near mu = n are kept.</summary>
    /// <param name="mu">Expectation, above 0.</param>
    /// <param name="n">Count, at least 0.</param>
    public static double Half(double mu, double n) =>
        n == 0 ? mu
        : Math.Abs(mu - n) < 0.25 * n ? n * LogSeries.XMinusLog1P((mu - n) / n)
        : mu - n - (n * PortableMath.Log(mu / n));
}
