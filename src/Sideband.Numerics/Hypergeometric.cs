namespace Sideband.Numerics;

/// <summary>
/// The hypergeometric distribution: successes among draws without replacement. Exact sums, with the same bits everywhere; relative
/// precision of both tails below 1e-11 for populations of up to 10^7.
/// </summary>
public static class Hypergeometric
{
    private const double Negligible = 1e-18;

    /// <summary>P(X &gt;= count).</summary>
    /// <param name="count">Any; the tail is 1 up to the smallest possible count, 0 above the largest.</param>
    /// <param name="population">At least 0.</param>
    /// <param name="successes">0 to <paramref name="population"/>.</param>
    /// <param name="draws">0 to <paramref name="population"/>.</param>
    public static double UpperTail(long count, long population, long successes, long draws)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(population);
        ArgumentOutOfRangeException.ThrowIfNegative(successes);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(successes, population);
        ArgumentOutOfRangeException.ThrowIfNegative(draws);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(draws, population);
        var failures = population - successes;
        var (smallest, largest) = (Math.Max(0, draws - failures), Math.Min(draws, successes));
        return count <= smallest ? 1
            : count > largest ? 0
            : count > (double)draws * successes / population ? Sum(count, largest, successes, failures, draws)
            : 1 - Sum(draws - count + 1, draws - smallest, failures, successes, draws); // P(X < count) is an upper tail of the failures
    }

    /// <summary>P(first &lt;= X &lt;= last), terms falling from the first on.</summary>
    private static double Sum(long first, long last, long successes, long failures, long draws)
    {
        var term = 1.0;
        var sum = 1.0;
        for (var k = first; k < last && term > Negligible * sum; k++)
        {
            term *= (double)(successes - k) / (k + 1) * (draws - k) / (failures - draws + k + 1);
            sum += term;
        }

        return sum * Probability(first, successes, failures, draws);
    }

    /// <summary>Three binomial probabilities with one p, which cancels: p = draws/population keeps each of them large.</summary>
    private static double Probability(double count, double successes, double failures, double draws)
    {
        var population = successes + failures;
        var p = draws / population;
        var together = SaddlePoint.Binomial(count, successes, p) * SaddlePoint.Binomial(draws - count, failures, p);
        return together / SaddlePoint.Binomial(draws, population, p);
    }
}
