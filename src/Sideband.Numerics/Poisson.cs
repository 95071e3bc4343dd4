namespace Sideband.Numerics;

/// <summary>
/// The Poisson distribution, with the same bits everywhere. Its tails are incomplete gamma functions (<see cref="IncompleteGamma"/>) and
/// keep their relative precision (below 2e-13 for means up to 20,000) however small they are.
/// </summary>
public static class Poisson
{
    /// <summary>P(X = count); 0 for a count below 0.</summary>
    /// <param name="count">Any.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double Probability(long count, double mean)
    {
        Check(mean);
        return count < 0 ? 0 : SaddlePoint.Poisson(count, mean);
    }

    /// <summary>P(X &lt;= count).</summary>
    /// <param name="count">Any; 0 below 0.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double LowerTail(long count, double mean)
    {
        Check(mean);
        return count < 0 ? 0 : IncompleteGamma.Upper(count + 1.0, mean);
    }

    /// <summary>P(X &gt;= count).</summary>
    /// <param name="count">Any; 1 up to 0.</param>
    /// <param name="mean">Finite, at least 0.</param>
    public static double UpperTail(long count, double mean)
    {
        Check(mean);
        return count <= 0 ? 1 : IncompleteGamma.Lower(count, mean);
    }

    private static void Check(double mean)
    {
        if (!(double.IsFinite(mean) && mean >= 0))
        {
            throw new ArgumentOutOfRangeException(nameof(mean), mean, "A Poisson mean is at least 0.");
        }
    }
}
