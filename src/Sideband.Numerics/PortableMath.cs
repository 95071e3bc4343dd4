namespace Sideband.Numerics;

/// <summary>
/// Exponential and logarithm in double precision with the same bits on every x64 processor that has fused multiply-add:
/// only additions, multiplications, <see cref="Math.FusedMultiplyAdd"/> and bit operations, no call to the C library.
/// Whatever reaches a result uses these.
/// </summary>
public static class PortableMath
{
    private const double Ln2High = 6.93147180369123816490e-01;
    private const double Ln2Low = 1.90821492927058770002e-10;
    private const double InverseLn2 = 1.44269504088896338700;

    /// <summary>e^x; relative error below 2e-16; 0 below -745, +infinity above 709.79, NaN for NaN.</summary>
    public static double Exp(double x)
    {
        if (double.IsNaN(x))
        {
            return x;
        }

        if (x > 709.782712893384)
        {
            return double.PositiveInfinity;
        }

        if (x < -745.2)
        {
            return 0;
        }

        // x = k ln 2 + r with |r| <= ln(2)/2; e^r by its Taylor polynomial of degree 13 (truncation below 5e-18).
        var k = Math.Floor(Math.FusedMultiplyAdd(x, InverseLn2, 0.5));
        var r = Math.FusedMultiplyAdd(-k, Ln2Low, Math.FusedMultiplyAdd(-k, Ln2High, x));
        var p = 1.6059043836821613e-10;
        p = Math.FusedMultiplyAdd(p, r, 2.08767569878681e-09);
        p = Math.FusedMultiplyAdd(p, r, 2.505210838544172e-08);
        p = Math.FusedMultiplyAdd(p, r, 2.755731922398589e-07);
        p = Math.FusedMultiplyAdd(p, r, 2.7557319223985893e-06);
        p = Math.FusedMultiplyAdd(p, r, 2.48015873015873e-05);
        p = Math.FusedMultiplyAdd(p, r, 1.9841269841269841e-04);
        p = Math.FusedMultiplyAdd(p, r, 1.3888888888888889e-03);
        p = Math.FusedMultiplyAdd(p, r, 8.333333333333333e-03);
        p = Math.FusedMultiplyAdd(p, r, 4.1666666666666664e-02);
        p = Math.FusedMultiplyAdd(p, r, 1.6666666666666666e-01);
        p = Math.FusedMultiplyAdd(p, r, 0.5);
        p = Math.FusedMultiplyAdd(p, r, 1.0);
        p = Math.FusedMultiplyAdd(p, r, 1.0);
        var exponent = (int)k;
        return exponent < -1021 ? p * PowerOfTwo(exponent + 200) * PowerOfTwo(-200)
            : exponent > 1023 ? p * 2 * PowerOfTwo(exponent - 1)
            : p * PowerOfTwo(exponent);
    }

    /// <summary>Natural logarithm; relative error below 3e-16; -infinity at 0, NaN below 0.</summary>
    public static double Log(double x)
    {
        if (double.IsNaN(x) || x < 0)
        {
            return double.NaN;
        }

        if (x == 0)
        {
            return double.NegativeInfinity;
        }

        if (double.IsPositiveInfinity(x))
        {
            return x;
        }

        var exponent = 0;
        if (x < 2.2250738585072014e-308)
        {
            x *= 18014398509481984.0; // 2^54: a subnormal becomes normal
            exponent = -54;
        }

        var bits = BitConverter.DoubleToInt64Bits(x);
        exponent += (int)(bits >> 52) - 1023;
        var m = BitConverter.Int64BitsToDouble((bits & 0x000FFFFFFFFFFFFF) | 0x3FF0000000000000);
        if (m > 1.4142135623730951)
        {
            m *= 0.5;
            exponent++;
        }

        // ln m = 2 atanh(s), s = f / (2 + f), f = m - 1 (fdlibm's e_log.c, rearranged to keep the leading term exact).
        var f = m - 1;
        var s = f / (2 + f);
        var z = s * s;
        var p = 1.479819860511658591e-01;
        p = Math.FusedMultiplyAdd(p, z, 1.531383769920937332e-01);
        p = Math.FusedMultiplyAdd(p, z, 1.818357216161805012e-01);
        p = Math.FusedMultiplyAdd(p, z, 2.222219843214978396e-01);
        p = Math.FusedMultiplyAdd(p, z, 2.857142874366239149e-01);
        p = Math.FusedMultiplyAdd(p, z, 3.999999999940941908e-01);
        p = Math.FusedMultiplyAdd(p, z, 6.666666666666735130e-01);
        var half = 0.5 * f * f;
        var k = (double)exponent;
        return (k * Ln2High) - (half - Math.FusedMultiplyAdd(s, half + (z * p), k * Ln2Low) - f);
    }

    /// <summary>ln(1 + x) without loss for small x; NaN below -1.</summary>
    public static double Log1P(double x)
    {
        var u = 1 + x;
        return u == 1 ? x : double.IsPositiveInfinity(u) ? u : Log(u) * (x / (u - 1));
    }

    private static double PowerOfTwo(int exponent) => BitConverter.Int64BitsToDouble((long)(exponent + 1023) << 52);
}
