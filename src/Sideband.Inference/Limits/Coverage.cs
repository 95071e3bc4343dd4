using Sideband.Inference.Calibration;

namespace Sideband.Inference.Limits;

/// <summary>How often the limit lies at or above the true strength, counted among the redraws of one strength.</summary>
/// <param name="Strength">The true strength.</param>
/// <param name="Fraction">Covered fraction with its 68 % interval; null where no redraw gives a limit.</param>
/// <param name="Draws">Redraws that gave a limit.</param>
/// <param name="Failed">Those that did not.</param>
public sealed record Coverage(double Strength, BinomialInterval? Fraction, int Draws, int Failed)
{
    /// <summary>Each redraw takes the place of the data once; the limit is made of the others.</summary>
    /// <param name="rule">How the limit is made.</param>
    /// <param name="scan">The scan.</param>
    /// <param name="strength">Index of the true strength.</param>
    /// <param name="confidence">Confidence level that the limit aims at.</param>
    public static Coverage Of(LimitRule rule, InjectionScan scan, int strength, double confidence = 0.95)
    {
        var truth = scan.Strengths[strength];
        bool[] covered = [.. truth.Draws
            .Select((draw, i) => rule.Of(scan.Without(strength, i), draw.Count, confidence).Covers(truth.Strength))
            .OfType<bool>()];
        return new Coverage(
            truth.Strength,
            covered.Length == 0 ? null : BinomialInterval.Of(covered.Count(value => value), covered.Length),
            covered.Length,
            truth.Failed + truth.Draws.Count - covered.Length);
    }
}
