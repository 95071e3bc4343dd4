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
    public static void Apply(Activation activation, float* y, float* derivative, int rows, int width, int stride)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Apply<Floats16>(activation, y, derivative, rows, width, stride);
        }
        else
        {
            Apply<Floats8>(activation, y, derivative, rows, width, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Apply<T>(Activation activation, float* y, float* derivative, int rows, int width, int stride)
        where T : struct, IFloats<T>
    {
        switch (activation)
        {
            case Activation.Relu:
                for (; rows > 0; rows--, y += stride)
                {
                    for (var j = 0; j < width; j += T.Count)
                    {
                        // Not Max, whose treatment of NaN and -0 depends on the instruction.
                        var z = T.Load(y + j);
                        T.AndNot(z, T.LessOrEqual(z, T.Create(0f))).Store(y + j);
                    }
                }

                break;
            case Activation.Elu:
                for (; rows > 0; rows--, y += stride)
                {
                    for (var j = 0; j < width; j += T.Count)
                    {
                        var z = T.Load(y + j);
                        var below = T.Less(z, T.Create(0f));
                        T.Select(below, VectorMath.Exp(z) - T.Create(1f), z).Store(y + j);
                    }
                }

                break;
            case Activation.Silu:
                for (; rows > 0; rows--, y += stride, derivative = derivative == null ? null : derivative + stride)
                {
                    for (var j = 0; j < width; j += T.Count)
                    {
                        var z = T.Load(y + j);
                        var s = VectorMath.Sigmoid(z);
                        var f = z * s;
                        f.Store(y + j);
                        if (derivative != null)
                        {
                            // f' = s + z s (1 - s).
                            T.FusedMultiplyAdd(f, T.Create(1f) - s, s).Store(derivative + j);
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
    public static void Backward(
        Activation activation, float* gradient, float* y, float* biasGradient, int rows, int width, int gradientStride, int stride)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Backward<Floats16>(activation, gradient, y, biasGradient, rows, width, gradientStride, stride);
        }
        else
        {
            Backward<Floats8>(activation, gradient, y, biasGradient, rows, width, gradientStride, stride);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static void Backward<T>(
        Activation activation, float* gradient, float* y, float* biasGradient, int rows, int width, int gradientStride, int stride)
        where T : struct, IFloats<T>
    {
        if (activation == Activation.None && biasGradient == null)
        {
            return;
        }

        for (var j = 0; j < width; j += T.Count)
        {
            var sum = T.Create(0f);
            var g = gradient + j;
            var f = y + j;
            switch (activation)
            {
                case Activation.Relu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        var v = T.AndNot(T.Load(g), T.LessOrEqual(T.Load(f), T.Create(0f)));
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.Elu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        // f' = 1 above 0 and e^z = f + 1 below.
                        var value = T.Load(f);
                        var below = T.Less(value, T.Create(0f));
                        var v = T.Load(g) * T.Select(below, value + T.Create(1f), T.Create(1f));
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.Silu:
                    for (var i = 0; i < rows; i++, g += gradientStride, f += stride)
                    {
                        var v = T.Load(g) * T.Load(f);
                        v.Store(g);
                        sum += v;
                    }

                    break;
                case Activation.None:
                    for (var i = 0; i < rows; i++, g += gradientStride)
                    {
                        sum += T.Load(g);
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
    public static void Add(float* y, int yStride, float* x, int xStride, int rows, int width)
    {
        for (; rows > 0; rows--, y += yStride, x += xStride)
        {
            ElementKernels.Add(y, x, width);
        }
    }
}
