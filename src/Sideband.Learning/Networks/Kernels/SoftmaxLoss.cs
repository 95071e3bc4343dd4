using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// Log-loss of rows, of a softmax over classes: w (ln sum_c e^(x_c) - x_y) for a row of class y and weight w.
/// </summary>
internal static unsafe class SoftmaxLoss
{
    /// <param name="logits">
    /// x_c of row i at [c * paddedRows + i]; replaced by scale times the loss's derivative, w (p_c - [c = y]), p_c = e^(x_c)/sum e^x.
    /// </param>
    /// <param name="classes">At least 2.</param>
    /// <param name="labels">y of each row, as a number in single precision.</param>
    /// <param name="weights">At least 0; 0 for rows of padding.</param>
    /// <param name="paddedRows">A multiple of <see cref="VectorMath.Lanes"/>.</param>
    /// <param name="scale">Factor of the derivatives.</param>
    /// <returns>Summed loss and weight.</returns>
    public static LossSum Evaluate(float* logits, int classes, float* labels, float* weights, int paddedRows, float scale) =>
        Vector512.IsHardwareAccelerated
            ? Evaluate<Floats16>(logits, classes, labels, weights, paddedRows, scale)
            : Evaluate<Floats8>(logits, classes, labels, weights, paddedRows, scale);

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static LossSum Evaluate<T>(float* logits, int classes, float* labels, float* weights, int paddedRows, float scale)
        where T : struct, IFloats<T>
    {
        var (losses, weightSums) = (new LaneSums(), new LaneSums());
        for (var i = 0; i < paddedRows; i += T.Count)
        {
            var (label, w) = (T.Load(labels + i), T.Load(weights + i));
            var largest = T.Load(logits + i);
            for (var c = 1; c < classes; c++)
            {
                largest = T.Max(largest, T.Load(logits + (c * paddedRows) + i));
            }

            var (sum, own) = (T.Create(0f), T.Create(0f));
            for (var c = 0; c < classes; c++)
            {
                var x = T.Load(logits + (c * paddedRows) + i) - largest;
                own = T.Select(T.Equal(label, T.Create((float)c)), x, own);
                var e = VectorMath.Exp(x);
                sum += e;
                e.Store(logits + (c * paddedRows) + i);
            }

            losses.AddProduct(i, w, VectorMath.Log(sum) - own);
            weightSums.Add(i, w);
            for (var c = 0; c < classes; c++)
            {
                var p = T.Load(logits + (c * paddedRows) + i) / sum;
                var isOwn = T.Equal(label, T.Create((float)c));
                var difference = p - T.Select(isOwn, T.Create(1f), T.Create(0f));
                (T.Create(scale) * w * difference).Store(logits + (c * paddedRows) + i);
            }
        }

        return new LossSum(losses.Total, weightSums.Total);
    }
}
