namespace Sideband.Learning.Networks;

/// <summary>Sine and cosine with the same bits on every processor.</summary>
internal static class Trigonometry
{
    /// <summary>For angles in [0, pi]; absolute error below 1e-15.</summary>
    public static (double Sine, double Cosine) SinCos(double angle)
    {
        // Half the angle lies in [0, pi/2], a quarter in [0, pi/4]: Taylor polynomials there, and twice the double-angle formula.
        var x = angle / 4;
        var z = x * x;
        var s = -7.647163731819816e-13;
        s = Math.FusedMultiplyAdd(s, z, 1.6059043836821613e-10);
        s = Math.FusedMultiplyAdd(s, z, -2.505210838544172e-08);
        s = Math.FusedMultiplyAdd(s, z, 2.7557319223985893e-06);
        s = Math.FusedMultiplyAdd(s, z, -1.9841269841269841e-04);
        s = Math.FusedMultiplyAdd(s, z, 8.333333333333333e-03);
        s = Math.FusedMultiplyAdd(s, z, -1.6666666666666666e-01);
        s = Math.FusedMultiplyAdd(s * z, x, x);
        var c = -1.1470745597729725e-11;
        c = Math.FusedMultiplyAdd(c, z, 2.08767569878681e-09);
        c = Math.FusedMultiplyAdd(c, z, -2.755731922398589e-07);
        c = Math.FusedMultiplyAdd(c, z, 2.48015873015873e-05);
        c = Math.FusedMultiplyAdd(c, z, -1.3888888888888889e-03);
        c = Math.FusedMultiplyAdd(c, z, 4.1666666666666664e-02);
        c = Math.FusedMultiplyAdd(c, z, -0.5);
        c = Math.FusedMultiplyAdd(c, z, 1.0);
        (s, c) = (2 * s * c, 1 - (2 * s * s));
        return (2 * s * c, 1 - (2 * s * s));
    }
}
