namespace Sideband.Numerics;

/// <summary>The regularised incomplete gamma functions, with the same bits everywhere.</summary>
public static class IncompleteGamma
{
    // The fraction converges in some sqrt(a) steps.
    private const int MostSteps = 1_000_000;

    /// <summary>
    /// Regularised lower incomplete gamma function P(a, x) = 1/Gamma(a) times the integral of t^(a-1) e^-t from 0 to x. For whole a it is
    /// the probability that a Poisson count of mean x is at least a. Relative error below 1e-12 where P is at most 1/2.
    /// </summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">At least 0.</param>
    public static double Lower(double a, double x) => Lower(a, x, double.PositiveInfinity);

    /// <summary>
    /// <see cref="Lower(double, double)"/>, but the sum may stop once it exceeds <paramref name="ceiling"/>: then the value is between the
    /// ceiling and P. A search for the smallest of many P ends most of them after a few terms.
    /// </summary>
    public static double Lower(double a, double x, double ceiling)
    {
        Check(a, x);
        return x == 0 ? 0 : x < a + 1 ? Series(a, x, ceiling) : 1 - Fraction(a, x);
    }

    /// <summary>
    /// Q(a, x) = 1 - P(a, x): the probability that a Poisson count of mean x is below a, for whole a. Relative error below 1e-12 where Q is
    /// at most 1/2.
    /// </summary>
    /// <param name="a">Above 0.</param>
    /// <param name="x">At least 0.</param>
    public static double Upper(double a, double x)
    {
        Check(a, x);
        return x < a + 1 ? 1 - Series(a, x, double.PositiveInfinity) : Fraction(a, x);
    }

    private static void Check(double a, double x)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(a);
        ArgumentOutOfRangeException.ThrowIfNegative(x);
        if (!double.IsFinite(a) || !double.IsFinite(x))
        {
            throw new ArgumentOutOfRangeException(nameof(x), FormattableString.Invariant($"P({a}, {x}) needs finite numbers."));
        }
    }

    // P = x^a e^-x / Gamma(a+1) (1 + x/(a+1) + x^2/((a+1)(a+2)) + ...), all terms positive.
    private static double Series(double a, double x, double ceiling)
    {
        var first = SaddlePoint.Poisson(a, x);
        var (sum, term) = (1.0, 1.0);
        for (var k = 1; term > sum * 1e-17 && first * sum <= ceiling; k++)
        {
            term *= x / (a + k);
            sum += term;
        }

        return Math.Min(1, first * sum);
    }

    // Q = x^a e^-x / Gamma(a) 1/(x + 1 - a - 1(1-a)/(x + 3 - a - ...)), by Lentz's method.
    private static double Fraction(double a, double x)
    {
        var b = x + 1 - a;
        var c = 1e300;
        var d = 1 / b;
        var product = d;
        for (var k = 1; k <= MostSteps; k++)
        {
            var numerator = k * (a - k);
            b += 2;
            d = 1 / ((numerator * d) + b);
            c = b + (numerator / c);
            var factor = d * c;
            product *= factor;
            if (factor == 1)
            {
                return Math.Min(1, a * SaddlePoint.Poisson(a, x) * product);
            }
        }

        throw new ArithmeticException(FormattableString.Invariant($"Q(a, x) did not converge at a = {a}, x = {x}."));
    }
}
