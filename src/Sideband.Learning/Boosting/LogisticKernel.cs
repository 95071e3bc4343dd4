using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The log-loss of a row with log-odds x, label y and weight w: w ln(1 + e^-t) with t = x for y = 1 and t = -x for y = 0.
/// A row carries the signed weight s = w (y = 1) or s = -w (y = 0), which tells label and weight in one number.
/// Single precision, sixteen rows at a time, additions, multiplications, divisions and fused multiply-add only, and sums in a fixed
/// order: the same bits on every processor. Rows are padded with s = 0 to a multiple of <see cref="Lanes"/>.
/// </summary>
internal static unsafe class LogisticKernel
{
    public const int Lanes = 16;

    /// <summary>Fixed-point gradients and hessians of all rows, and the summed loss.</summary>
    /// <param name="x">Log-odds.</param>
    /// <param name="signedWeights">+w for class 1, -w for class 0.</param>
    /// <param name="derivatives">
    /// Written: gradient s (sigma(x) - y) in the low, hessian w sigma (1 - sigma) in the high 32 bits, both times their scale.
    /// </param>
    /// <param name="paddedCount">A multiple of <see cref="Lanes"/>.</param>
    /// <param name="gradientScale">Power of two.</param>
    /// <param name="hessianScale">Power of two.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Derivatives(
        float* x, float* signedWeights, long* derivatives, int paddedCount, float gradientScale, float hessianScale)
    {
        var sum = new LossSum();
        var gScale = Vector512.Create(gradientScale);
        var hScale = Vector512.Create(hessianScale);
        for (var i = 0; i < paddedCount; i += Lanes)
        {
            var s = Vector512.Load(signedWeights + i);
            var (t, e) = MarginAndExponential(Vector512.Load(x + i), s);
            var w = Vector512.Abs(s);
            sum.Add(w * SoftPlus(t, e));

            // sigma(-t) = 1/(1 + e^t): e/(1 + e) for t >= 0 and 1/(1 + e) below, with e = e^-|t|.
            var larger = Vector512<float>.One / (Vector512<float>.One + e);
            var smaller = e * larger;
            var sigma = Vector512.ConditionalSelect(Vector512.GreaterThanOrEqual(t, Vector512<float>.Zero), smaller, larger);
            var g = ToFixedPoint(-s * sigma * gScale);
            var h = ToFixedPoint(w * smaller * larger * hScale);
            var low = Vector512.WidenLower(g.AsUInt32()) | (Vector512.WidenLower(h.AsUInt32()) << 32);
            var high = Vector512.WidenUpper(g.AsUInt32()) | (Vector512.WidenUpper(h.AsUInt32()) << 32);
            low.AsInt64().Store(derivatives + i);
            high.AsInt64().Store(derivatives + i + (Lanes / 2));
        }

        return sum.Total;
    }

    /// <summary>The summed loss alone.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static double Loss(float* x, float* signedWeights, int paddedCount)
    {
        var sum = new LossSum();
        for (var i = 0; i < paddedCount; i += Lanes)
        {
            var s = Vector512.Load(signedWeights + i);
            var (t, e) = MarginAndExponential(Vector512.Load(x + i), s);
            sum.Add(Vector512.Abs(s) * SoftPlus(t, e));
        }

        return sum.Total;
    }

    /// <summary>sums += sigma(x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void AddSigmoid(float* x, double* sums, int paddedCount)
    {
        for (var i = 0; i < paddedCount; i += Lanes)
        {
            var t = Vector512.Load(x + i);
            var e = VectorMath.Exp(-Vector512.Abs(t));
            var positive = Vector512.GreaterThanOrEqual(t, Vector512<float>.Zero);
            var sigma = Vector512.ConditionalSelect(positive, Vector512<float>.One, e) / (Vector512<float>.One + e);
            var (low, high) = Vector512.Widen(sigma);
            (Vector512.Load(sums + i) + low).Store(sums + i);
            (Vector512.Load(sums + i + (Lanes / 2)) + high).Store(sums + i + (Lanes / 2));
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<int> ToFixedPoint(Vector512<float> value) => Vector512.ConvertToInt32Native(Vector512.Round(value));

    /// <summary>The margin t (x with the sign of s) and e^-|t|.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static (Vector512<float> Margin, Vector512<float> Exponential) MarginAndExponential(Vector512<float> x, Vector512<float> s)
    {
        var sign = s & Vector512.Create(-0.0f);
        return (x ^ sign, VectorMath.Exp(-Vector512.Abs(x)));
    }

    /// <summary>ln(1 + e^-t) = max(-t, 0) + ln(1 + e), e = e^-|t|, and ln(1 + e) = 2 artanh(z) with z = e/(2 + e) at most 1/3.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<float> SoftPlus(Vector512<float> t, Vector512<float> e)
    {
        var z = e / (Vector512.Create(2f) + e);
        var q = z * z;
        var p = Vector512.Create(2f / 17);
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 15));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 13));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 11));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 9));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 7));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 5));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f / 3));
        p = Vector512.FusedMultiplyAdd(p, q, Vector512.Create(2f));
        var positive = Vector512.ConditionalSelect(Vector512.LessThan(t, Vector512<float>.Zero), -t, Vector512<float>.Zero);
        return Vector512.FusedMultiplyAdd(p, z, positive);
    }

    /// <summary>
    /// Sum in double precision, one partial sum for each of the sixteen rows of a step, added up in one order at the end.
    /// </summary>
    private struct LossSum
    {
        private Vector512<double> _low;
        private Vector512<double> _high;

        public readonly double Total
        {
            get
            {
                var s = _low + _high;
                return s[0] + s[1] + (s[2] + s[3]) + (s[4] + s[5] + (s[6] + s[7]));
            }
        }

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public void Add(Vector512<float> terms)
        {
            var (low, high) = Vector512.Widen(terms);
            _low += low;
            _high += high;
        }
    }
}
