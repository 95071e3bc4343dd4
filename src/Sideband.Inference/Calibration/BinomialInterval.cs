using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>A counted fraction with Clopper and Pearson's central interval (Biometrika 26 (1934) 404), which never under-covers.</summary>
/// <param name="Fraction">k/n.</param>
/// <param name="Low">Lower end.</param>
/// <param name="High">Upper end.</param>
public readonly record struct BinomialInterval(double Fraction, double Low, double High)
{
    /// <summary>The probability within one standard deviation of a normal.</summary>
    public const double OneSigma = 0.6826894921370859;

    /// <param name="count">k, 0 to <paramref name="trials"/>.</param>
    /// <param name="trials">n, at least 1.</param>
    /// <param name="confidence">Probability content, in (0, 1).</param>
    public static BinomialInterval Of(int count, int trials, double confidence = OneSigma)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(trials, 1);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(count, trials);
        var outside = 0.5 * (1 - confidence);
        return new BinomialInterval(
            (double)count / trials,
            count == 0 ? 0 : IncompleteBeta.Quantile(outside, count, trials - count + 1),
            count == trials ? 1 : IncompleteBeta.Quantile(1 - outside, count + 1, trials - count));
    }
}
