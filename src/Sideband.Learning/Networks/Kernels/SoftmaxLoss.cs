using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// Log-loss of sixteen rows at a time of a softmax over classes: w (ln sum_c e^(x_c) - x_y) for a row of class y and weight w.
/// </summary>
internal static unsafe class SoftmaxLoss
{
    /// <param name="logits">
    /// x_c of row i at [c * paddedRows + i]; replaced by scale times the loss's derivative, w (p_c - [c = y]), p_c = e^(x_c)/sum e^x.
    /// </param>
    /// <param name="classes">At least 2.</param>
    /// <param name="labels">y of each row, as a number in single precision.</param>
    /// <param name="weights">At least 0; 0 for rows of padding.</param>
    /// <param name="paddedRows">A multiple of 16.</param>
    /// <param name="scale">Factor of the derivatives.</param>
    /// <returns>Summed loss and weight.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static LossSum Evaluate(float* logits, int classes, float* labels, float* weights, int paddedRows, float scale)
    {
        var loss = Vector512<float>.Zero;
        var weight = Vector512<float>.Zero;
        for (var i = 0; i < paddedRows; i += VectorMath.Lanes)
        {
            var (label, w) = (Vector512.Load(labels + i), Vector512.Load(weights + i));
            var largest = Vector512.Load(logits + i);
            for (var c = 1; c < classes; c++)
            {
                largest = Vector512.Max(largest, Vector512.Load(logits + (c * paddedRows) + i));
            }

            var (sum, own) = (Vector512<float>.Zero, Vector512<float>.Zero);
            for (var c = 0; c < classes; c++)
            {
                var x = Vector512.Load(logits + (c * paddedRows) + i) - largest;
                own = Vector512.ConditionalSelect(Vector512.Equals(label, Vector512.Create((float)c)), x, own);
                var e = VectorMath.Exp(x);
                sum += e;
                e.Store(logits + (c * paddedRows) + i);
            }

            loss = Vector512.FusedMultiplyAdd(w, VectorMath.Log(sum) - own, loss);
            weight += w;
            for (var c = 0; c < classes; c++)
            {
                var p = Vector512.Load(logits + (c * paddedRows) + i) / sum;
                var isOwn = Vector512.Equals(label, Vector512.Create((float)c));
                var difference = p - Vector512.ConditionalSelect(isOwn, Vector512<float>.One, Vector512<float>.Zero);
                (Vector512.Create(scale) * w * difference).Store(logits + (c * paddedRows) + i);
            }
        }

        return new LossSum(Sum(loss), Sum(weight));
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
