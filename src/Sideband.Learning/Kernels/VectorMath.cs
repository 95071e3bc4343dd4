using System.Runtime.CompilerServices;

namespace Sideband.Learning.Kernels;

/// <summary>
/// Exponential, logistic function and logarithm in single precision, by additions, multiplications, divisions and fused multiply-add
/// alone: the same bits on every processor. A NaN stays one.
/// </summary>
internal static class VectorMath
{
    /// <summary>Arrays of the kernels are padded to a multiple of it: the widest vector's numbers.</summary>
    public const int Lanes = 16;

    /// <summary>e^x; x is held within [-87, 88]. Relative error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Exp<T>(T x)
        where T : struct, IFloats<T>
    {
        // The native minimum and maximum give their second operand if one is a NaN.
        x = T.MinNative(T.Create(88f), T.MaxNative(T.Create(-87f), x));

        // x = k ln 2 + r with |r| <= ln(2)/2; ln 2 in two parts, the first with few bits, so that k times it is exact.
        var k = T.Round(x * T.Create(1.44269504f));
        var r = T.FusedMultiplyAdd(k, T.Create(-0.693359375f), x);
        r = T.FusedMultiplyAdd(k, T.Create(2.12194440e-4f), r);

        // Taylor polynomial of degree 7: truncation below 6e-9.
        var p = T.Create(1.98412698e-4f);
        p = T.FusedMultiplyAdd(p, r, T.Create(1.38888889e-3f));
        p = T.FusedMultiplyAdd(p, r, T.Create(8.33333333e-3f));
        p = T.FusedMultiplyAdd(p, r, T.Create(4.16666667e-2f));
        p = T.FusedMultiplyAdd(p, r, T.Create(1.66666667e-1f));
        p = T.FusedMultiplyAdd(p, r, T.Create(0.5f));
        p = T.FusedMultiplyAdd(p, r, T.Create(1f));
        p = T.FusedMultiplyAdd(p, r, T.Create(1f));
        return p * T.PowerOfTwo(k);
    }

    /// <summary>
    /// 1/(1 + e^-x); x is held within [-87, 87]. Absolute error below 2e-7. With e^-x = 2^k 2^f, k + f = -x/ln 2, whose rounding does
    /// harm only where e^-x is large or small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Sigmoid<T>(T x)
        where T : struct, IFloats<T>
    {
        x = T.MinNative(T.Create(87f), T.MaxNative(T.Create(-87f), x));
        var y = x * T.Create(-1.44269504f);
        var k = T.Round(y);
        var f = y - k;

        // 2^f for |f| <= 1/2 by its Taylor polynomial of degree 6: truncation below 1.2e-7.
        var p = T.Create(1.54035304e-4f);
        p = T.FusedMultiplyAdd(p, f, T.Create(1.33335581e-3f));
        p = T.FusedMultiplyAdd(p, f, T.Create(9.61812911e-3f));
        p = T.FusedMultiplyAdd(p, f, T.Create(5.55041087e-2f));
        p = T.FusedMultiplyAdd(p, f, T.Create(0.240226507f));
        p = T.FusedMultiplyAdd(p, f, T.Create(0.693147181f));
        p = T.FusedMultiplyAdd(p, f, T.Create(1f));
        return T.Create(1f) / (T.Create(1f) + (p * T.PowerOfTwo(k)));
    }

    /// <summary>ln x for normal numbers x above 0. Absolute error below 1e-7 max(1, |ln x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static T Log<T>(T x)
        where T : struct, IFloats<T>
    {
        // x = 2^k m; ln m = 2 artanh(s), s = (m - 1)/(m + 1), |s| <= 0.172.
        var m = T.Mantissa(x, out var k);
        var f = m - T.Create(1f);
        var s = f / (m + T.Create(1f));
        var z = s * s;
        var p = T.Create(2f / 9);
        p = T.FusedMultiplyAdd(p, z, T.Create(2f / 7));
        p = T.FusedMultiplyAdd(p, z, T.Create(2f / 5));
        p = T.FusedMultiplyAdd(p, z, T.Create(2f / 3));

        // 2 s = f - s f, so that the leading term is exact; ln 2 in two parts as above.
        var tail = T.FusedMultiplyAdd(p * z, s, -(s * f));
        var log = T.FusedMultiplyAdd(k, T.Create(0.693359375f), f + T.FusedMultiplyAdd(k, T.Create(-2.12194440e-4f), tail));
        return T.Select(T.Greater(x, T.Create(0f)), log, T.Create(float.NaN));
    }
}
