namespace Sideband.Numerics;

/// <summary>The standard normal distribution, with the same bits everywhere (<see cref="PortableMath"/>).</summary>
public static class NormalDistribution
{
    /// <summary>Stands for every p-value below it (z above 37), some of which no double holds.</summary>
    public const double SmallestPValue = 1e-300;

    private const double InverseSqrtTwoPi = 0.39894228040143268;

    // Where the tail's series around 0 hands over to its continued fraction.
    private const double Middle = 1.5;
    private const int SeriesTerms = 30;
    private const int FractionTerms = 120;

    private static readonly double[] CentreTop =
    [
        2.5090809287301226727e3, 3.3430575583588128105e4, 6.7265770927008700853e4, 4.5921953931549871457e4,
        1.3731693765509461125e4, 1.9715909503065514427e3, 1.3314166789178437745e2, 3.3871328727963666080,
    ];

    private static readonly double[] CentreBottom =
    [
        5.2264952788528545610e3, 2.8729085735721942674e4, 3.9307895800092710610e4, 2.1213794301586595867e4,
        5.3941960214247511077e3, 6.8718700749205790830e2, 4.2313330701600911252e1, 1,
    ];

    private static readonly double[] TailTop =
    [
        7.74545014278341407640e-4, 2.27238449892691845833e-2, 2.41780725177450611770e-1, 1.27045825245236838258,
        3.64784832476320460504, 5.76949722146069140550, 4.63033784615654529590, 1.42343711074968357734,
    ];

    private static readonly double[] TailBottom =
    [
        1.05075007164441684324e-9, 5.47593808499534494600e-4, 1.51986665636164571966e-2, 1.48103976427480074590e-1,
        6.89767334985100004550e-1, 1.67638483018380384940, 2.05319162663775882187, 1,
    ];

    private static readonly double[] FarTop =
    [
        2.01033439929228813265e-7, 2.71155556874348757815e-5, 1.24266094738807843860e-3, 2.65321895265761230930e-2,
        2.96560571828504891230e-1, 1.78482653991729133580, 5.46378491116411436990, 6.65790464350110377720,
    ];

    private static readonly double[] FarBottom =
    [
        2.04426310338993978564e-15, 1.42151175831644588870e-7, 1.84631831751005468180e-5, 7.86869131145613259100e-4,
        1.48753612908506148525e-2, 1.36929880922735805310e-1, 5.99832206555887937690e-1, 1,
    ];

    /// <summary>exp(-z^2/2)/sqrt(2 pi); the rounding error of z^2 is carried along, it would cost 3 digits at z = 38.</summary>
    public static double Density(double z)
    {
        var square = z * z;
        var lost = Math.FusedMultiplyAdd(z, z, -square);
        return InverseSqrtTwoPi * PortableMath.Exp(-0.5 * square) * (1 - (0.5 * lost));
    }

    /// <summary>
    /// Probability that it exceeds z, Q(z) = 1/2 erfc(z / sqrt 2), in [0, 1]; relative error below 1e-13 for all z up to 37, and 0 where it
    /// is below the smallest double (z above 38.6).
    /// </summary>
    /// <param name="z">Any number but NaN.</param>
    public static double UpperTail(double z) => z < 0 ? 1 - Tail(-z) : Tail(z);

    /// <summary>The same as a p-value, which is never 0: at least <see cref="SmallestPValue"/>.</summary>
    /// <param name="z">Any number but NaN.</param>
    public static double PValue(double z) => Math.Max(SmallestPValue, UpperTail(z));

    /// <summary>
    /// The x below which a fraction p lies, by the rational functions PPND16 of Wichura (Applied Statistics 37 (1988) 477, AS 241);
    /// relative error below 1e-15. Infinite at 0 and 1, NaN outside.
    /// </summary>
    public static double Quantile(double p)
    {
        var q = p - 0.5;
        if (Math.Abs(q) <= 0.425)
        {
            var r = 0.180625 - (q * q);
            return q * Polynomial(CentreTop, r) / Polynomial(CentreBottom, r);
        }

        var tail = q < 0 ? p : 1 - p;
        if (!(tail > 0))
        {
            return tail == 0 ? Math.CopySign(double.PositiveInfinity, q) : double.NaN;
        }

        var root = Math.Sqrt(-PortableMath.Log(tail));
        var value = root <= 5
            ? Polynomial(TailTop, root - 1.6) / Polynomial(TailBottom, root - 1.6)
            : Polynomial(FarTop, root - 5) / Polynomial(FarBottom, root - 5);
        return Math.CopySign(value, q);
    }

    private static double Tail(double z)
    {
        if (double.IsPositiveInfinity(z))
        {
            return 0;
        }

        if (z < Middle)
        {
            // 1/2 - Q(z) = density(z) (z + z^3/3 + z^5/(3 5) + ...), all terms positive.
            var term = z;
            var sum = z;
            for (var k = 1; k <= SeriesTerms; k++)
            {
                term *= z * z / ((2 * k) + 1);
                sum += term;
            }

            return 0.5 - (Density(z) * sum);
        }

        // Q(z) = density(z) / (z + 1/(z + 2/(z + 3/(z + ...)))) (Laplace), evaluated from the inside.
        var denominator = z;
        for (var k = FractionTerms; k >= 1; k--)
        {
            denominator = z + (k / denominator);
        }

        return Density(z) / denominator;
    }

    private static double Polynomial(double[] coefficients, double x)
    {
        var sum = 0.0;
        foreach (var coefficient in coefficients)
        {
            sum = Math.FusedMultiplyAdd(sum, x, coefficient);
        }

        return sum;
    }
}
