using Sideband.Numerics;

namespace Sideband.Inference.Limits;

/// <summary>
/// The CLs upper limit on the mean number of passing signal events, whatever the selection: P(B + Poisson(y) &lt;= N_obs) /
/// P(B &lt;= N_obs) = 1 - confidence (A. L. Read, J. Phys. G 28 (2002) 2693).
/// </summary>
public static class EventLimit
{
    // Relative; far below what any limit means.
    private const double Precision = 1e-11;

    /// <summary>N_excl; undefined where the counts are, or where N_obs lies so far below N_exp that P(B &lt;= N_obs) is 0.</summary>
    /// <param name="count">What the search counts.</param>
    /// <param name="confidence">Confidence level, in (0, 1); 0.95 by custom.</param>
    public static Measured Of(PassingCount count, double confidence)
    {
        if (count.Failure is { } failure)
        {
            return Measured.Undefined(failure);
        }

        var observed = count.Observed.Value!.Value;
        var whole = (int)Math.Floor(observed);
        var distribution = BackgroundDistribution.Of(count);
        var without = distribution.AtMost(observed);
        if (!(without > 0))
        {
            return Measured.Undefined(BackgroundDistribution.NoBackground);
        }

        double Cls(double y)
        {
            var fraction = observed - whole;
            var at = Both(distribution.Probabilities, whole, y);
            return (fraction == 0 ? at : ((1 - fraction) * at) + (fraction * Both(distribution.Probabilities, whole + 1, y))) / without;
        }

        var (low, high) = (0.0, 1.0);
        while (Cls(high) > 1 - confidence)
        {
            (low, high) = (high, 2 * high);
        }

        while (high - low > Precision * high)
        {
            var middle = 0.5 * (low + high);
            (low, high) = Cls(middle) > 1 - confidence ? (middle, high) : (low, middle);
        }

        return Measured.Of(0.5 * (low + high));
    }

    /// <summary>P(B + Poisson(y) &lt;= n) = sum over k of P(Poisson(y) = k) P(B &lt;= n - k).</summary>
    private static double Both(ReadOnlySpan<double> background, int n, double y)
    {
        // Sums of P(B = j) P(Poisson(y) <= n - j), the second built up from Poisson(y) = 0 as j falls from n.
        var (sum, atMost) = (0.0, 0.0);
        for (var k = 0; k <= n; k++)
        {
            atMost += Poisson.Probability(k, y);
            sum += background[n - k] * atMost;
        }

        return sum;
    }
}
