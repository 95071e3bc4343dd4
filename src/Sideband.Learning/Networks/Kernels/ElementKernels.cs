using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>Whole arrays, element by element; lengths are multiples of <see cref="VectorMath.Lanes"/>.</summary>
internal static unsafe class ElementKernels
{
    /// <summary>x *= y.</summary>
    public static void Multiply(float* x, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Multiply<Floats16>(x, y, count);
        }
        else
        {
            Multiply<Floats8>(x, y, count);
        }
    }

    /// <summary>x += y.</summary>
    public static void Add(float* x, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Add<Floats16>(x, y, count);
        }
        else
        {
            Add<Floats8>(x, y, count);
        }
    }

    /// <summary>Sum of x^2, in double precision and in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* x, int count)
    {
        var (a, b, c, d) = (Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero, Vector256<double>.Zero);
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            var (first, second) = Vector256.Widen(Vector256.Load(x + i));
            var (third, fourth) = Vector256.Widen(Vector256.Load(x + i + 8));
            a = Vector256.FusedMultiplyAdd(first, first, a);
            b = Vector256.FusedMultiplyAdd(second, second, b);
            c = Vector256.FusedMultiplyAdd(third, third, c);
            d = Vector256.FusedMultiplyAdd(fourth, fourth, d);
        }

        var (s, t) = (a + c, b + d);
        return s[0] + s[1] + (s[2] + s[3]) + (t[0] + t[1] + (t[2] + t[3]));
    }

    /// <summary>y = a x.</summary>
    public static void Scale(float a, float* x, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Scale<Floats16>(a, x, y, count);
        }
        else
        {
            Scale<Floats8>(a, x, y, count);
        }
    }

    /// <summary>y = a x + b y.</summary>
    public static void Combine(float a, float* x, float b, float* y, int count)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Combine<Floats16>(a, x, b, y, count);
        }
        else
        {
            Combine<Floats8>(a, x, b, y, count);
        }
    }

    /// <summary>m = beta m + (1 - beta) g, direction = beta m + (1 - beta) g, with g = scale gradient.</summary>
    public static void Nesterov(float* gradient, float* m, float* direction, int count, float beta, float scale)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Nesterov<Floats16>(gradient, m, direction, count, beta, scale);
        }
        else
        {
            Nesterov<Floats8>(gradient, m, direction, count, beta, scale);
        }
    }

    /// <summary>
    /// A step of Adam (arXiv:1412.6980) in PyTorch's form: m = m + (1 - beta1)(g - m), v = beta2 v + (1 - beta2) g^2,
    /// w = keep w - rate m / (sqrt(v) rootScale + epsilon), with g = scale gradient + l2 w.
    /// </summary>
    public static void Adam(float* w, float* gradient, float* m, float* v, int count, in AdamStep step)
    {
        if (Vector512.IsHardwareAccelerated)
        {
            Adam<Floats16>(w, gradient, m, v, count, step);
        }
        else
        {
            Adam<Floats8>(w, gradient, m, v, count, step);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Multiply<T>(float* x, float* y, int count)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            (T.Load(x + i) * T.Load(y + i)).Store(x + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Add<T>(float* x, float* y, int count)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < count; i += T.Count)
        {
            (T.Load(x + i) + T.Load(y + i)).Store(x + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Scale<T>(float a, float* x, float* y, int count)
        where T : struct, IFloats<T>
    {
        var factor = T.Create(a);
        for (var i = 0; i < count; i += T.Count)
        {
            (factor * T.Load(x + i)).Store(y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Combine<T>(float a, float* x, float b, float* y, int count)
        where T : struct, IFloats<T>
    {
        var (first, second) = (T.Create(a), T.Create(b));
        for (var i = 0; i < count; i += T.Count)
        {
            T.FusedMultiplyAdd(first, T.Load(x + i), second * T.Load(y + i)).Store(y + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Nesterov<T>(float* gradient, float* m, float* direction, int count, float beta, float scale)
        where T : struct, IFloats<T>
    {
        var (kept, added) = (T.Create(beta), T.Create((1 - beta) * scale));
        for (var i = 0; i < count; i += T.Count)
        {
            var g = added * T.Load(gradient + i);
            var momentum = T.FusedMultiplyAdd(kept, T.Load(m + i), g);
            momentum.Store(m + i);
            T.FusedMultiplyAdd(kept, momentum, g).Store(direction + i);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static void Adam<T>(float* w, float* gradient, float* m, float* v, int count, in AdamStep step)
        where T : struct, IFloats<T>
    {
        var beta1 = T.Create(step.Beta1);
        var beta2 = T.Create(step.Beta2);
        var rest1 = T.Create(step.OneMinusBeta1);
        var rest2 = T.Create(step.OneMinusBeta2);
        var scale = T.Create(step.GradientScale);
        var l2 = T.Create(step.L2);
        var keep = T.Create(step.Keep);
        var rate = T.Create(-step.Rate);
        var root = T.Create(step.RootScale);
        var epsilon = T.Create(step.Epsilon);
        for (var i = 0; i < count; i += T.Count)
        {
            var old = T.Load(w + i);
            var g = T.FusedMultiplyAdd(l2, old, scale * T.Load(gradient + i));
            var first = T.FusedMultiplyAdd(beta1, T.Load(m + i), rest1 * g);
            var second = T.FusedMultiplyAdd(beta2, T.Load(v + i), rest2 * g * g);
            first.Store(m + i);
            second.Store(v + i);
            var denominator = T.FusedMultiplyAdd(T.Sqrt(second), root, epsilon);
            T.FusedMultiplyAdd(rate, first / denominator, keep * old).Store(w + i);
        }
    }
}

/// <summary>The numbers of one Adam step; bias corrections are in <see cref="Rate"/> and <see cref="RootScale"/>.</summary>
internal readonly record struct AdamStep(
    float Beta1, float Beta2, float OneMinusBeta1, float OneMinusBeta2, float GradientScale,
    float L2, float Keep, float Rate, float RootScale, float Epsilon);
