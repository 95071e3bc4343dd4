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
    /// <param name="value">At least 0.</param>
    /// <param name="degrees">At least 1.</param>
    public static double UpperTail(double value, int degrees)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(value);
        ArgumentOutOfRangeException.ThrowIfLessThan(degrees, 1);
        return IncompleteGamma.Upper(0.5 * degrees, 0.5 * value);
    }
}
