using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>Activations in place on rows that a product just wrote, and the way back with the gradient of the bias.</summary>
internal static unsafe class ActivationKernels
{
    /// <summary>y = f(y).</summary>
    /// <param name="activation">f.</param>
    /// <param name="y">First row.</param>
    /// <param name="derivative">Written for SiLU: f'(z), same strides; null: not needed.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns, a multiple of 16.</param>
    /// <param name="stride">Numbers from a row to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Apply(Activation activation, float* y, float* derivative, int rows, int width, int stride)
    {
        switch (activation)
        {
            case Activation.Relu:
                for (; rows > 0; rows--, y += stride)
                {
                    for (var j = 0; j < width; j += VectorMath.Lanes)
                    {
                        // Not Max, whose treatment of NaN and -0 depends on the instruction.
                        var z = Vector512.Load(y + j);
                        Vector512.AndNot(z, Vector512.LessThanOrEqual(z, Vector512<float>.Zero)).Store(y + j);
                    }
                }

                break;
            case Activation.Elu:
                for (; rows > 0; rows--, y += stride)
                {
                    for (var j = 0; j < width; j += VectorMath.Lanes)
                    {
                        var z = Vector512.Load(y + j);
                        var below = Vector512.LessThan(z, Vector512<float>.Zero);
                        Vector512.ConditionalSelect(below, VectorMath.Exp(z) - Vector512<float>.One, z).Store(y + j);
                    }
                }

                break;
            case Activation.Silu:
                for (; rows > 0; rows--, y += stride, derivative = derivative == null ? null : derivative + stride)
                {
                    for (var j = 0; j < width; j += VectorMath.Lanes)
                    {
                        var z = Vector512.Load(y + j);
                        var s = VectorMath.Sigmoid(z);
                        var f = z * s;
                        f.Store(y + j);
                        if (derivative != null)
                        {
                            // f' = s + z s (1 - s).
                            Vector512.FusedMultiplyAdd(f, Vector512<float>.One - s, s).Store(derivative + j);
                        }
                    }
                }

                break;
            case Activation.None:
                break;
        }
    }

    /// <summary>Multiplies a gradient with respect to y = f(z) by f'(z), in place, and sums its rows, in their order.</summary>
    /// <param name="activation">f.</param>
    /// <param name="gradient">First row.</param>
    /// <param name="y">f(z); for SiLU f'(z).</param>
    /// <param name="biasGradient">Written: the sums; null: not needed.</param>
    /// <param name="rows">Rows.</param>
    /// <param name="width">Columns, a multiple of 16.</param>
    /// <param name="gradientStride">Numbers from a row of the gradient to the next.</param>
    /// <param name="stride">Numbers from a row of y to the next.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Backward(
        Activation activation, float* gradient, float* y, float* biasGradient, int rows, int width, int gradientStride, int stride)
    {
        if (activation == Activation.None && biasGradient == null)
        {
            return;
        }

        for (var j = 0; j < width; j += VectorMath.Lanes)
        {
            var sum = Vector512<float>.Zero;
            var g = gradient + j;
            var f = y + j;
            switch (activation)
            {
                case Activation.Relu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        var v = Vector512.AndNot(Vector512.Load(g), Vector512.LessThanOrEqual(Vector512.Load(f), Vector512<float>.Zero));
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.Elu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        // f' = 1 above 0 and e^z = f + 1 below.
                        var value = Vector512.Load(f);
                        var below = Vector512.LessThan(value, Vector512<float>.Zero);
                        var v = Vector512.Load(g) * Vector512.ConditionalSelect(below, value + Vector512<float>.One, Vector512<float>.One);
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.Silu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        var v = Vector512.Load(g) * Vector512.Load(f);
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.None:
                    for (var i = 0; i < rows; i++, g += gradientStride)
                    {
                        sum += Vector512.Load(g);
                    }

                    break;
            }

            if (biasGradient != null)
            {
                sum.Store(biasGradient + j);
            }
        }
    }

    /// <summary>y += x.</summary>
    public static void Add(Matrix y, Matrix x, int rows) =>
        Add(y.Pointer, y.Stride, x.Pointer, x.Stride, rows, PanelLayout.RoundUp(y.Columns, VectorMath.Lanes));

    /// <summary>y += x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public static void Add(float* y, int yStride, float* x, int xStride, int rows, int width)
    {
        for (; rows > 0; rows--, y += yStride, x += xStride)
        {
            for (var j = 0; j < width; j += VectorMath.Lanes)
            {
                (Vector512.Load(y + j) + Vector512.Load(x + j)).Store(y + j);
            }
        }
    }
}
