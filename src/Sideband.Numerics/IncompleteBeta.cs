namespace Sideband.Numerics;

/// <summary>
/// The regularised incomplete beta function I_x(a, b), the probability that a Beta(a, b) variable is at most x; for whole a and b
/// also P(at least a successes in a + b - 1 trials of probability x). The same bits everywhere.
/// </summary>
public static class IncompleteBeta
{
    // The fraction converges in a few sqrt(max(a, b)) steps: 10^6 is enough for arguments of 10^10.
    private const int MostSteps = 1_000_000;

    /// <summary>
    /// I_x(a, b), in [0, 1]; relative error below 1e-12 for a, b up to 10^6 wherever the value is below 1/2, also where it is tiny.
    /// </summary>
    /// <param name="x">In [0, 1].</param>
    /// <param name="a">Finite, above 0.</param>
    /// <param name="b">Finite, above 0.</param>
    public static double Regularised(double x, double a, double b)
    {
        if (!(x is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(x), x, "I_x(a, b) needs x in [0, 1].");
        }

        if (!(double.IsFinite(a) && a > 0 && double.IsFinite(b) && b > 0))
        {
            throw new ArgumentOutOfRangeException(nameof(a), (a, b), "I_x(a, b) needs a and b above 0.");
        }

        return x is 0 or 1 ? x
            : x < (a + 1) / (a + b + 2) ? Fraction(x, 1 - x, a, b)
            : 1 - Fraction(1 - x, x, b, a); // I_x(a, b) = 1 - I_{1-x}(b, a)
    }

    /// <summary>The x at which I_x(a, b) = <paramref name="probability"/>, by bisection to the last bit.</summary>
    /// <param name="probability">In [0, 1].</param>
    /// <param name="a">Finite, above 0.</param>
    /// <param name="b">Finite, above 0.</param>
    public static double Quantile(double probability, double a, double b)
    {
        if (!(probability is >= 0 and <= 1))
        {
            throw new ArgumentOutOfRangeException(nameof(probability), probability, "A probability lies in [0, 1].");
        }

        var (low, high) = (0.0, 1.0);
        while (true)
        {
            var middle = 0.5 * (low + high);
            if (middle <= low || middle >= high)
            {
                return middle;
            }

            (low, high) = Regularised(middle, a, b) < probability ? (middle, high) : (low, middle);
        }
    }

    /// <summary>
    /// x^a y^b / (a B(a, b)) times 1/(1 + d_1/(1 + d_2/(1 + ...))), y = 1 - x (Abramowitz and Stegun 26.5.8), by Lentz's method:
    /// d_{2m} = m (b - m) x / ((a + 2m - 1)(a + 2m)), d_{2m+1} = -(a + m)(a + b + m) x / ((a + 2m)(a + 2m + 1)).
    /// </summary>
    private static double Fraction(double x, double y, double a, double b)
    {
        var top = 1.0;
        var bottom = 1 / (1 + OddTerm(0));
        var value = bottom;
        for (var m = 1; m <= MostSteps; m++)
        {
            var before = value;
            var even = m * (b - m) * x / ((a + (2 * m) - 1) * (a + (2 * m)));
            bottom = 1 / (1 + (even * bottom));
            top = 1 + (even / top);
            value *= bottom * top;
            var odd = OddTerm(m);
            bottom = 1 / (1 + (odd * bottom));
            top = 1 + (odd / top);
            value *= bottom * top;
            if (Math.Abs(value - before) <= 2e-16 * Math.Abs(value))
            {
                return Math.Min(1, Prefactor(x, y, a, b) / a * value);
            }
        }

        throw new ArithmeticException(FormattableString.Invariant($"I_x(a, b) did not converge at x = {x}, a = {a}, b = {b}."));

        double OddTerm(int m) => -(a + m) * (a + b + m) * x / ((a + (2 * m)) * (a + (2 * m) + 1));
    }

    /// <summary>x^a y^b / B(a, b): deviances of a and b from (a + b) x and (a + b) y, and three Stirling errors.</summary>
    private static double Prefactor(double x, double y, double a, double b)
    {
        var sum = a + b;
        return SaddlePoint.InverseSqrtTwoPi * Math.Sqrt(a * (b / sum)) * PortableMath.Exp(
            SaddlePoint.StirlingError(sum) - SaddlePoint.StirlingError(a) - SaddlePoint.StirlingError(b)
            - LogSeries.Deviance(a, sum * x) - LogSeries.Deviance(b, sum * y));
    }
}
