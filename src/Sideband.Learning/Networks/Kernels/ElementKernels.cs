using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;

namespace Sideband.Learning.Networks.Kernels;

/// <summary>Whole arrays, element by element; lengths are multiples of 16.</summary>
internal static unsafe class ElementKernels
{
    /// <summary>x *= y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Multiply(float* x, float* y, int count)
    {
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            (Vector512.Load(x + i) * Vector512.Load(y + i)).Store(x + i);
        }
    }

    /// <summary>x += y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Add(float* x, float* y, int count)
    {
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            (Vector512.Load(x + i) + Vector512.Load(y + i)).Store(x + i);
        }
    }

    /// <summary>Sum of x^2, in double precision and in a fixed order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static double SumOfSquares(float* x, int count)
    {
        var low = Vector512<double>.Zero;
        var high = Vector512<double>.Zero;
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            var (a, b) = Vector512.Widen(Vector512.Load(x + i));
            low = Vector512.FusedMultiplyAdd(a, a, low);
            high = Vector512.FusedMultiplyAdd(b, b, high);
        }

        var s = low + high;
        return s[0] + s[1] + (s[2] + s[3]) + (s[4] + s[5] + (s[6] + s[7]));
    }

    /// <summary>y = a x.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Scale(float a, float* x, float* y, int count)
    {
        var factor = Vector512.Create(a);
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            (factor * Vector512.Load(x + i)).Store(y + i);
        }
    }

    /// <summary>y = a x + b y.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Combine(float a, float* x, float b, float* y, int count)
    {
        var (first, second) = (Vector512.Create(a), Vector512.Create(b));
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            Vector512.FusedMultiplyAdd(first, Vector512.Load(x + i), second * Vector512.Load(y + i)).Store(y + i);
        }
    }

    /// <summary>m = beta m + (1 - beta) g, direction = beta m + (1 - beta) g, with g = scale gradient.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Nesterov(float* gradient, float* m, float* direction, int count, float beta, float scale)
    {
        var (kept, added) = (Vector512.Create(beta), Vector512.Create((1 - beta) * scale));
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            var g = added * Vector512.Load(gradient + i);
            var momentum = Vector512.FusedMultiplyAdd(kept, Vector512.Load(m + i), g);
            momentum.Store(m + i);
            Vector512.FusedMultiplyAdd(kept, momentum, g).Store(direction + i);
        }
    }

    /// <summary>
    /// A step of Adam (arXiv:1412.6980) in PyTorch's form: m = m + (1 - beta1)(g - m), v = beta2 v + (1 - beta2) g^2,
    /// w = keep w - rate m / (sqrt(v) rootScale + epsilon), with g = scale gradient + l2 w.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public static void Adam(float* w, float* gradient, float* m, float* v, int count, in AdamStep step)
    {
        var beta1 = Vector512.Create(step.Beta1);
        var beta2 = Vector512.Create(step.Beta2);
        var rest1 = Vector512.Create(step.OneMinusBeta1);
        var rest2 = Vector512.Create(step.OneMinusBeta2);
        var scale = Vector512.Create(step.GradientScale);
        var l2 = Vector512.Create(step.L2);
        var keep = Vector512.Create(step.Keep);
        var rate = Vector512.Create(-step.Rate);
        var root = Vector512.Create(step.RootScale);
        var epsilon = Vector512.Create(step.Epsilon);
        for (var i = 0; i < count; i += VectorMath.Lanes)
        {
            var old = Vector512.Load(w + i);
            var g = Vector512.FusedMultiplyAdd(l2, old, scale * Vector512.Load(gradient + i));
            var first = Vector512.FusedMultiplyAdd(beta1, Vector512.Load(m + i), rest1 * g);
            var second = Vector512.FusedMultiplyAdd(beta2, Vector512.Load(v + i), rest2 * g * g);
            first.Store(m + i);
            second.Store(v + i);
            var denominator = Vector512.FusedMultiplyAdd(Vector512.Sqrt(second), root, epsilon);
            Vector512.FusedMultiplyAdd(rate, first / denominator, keep * old).Store(w + i);
        }
    }
}

/// <summary>The numbers of one Adam step; bias corrections are in <see cref="Rate"/> and <see cref="RootScale"/>.</summary>
internal readonly record struct AdamStep(
    float Beta1, float Beta2, float OneMinusBeta1, float OneMinusBeta2, float GradientScale,
    float L2, float Keep, float Rate, float RootScale, float Epsilon);
