using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>The chi-squared distribution and the chi2 of measured against expected values.</summary>
public static class ChiSquared
{

    /// <summary>sum_i (measured_i - expected_i)^2 / variance_i, in the order given.</summary>
    /// <param name="measured">Any length.</param>
    /// <param name="expected">As long.</param>
    /// <param name="variances">As long, above 0.</param>
    public static double Of(ReadOnlySpan<double> measured, ReadOnlySpan<double> expected, ReadOnlySpan<double> variances)
    {
        if (measured.Length != expected.Length || measured.Length != variances.Length)
        {
            throw new ArgumentException($"Lengths {measured.Length}, {expected.Length} and {variances.Length} differ.");
        }

        var sum = 0.0;
        for (var i = 0; i < measured.Length; i++)
        {
            var difference = measured[i] - expected[i];
            sum += difference * difference / variances[i];
        }

        return sum;
    }

    /// <summary>Probability that chi2 with <paramref name="degrees"/> degrees of freedom is at least <paramref name="value"/>.</summary>
    /// <remarks>
    /// Closed forms (Abramowitz and Stegun 26.4.4 and 26.4.5), x = value:
    /// even n: e^(-x/2) sum_{k &lt; n/2} (x/2)^k / k!;
    /// odd n: 2 Q(sqrt x) + 2 density(sqrt x) sum_{k=1}^{(n-1)/2} x^(k-1/2) / (1 3 ... (2k-1)).
    /// Sums of positive terms, good for some hundreds of degrees of freedom while e^(-x/2) is above 0.
    /// </remarks>
    /// <param name="value">At least 0.</param>
    /// <param name="degrees">At least 1.</param>
    public static double UpperTail(double value, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        var root = Math.Sqrt(value);
        var even = degrees % 2 == 0;
        var term = even ? PortableMath.Exp(-0.5 * value) : 2 * root * NormalDistribution.Density(root);
        var sum = even ? 0 : 2 * NormalDistribution.UpperTail(root);
        for (var k = 0; k < degrees / 2; k++)
        {
            sum += term;
            term *= value / (even ? 2 * (k + 1) : (2 * k) + 3);
        }

        return Math.Min(1, sum);
    }
}
