using Sideband.Numerics;

namespace Sideband.Templates.Learned;

/// <summary>
/// When the sidebands contradict a template: it differs from their data by more than chance makes and by more than a search stands
/// (docs/statistics.md tells what the limits were measured on). Both are asked for: many events tell differences that move no number, few
/// events make large ones by chance.
/// </summary>
public static class QualityLimits
{
    /// <summary>Largest distance of the AUC from 0.5.</summary>
    public const double Auc = 0.02;

    /// <summary>Standard errors of the AUC that make a difference.</summary>
    public const double StandardErrors = 5;

    /// <summary>Largest Kolmogorov-Smirnov distance of a feature.</summary>
    public const double KolmogorovSmirnov = 0.03;

    /// <summary>Probability of such a distance by chance, below which it is a difference.</summary>
    public const double Probability = 1e-6;

    /// <summary>
    /// Standard error of <see cref="DensityQuality.Auc"/> where data and samples are alike: of n/2 events of each kind
    /// sqrt((n + 1)/12)/(n/2), of the mean over both halves 1/sqrt(6 n).
    /// </summary>
    /// <param name="events">n, data events compared, and as many samples.</param>
    public static double AucError(int events) => 1 / Math.Sqrt(6.0 * events);

    /// <summary>
    /// Probability that two samples of n events of one distribution are at least as far from each other, from above:
    /// 2 exp(-n D^2), the first term of Kolmogorov's series. Of distributions with repeated values it is less.
    /// </summary>
    /// <param name="distance">D.</param>
    /// <param name="events">n.</param>
    public static double ProbabilityOf(double distance, int events) => Math.Min(1, 2 * PortableMath.Exp(-events * distance * distance));

    /// <summary>Why the template was not judged though it was compared; null where it was.</summary>
    /// <param name="auc">Not a number where the classifier of data against samples could not be trained.</param>
    public static string? NotJudged(double auc) =>
        double.IsFinite(auc) ? null : "the classifier of the sidebands' data against its samples could not be trained: there is no AUC";

    /// <summary>Why the template must not be believed; null where the sidebands do not contradict it.</summary>
    /// <param name="auc">Of a classifier of data against samples.</param>
    /// <param name="distances">Kolmogorov-Smirnov distances.</param>
    /// <param name="events">n, data events compared, and as many samples.</param>
    /// <param name="features">Names, in the order of the distances.</param>
    public static string? Contradiction(double auc, IReadOnlyList<double> distances, int events, IReadOnlyList<string> features)
    {
        List<string> against = [];
        var (off, error) = (Math.Abs(auc - 0.5), AucError(events));
        if (off > Auc && off > StandardErrors * error)
        {
            against.Add("a classifier tells its samples from the sidebands' data: " + FormattableString.Invariant(
                $"AUC {auc:F3} +- {error:F3}, {0.5 - Auc:F2} to {0.5 + Auc:F2} is allowed"));
        }

        for (var f = 0; f < features.Count; f++)
        {
            if (distances[f] is > KolmogorovSmirnov and var distance && ProbabilityOf(distance, events) < Probability)
            {
                against.Add(FormattableString.Invariant(
                    $"{features[f]} of its samples is {distance:F3} (KS) from the sidebands' data, {KolmogorovSmirnov:F2} is allowed"));
            }
        }

        return against.Count == 0 ? null : string.Join("; ", against);
    }
}
