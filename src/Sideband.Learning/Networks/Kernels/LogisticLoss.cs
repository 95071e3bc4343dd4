using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// Log-loss of sixteen rows at a time. A row of label y and weight w has the signed weight +w for y = 1 and -w for y = 0; its loss is
/// w ln(1 + e^-t) with t = x for y = 1 and -x for y = 0.
/// </summary>
internal static unsafe class LogisticLoss
{
    /// <param name="logits">x; replaced by scale times the loss's derivative, w (sigma(x) - y).</param>
    /// <param name="signedWeights">0 for rows of padding.</param>
    /// <param name="paddedRows">A multiple of 16.</param>
    /// <param name="scale">Factor of the derivatives.</param>
    /// <returns>Summed loss and weight.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LossSum Evaluate(float* logits, float* signedWeights, int paddedRows, float scale)
    {
        var loss = Vector512<float>.Zero;
        var weight = Vector512<float>.Zero;
        for (var i = 0; i < paddedRows; i += VectorMath.Lanes)
        {
            var s = Vector512.Load(signedWeights + i);
            var w = Vector512.Abs(s);
            var t = Vector512.Load(logits + i) ^ (s & Vector512.Create(-0.0f));
            var e = VectorMath.Exp(-Vector512.Abs(t));
            var below = Vector512.LessThan(t, Vector512<float>.Zero);
            var softPlus = Vector512.ConditionalSelect(below, -t, Vector512<float>.Zero) + VectorMath.Log(Vector512<float>.One + e);
            loss = Vector512.FusedMultiplyAdd(w, softPlus, loss);
            weight += w;

            // sigma(-t) = e/(1 + e) for t >= 0 and 1/(1 + e) below.
            var sigma = Vector512.ConditionalSelect(below, Vector512<float>.One, e) / (Vector512<float>.One + e);
            (Vector512.Create(-scale) * s * sigma).Store(logits + i);
        }

        return new LossSum(Sum(loss), Sum(weight));
    }

    /// <summary>x = 1/(1 + e^-x).</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Sigmoid(float* x, int paddedRows)
    {
        for (var i = 0; i < paddedRows; i += VectorMath.Lanes)
        {
            VectorMath.Sigmoid(Vector512.Load(x + i)).Store(x + i);
        }
    }

    private static double Sum(Vector512<float> lanes)
    {
        var sum = 0.0;
        for (var i = 0; i < VectorMath.Lanes; i++)
        {
            sum += lanes[i];
        }

        return sum;
    }
}
