namespace Sideband.Events.Features;

/// <summary>
/// Arc tangent from additions, multiplications and divisions alone, so that every machine gives the same bits. Rational
/// approximation of Cephes' <c>atan</c> (Moshier, netlib), relative error below 2e-16.
/// </summary>
internal static class ArcTangent
{
    /// <summary>tan(3 pi/8): above it atan(x) = pi/2 - atan(1/x); between 0.66 and it atan(x) = pi/4 + atan((x - 1)/(x + 1)).</summary>
    private const double TanThreeEighthsPi = 2.41421356237309504880;

    /// <summary>pi/2 minus its double.</summary>
    private const double HalfPiRest = 6.123233995736765886130e-17;

    /// <summary>Angle in [0, pi] of the point (<paramref name="x"/>, <paramref name="y"/>), y at least 0; 0 for the origin.</summary>
    public static double OfQuotient(double y, double x)
    {
        if (y == 0 && x == 0)
        {
            return 0;
        }

        return x < 0 ? Math.PI - (Of(y / -x) - (2 * HalfPiRest)) : Of(y / x);
    }

    /// <summary>Arc tangent of x, at least 0 (or infinite).</summary>
    private static double Of(double x) => x switch
    {
        > TanThreeEighthsPi => (Math.PI / 2) + (Reduced(-1 / x) + HalfPiRest),
        > 0.66 => (Math.PI / 4) + (Reduced((x - 1) / (x + 1)) + (0.5 * HalfPiRest)),
        _ => Reduced(x),
    };

    private static double Reduced(double x)
    {
        var z = x * x;
        var p = (((((((-8.750608600031904122785e-1 * z) - 1.615753718733365076637e1) * z) - 7.500855792314704667340e1) * z)
            - 1.228866684490136173410e2) * z) - 6.485021904942025371773e1;
        var q = ((((((((z + 2.485846490142306297962e1) * z) + 1.650270098316988542046e2) * z) + 4.328810604912902668951e2) * z)
            + 4.853903996359136964868e2) * z) + 1.945506571482613964425e2;
        return x + (x * z * (p / q));
    }
}
