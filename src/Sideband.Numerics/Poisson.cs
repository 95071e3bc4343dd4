namespace Sideband.Numerics;

/// <summary>
/// The Poisson distribution, with the same bits everywhere. Tails are sums of falling terms that start at the count itself, so both
/// keep their relative precision (below 1e-13 for means up to 10^6) however small they are.
/// </summary>
public static class Poisson
{
    // A term this much smaller than the sum before it, and all after it, change nothing.
    private const double Negligible = 1e-18;

    /// <summary>P(X = count); 0 for a count below 0.</summary>
    /// <param name="count">Any.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double Probability(long count, double mean)
    {
        Check(mean);
        return count < 0 ? 0
            : count == 0 ? PortableMath.Exp(-mean)
            : mean == 0 ? 0
            : SaddlePoint.InverseSqrtTwoPi / Math.Sqrt(count)
                * PortableMath.Exp(-SaddlePoint.StirlingError(count) - SaddlePoint.Deviance(count, mean));
    }

    /// <summary>P(X &lt;= count).</summary>
    /// <param name="count">Any; 0 below 0.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double LowerTail(long count, double mean)
    {
        Check(mean);
        return count < 0 ? 0 : count < mean ? SumDown(count, mean) : 1 - SumUp(count + 1, mean);
    }

    /// <summary>P(X &gt;= count).</summary>
    /// <param name="count">Any; 1 up to 0.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double UpperTail(long count, double mean)
    {
        Check(mean);
        return count <= 0 ? 1 : count > mean ? SumUp(count, mean) : 1 - SumDown(count - 1, mean);
    }

    private static double SumDown(long count, double mean)
    {
        var term = 1.0;
        var sum = 1.0;
        for (var k = count; k > 0 && term > Negligible * sum; k--)
        {
            term *= k / mean;
            sum += term;
        }

        return sum * Probability(count, mean);
    }

    private static double SumUp(long count, double mean)
    {
        var term = 1.0;
        var sum = 1.0;
        for (var k = count + 1; term > Negligible * sum; k++)
        {
            term *= mean / k;
            sum += term;
        }

        return sum * Probability(count, mean);
    }

    private static void Check(double mean)
    {
        if (!(double.IsFinite(mean) && mean >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "A Poisson mean is at least 0.");
        }
    }
}
