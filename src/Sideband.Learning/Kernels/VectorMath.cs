using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sideband.Learning.Kernels;

/// <summary>
/// Exponential, logistic function and logarithm, sixteen single-precision numbers at a time, by additions, multiplications, divisions and
/// fused multiply-add alone: the same bits on every processor. A NaN stays one.
/// </summary>
internal static class VectorMath
{
    public const int Lanes = 16;

    /// <summary>e^x; x is held within [-87, 88]. Relative error below 2e-7.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Exp(Vector512<float> x)
    {
        // The native minimum and maximum of x64 give their second operand if one is a NaN.
        x = Vector512.MinNative(Vector512.Create(88f), Vector512.MaxNative(Vector512.Create(-87f), x));

        // x = k ln 2 + r with |r| <= ln(2)/2; ln 2 in two parts, the first with few bits, so that k times it is exact.
        var k = Vector512.Round(x * Vector512.Create(1.44269504f));
        var r = Vector512.FusedMultiplyAdd(k, Vector512.Create(-0.693359375f), x);
        r = Vector512.FusedMultiplyAdd(k, Vector512.Create(2.12194440e-4f), r);

        // Taylor polynomial of degree 7: truncation below 6e-9.
        var p = Vector512.Create(1.98412698e-4f);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.38888889e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(8.33333333e-3f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(4.16666667e-2f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(1.66666667e-1f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512.Create(0.5f));
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        p = Vector512.FusedMultiplyAdd(p, r, Vector512<float>.One);
        return p * ((Vector512.ConvertToInt32Native(k) + Vector512.Create(127)) << 23).AsSingle();
    }

    /// <summary>
    /// 1/(1 + e^-x); x is held within [-87, 87]. Absolute error below 2e-7. With e^-x = 2^k 2^f, k + f = -x/ln 2, whose rounding does
    /// harm only where e^-x is large or small.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Sigmoid(Vector512<float> x)
    {
        x = Vector512.MinNative(Vector512.Create(87f), Vector512.MaxNative(Vector512.Create(-87f), x));
        var y = x * Vector512.Create(-1.44269504f);
        var k = Vector512.Round(y);
        var f = y - k;

        // 2^f for |f| <= 1/2 by its Taylor polynomial of degree 6: truncation below 1.2e-7.
        var p = Vector512.Create(1.54035304e-4f);
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(1.33335581e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(9.61812911e-3f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(5.55041087e-2f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.240226507f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512.Create(0.693147181f));
        p = Vector512.FusedMultiplyAdd(p, f, Vector512<float>.One);
        var e = p * ((Vector512.ConvertToInt32Native(k) + Vector512.Create(127)) << 23).AsSingle();
        return Vector512<float>.One / (Vector512<float>.One + e);
    }

    /// <summary>ln x for normal numbers x above 0. Absolute error below 1e-7 max(1, |ln x|).</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Vector512<float> Log(Vector512<float> x)
    {
        // x = 2^k m with m in [sqrt(1/2), sqrt(2)); ln m = 2 artanh(s), s = (m - 1)/(m + 1), |s| <= 0.172.
        var bits = x.AsInt32() - Vector512.Create(0x3F3504F3);
        var k = bits >> 23;
        var m = ((bits & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F3504F3)).AsSingle();
        var f = m - Vector512<float>.One;
        var s = f / (m + Vector512<float>.One);
        var z = s * s;
        var p = Vector512.Create(2f / 9);
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2f / 7));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2f / 5));
        p = Vector512.FusedMultiplyAdd(p, z, Vector512.Create(2f / 3));

        // 2 s = f - s f, so that the leading term is exact; ln 2 in two parts as above.
        var tail = Vector512.FusedMultiplyAdd(p * z, s, -(s * f));
        var e = Vector512.ConvertToSingle(k);
        var log = Vector512.FusedMultiplyAdd(
            e, Vector512.Create(0.693359375f), f + Vector512.FusedMultiplyAdd(e, Vector512.Create(-2.12194440e-4f), tail));
        return Vector512.ConditionalSelect(Vector512.GreaterThan(x, Vector512<float>.Zero), log, Vector512.Create(float.NaN));
    }
}
