using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>
/// Log-loss of rows. A row of label y and weight w has the signed weight +w for y = 1 and -w for y = 0; its loss is
/// w ln(1 + e^-t) with t = x for y = 1 and -x for y = 0.
/// </summary>
internal static unsafe class LogisticLoss
{
    /// <param name="logits">x; replaced by scale times the loss's derivative, w (sigma(x) - y).</param>
    /// <param name="signedWeights">0 for rows of padding.</param>
    /// <param name="paddedRows">A multiple of <see cref="VectorMath.Lanes"/>.</param>
    /// <param name="scale">Factor of the derivatives.</param>
    /// <returns>Summed loss and weight.</returns>
    public static LossSum Evaluate(float* logits, float* signedWeights, int paddedRows, float scale) =>
        Vector512.IsHardwareAccelerated
            ? Evaluate<Floats16>(logits, signedWeights, paddedRows, scale)
            : Evaluate<Floats8>(logits, signedWeights, paddedRows, scale);

    /// <summary>x = 1/(1 + e^-x).</summary>
    public static void Sigmoid(float* x, int paddedRows)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Sigmoid<Floats16>(x, paddedRows);
        }
        else
        {
            Sigmoid<Floats8>(x, paddedRows);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static LossSum Evaluate<T>(float* logits, float* signedWeights, int paddedRows, float scale)
        where T : struct, IFloats<T>
    {
        var (losses, weights) = (new LaneSums(), new LaneSums());
        for (var i = 0; i < paddedRows; i += T.Count)
        {
            var s = T.Load(signedWeights + i);
            var w = T.Abs(s);
            var t = T.Load(logits + i) ^ (s & T.Create(-0.0f));
            var e = VectorMath.Exp(-T.Abs(t));
            var below = T.Less(t, T.Create(0f));
            var softPlus = T.Select(below, -t, T.Create(0f)) + VectorMath.Log(T.Create(1f) + e);
            losses.AddProduct(i, w, softPlus);
            weights.Add(i, w);

            // sigma(-t) = e/(1 + e) for t >= 0 and 1/(1 + e) below.
            var sigma = T.Select(below, T.Create(1f), e) / (T.Create(1f) + e);
            (T.Create(-scale) * s * sigma).Store(logits + i);
        }

        return new LossSum(losses.Total, weights.Total);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static void Sigmoid<T>(float* x, int paddedRows)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < paddedRows; i += T.Count)
        {
            VectorMath.Sigmoid(T.Load(x + i)).Store(x + i);
        }
    }
}
