using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Double-sided Crystal Ball: a Gaussian with a power-law tail on either side. With z = (m - mean)/sigma,
/// <code>
/// exp(-z^2/2)                                                for -alphaLow &lt;= z &lt;= alphaHigh
/// exp(-a^2/2) (1 + (a/n) (|z| - a))^-n, a and n of the side  beyond
/// </code>
/// </summary>
/// <param name="Mean">Position of the peak, in the unit of the masses.</param>
/// <param name="Sigma">Width of the core, in the unit of the masses, above 0.</param>
/// <param name="AlphaLow">Where the lower tail begins, in sigma below the mean, above 0.</param>
/// <param name="PowerLow">The lower tail's power n, above 1.</param>
/// <param name="AlphaHigh">Where the upper tail begins, in sigma above the mean, above 0.</param>
/// <param name="PowerHigh">The upper tail's power n, above 1.</param>
public sealed record DoubleCrystalBall(double Mean, double Sigma, double AlphaLow, double PowerLow, double AlphaHigh, double PowerHigh)
{
    private const double SqrtTwoPi = 2.5066282746310005024;

    // A template that is scaled up from less than this is all extrapolated tail.
    private const double SmallestFraction = 1e-6;

    /// <summary>
    /// Integral over all masses of the form above, in the unit of the masses:
    /// sigma (C(low) + C(high) + sqrt(2 pi) (1 - Q(alphaLow) - Q(alphaHigh))), C = n/(a (n - 1)) exp(-a^2/2), Q the normal tail.
    /// </summary>
    public double Normalisation => Sigma * (Tail(0, AlphaLow, PowerLow) + Tail(0, AlphaHigh, PowerHigh));

    /// <summary>Probability density at a mass, per unit of mass.</summary>
    public double Density(double mass)
    {
        var z = (mass - Mean) / Sigma;
        var value = z < -AlphaLow ? Side(-z, AlphaLow, PowerLow)
            : z > AlphaHigh ? Side(z, AlphaHigh, PowerHigh)
            : PortableMath.Exp(-0.5 * z * z);
        return value / Normalisation;
    }

    /// <summary>Fraction of the distribution in a range; without loss of digits far out in a tail.</summary>
    public double Fraction(MassRange range) => Sigma * Integral(range) / Normalisation;

    /// <summary>Fractions of the distribution in bins, scaled to sum 1 over them; null where next to nothing of it lies there.</summary>
    public double[]? Template(MassBins bins)
    {
        // Rounding may leave less than nothing of two equal tails.
        double[] integrals = [.. Enumerable.Range(0, bins.Count).Select(bin => Math.Max(0, Integral(bins[bin])))];
        var sum = integrals.Sum();
        return Sigma * sum > SmallestFraction * Normalisation ? [.. integrals.Select(integral => integral / sum)] : null;
    }

    // Of the form, over z.
    private double Integral(MassRange range)
    {
        var (low, high) = ((range.Low - Mean) / Sigma, (range.High - Mean) / Sigma);
        return low >= 0 ? Tail(low, AlphaHigh, PowerHigh) - Tail(high, AlphaHigh, PowerHigh)
            : high <= 0 ? Tail(-high, AlphaLow, PowerLow) - Tail(-low, AlphaLow, PowerLow)
            : Tail(0, AlphaLow, PowerLow) - Tail(-low, AlphaLow, PowerLow)
                + Tail(0, AlphaHigh, PowerHigh) - Tail(high, AlphaHigh, PowerHigh);
    }

    // Integral over |z| from z >= 0 to infinity on one side.
    private static double Tail(double z, double alpha, double power)
    {
        if (z >= alpha)
        {
            return power / (alpha * (power - 1)) * Side(z, alpha, power) * (1 + (alpha / power * (z - alpha)));
        }

        var core = SqrtTwoPi * (NormalDistribution.UpperTail(z) - NormalDistribution.UpperTail(alpha));
        return core + Tail(alpha, alpha, power);
    }

    private static double Side(double z, double alpha, double power) =>
        PortableMath.Exp((-0.5 * alpha * alpha) - (power * PortableMath.Log1P(alpha / power * (z - alpha))));
}
