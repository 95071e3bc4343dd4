using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The log-loss of a row with log-odds x, label y and weight w: w ln(1 + e^-t) with t = x for y = 1 and t = -x for y = 0.
/// A row carries the signed weight s = w (y = 1) or s = -w (y = 0), which tells label and weight in one number.
/// Single precision, a vector's number of rows at a time, additions, multiplications, divisions and fused multiply-add only, and sums in a
/// fixed order: the same bits on every processor. Rows are padded with s = 0 to a multiple of <see cref="VectorMath.Lanes"/>.
/// </summary>
internal static unsafe class LogisticKernel
{
    /// <summary>Fixed-point gradients and hessians of all rows, and the summed loss.</summary>
    /// <param name="x">Log-odds.</param>
    /// <param name="signedWeights">+w for class 1, -w for class 0.</param>
    /// <param name="derivatives">
    /// Written: gradient s (sigma(x) - y) in the low, hessian w sigma (1 - sigma) in the high 32 bits, both times their scale.
    /// </param>
    /// <param name="paddedCount">A multiple of <see cref="VectorMath.Lanes"/>.</param>
    /// <param name="gradientScale">Power of two.</param>
    /// <param name="hessianScale">Power of two.</param>
    public static double Derivatives(
        float* x, float* signedWeights, long* derivatives, int paddedCount, float gradientScale, float hessianScale) =>
        Vector512.IsHardwareAccelerated
            ? Derivatives<Floats16>(x, signedWeights, derivatives, paddedCount, gradientScale, hessianScale)
            : Derivatives<Floats8>(x, signedWeights, derivatives, paddedCount, gradientScale, hessianScale);

    /// <summary>The summed loss alone.</summary>
    public static double Loss(float* x, float* signedWeights, int paddedCount) => Vector512.IsHardwareAccelerated
        ? Loss<Floats16>(x, signedWeights, paddedCount)
        : Loss<Floats8>(x, signedWeights, paddedCount);

    /// <summary>sums += sigma(x).</summary>
    public static void AddSigmoid(float* x, double* sums, int paddedCount)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            AddSigmoid<Floats16>(x, sums, paddedCount);
        }
        else
        {
            AddSigmoid<Floats8>(x, sums, paddedCount);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static double Derivatives<T>(
        float* x, float* signedWeights, long* derivatives, int paddedCount, float gradientScale, float hessianScale)
        where T : struct, IFloats<T>
    {
        var sums = stackalloc double[VectorMath.Lanes];
        new Span<double>(sums, VectorMath.Lanes).Clear();
        var gScale = T.Create(gradientScale);
        var hScale = T.Create(hessianScale);
        for (var i = 0; i < paddedCount; i += T.Count)
        {
            var s = T.Load(signedWeights + i);
            var (t, e) = MarginAndExponential(T.Load(x + i), s);
            var w = T.Abs(s);
            (w * SoftPlus(t, e)).AddTo(sums + (i % VectorMath.Lanes));

            // sigma(-t) = 1/(1 + e^t): e/(1 + e) for t >= 0 and 1/(1 + e) below, with e = e^-|t|.
            var larger = T.Create(1f) / (T.Create(1f) + e);
            var smaller = e * larger;
            var sigma = T.Select(T.GreaterOrEqual(t, T.Create(0f)), smaller, larger);
            (-s * sigma * gScale).StorePairs(w * smaller * larger * hScale, derivatives + i);
        }

        return Total(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static double Loss<T>(float* x, float* signedWeights, int paddedCount)
        where T : struct, IFloats<T>
    {
        var sums = stackalloc double[VectorMath.Lanes];
        new Span<double>(sums, VectorMath.Lanes).Clear();
        for (var i = 0; i < paddedCount; i += T.Count)
        {
            var s = T.Load(signedWeights + i);
            var (t, e) = MarginAndExponential(T.Load(x + i), s);
            (T.Abs(s) * SoftPlus(t, e)).AddTo(sums + (i % VectorMath.Lanes));
        }

        return Total(sums);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void AddSigmoid<T>(float* x, double* sums, int paddedCount)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < paddedCount; i += T.Count)
        {
            var t = T.Load(x + i);
            var e = VectorMath.Exp(-T.Abs(t));
            var positive = T.GreaterOrEqual(t, T.Create(0f));
            (T.Select(positive, T.Create(1f), e) / (T.Create(1f) + e)).AddTo(sums + i);
        }
    }

    /// <summary>The sums of the places in a group of rows, added up in one order.</summary>
    private static double Total(double* sums)
    {
        double Both(int place) => sums[place] + sums[place + (VectorMath.Lanes / 2)];
        return Both(0) + Both(1) + (Both(2) + Both(3)) + (Both(4) + Both(5) + (Both(6) + Both(7)));
    }

    /// <summary>The margin t (x with the sign of s) and e^-|t|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (T Margin, T Exponential) MarginAndExponential<T>(T x, T s)
        where T : struct, IFloats<T>
    {
        var sign = s & T.Create(-0.0f);
        return (x ^ sign, VectorMath.Exp(-T.Abs(x)));
    }

    /// <summary>ln(1 + e^-t) = max(-t, 0) + ln(1 + e), e = e^-|t|, and ln(1 + e) = 2 artanh(z) with z = e/(2 + e) at most 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static T SoftPlus<T>(T t, T e)
        where T : struct, IFloats<T>
    {
        var z = e / (T.Create(2f) + e);
        var q = z * z;
        var p = T.Create(2f / 17);
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 15));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 13));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 11));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 9));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 7));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 5));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f / 3));
        p = T.FusedMultiplyAdd(p, q, T.Create(2f));
        var positive = T.Select(T.Less(t, T.Create(0f)), -t, T.Create(0f));
        return T.FusedMultiplyAdd(p, z, positive);
    }
}
