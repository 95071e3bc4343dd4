using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>
/// Pairs of events that are equal in two things, mass and features, beside the number that chance makes: where the features are shuffled
/// against the masses, every pairing as likely as any other. Moments of that permutation distribution are exact: N. Mantel, Cancer Research
/// 27 (1967) 209, for the two matrices that say which pairs are equal. Adds over disjoint groups of events.
/// </summary>
/// <param name="Pairs">Pairs that are equal in both.</param>
/// <param name="Expected">Their mean over the shuffles.</param>
/// <param name="Variance">Their variance over the shuffles.</param>
public readonly record struct Coincidences(double Pairs, double Expected, double Variance)
{
    /// <summary>Fewer events have no variance over shuffles.</summary>
    public const int FewestEvents = 4;

    /// <summary>
    /// Probability that chance makes as many pairs or more, from a Poisson distribution with the excess or lack of variance of the
    /// shuffles: P(Poisson(mean/c) >= pairs/c), c = max(1, variance/mean), continued to fractions by the incomplete gamma function. A
    /// normal distribution would call a single chance pair among very few expected a discovery.
    /// </summary>
    public double TailProbability
    {
        get
        {
            if (Pairs <= 0 || Expected <= 0)
            {
                return Pairs > 0 ? 0 : 1;
            }

            var scale = Math.Max(1, Variance / Expected);
            return IncompleteGamma.Lower(Pairs / scale, Expected / scale);
        }
    }

    /// <summary>One group of events, within which the features are shuffled.</summary>
    /// <param name="events">Its size, at least <see cref="FewestEvents"/>.</param>
    /// <param name="masses">Number of events of each mass that occurs more than once.</param>
    /// <param name="features">The same for each combination of features.</param>
    /// <param name="both">The same for each combination of mass and features.</param>
    public static Coincidences Of(int events, IEnumerable<int> masses, IEnumerable<int> features, IEnumerable<int> both)
    {
        var (a, b) = (EqualPairs.Of(masses), EqualPairs.Of(features));
        double n = events;
        var mean = a.Ordered * b.Ordered / (n * (n - 1));
        var variance = (2 * mean)
            + (4 * a.Chains * b.Chains / (n * (n - 1) * (n - 2)))
            + (a.Apart * b.Apart / (n * (n - 1) * (n - 2) * (n - 3)))
            - (mean * mean);

        // The formulas count ordered pairs.
        return new Coincidences(EqualPairs.Of(both).Ordered / 2, mean / 2, Math.Max(0, variance) / 4);
    }

    public static Coincidences operator +(Coincidences left, Coincidences right) =>
        new(left.Pairs + right.Pairs, left.Expected + right.Expected, left.Variance + right.Variance);

    // Ordered pairs of equal events, ordered pairs of pairs that share one event, and of pairs that share none.
    private readonly record struct EqualPairs(double Ordered, double Chains)
    {
        public double Apart => (Ordered * Ordered) - (4 * Chains) - (2 * Ordered);

        public static EqualPairs Of(IEnumerable<int> multiplicities)
        {
            var (pairs, squares) = (0.0, 0.0);
            foreach (double count in multiplicities)
            {
                pairs += count * (count - 1);
                squares += count * (count - 1) * (count - 1);
            }

            return new EqualPairs(pairs, squares - pairs);
        }
    }
}
