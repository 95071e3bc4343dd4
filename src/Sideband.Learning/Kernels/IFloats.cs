namespace Sideband.Learning.Kernels;

/// <summary>
/// Numbers in single precision that are worked on together. Kernels are written once, over this, and run with <see cref="Floats16"/> where
/// the processor has vectors of 512 bits and with <see cref="Floats8"/> elsewhere; every operation is rounded as IEEE 754 says, so that
/// both give the same bits. A comparison gives all bits set in the lanes where it holds.
/// </summary>
/// <typeparam name="T">The type itself.</typeparam>
internal unsafe interface IFloats<T>
    where T : struct, IFloats<T>
{
    /// <summary>Numbers in a vector; divides <see cref="VectorMath.Lanes"/>.</summary>
    static abstract int Count { get; }

    static abstract T operator +(T a, T b);

    static abstract T operator -(T a, T b);

    static abstract T operator -(T a);

    static abstract T operator *(T a, T b);

    static abstract T operator /(T a, T b);

    static abstract T operator &(T a, T b);

    static abstract T operator ^(T a, T b);

    static abstract T Load(float* from);

    static abstract T Create(float value);

    /// <summary>a b + c, rounded once.</summary>
    static abstract T FusedMultiplyAdd(T a, T b, T c);

    static abstract T Abs(T x);

    static abstract T Sqrt(T x);

    /// <summary>To the nearest integer, halves to the even one.</summary>
    static abstract T Round(T x);

    /// <summary>The larger of each pair; NaN where one is.</summary>
    static abstract T Max(T a, T b);

    /// <summary>The larger of each pair; b where one is a NaN.</summary>
    static abstract T MaxNative(T a, T b);

    /// <summary>The smaller of each pair; b where one is a NaN.</summary>
    static abstract T MinNative(T a, T b);

    static abstract T Equal(T a, T b);

    static abstract T Less(T a, T b);

    static abstract T LessOrEqual(T a, T b);

    static abstract T Greater(T a, T b);

    static abstract T GreaterOrEqual(T a, T b);

    /// <summary>All bits set in the first lanes; any number, also below 0.</summary>
    static abstract T First(int lanes);

    /// <summary>a without the bits of b.</summary>
    static abstract T AndNot(T a, T b);

    static abstract T Select(T condition, T yes, T no);

    /// <summary>2^k for whole numbers k in [-126, 127].</summary>
    static abstract T PowerOfTwo(T k);

    /// <summary>x = 2^k m with m in [sqrt(1/2), sqrt(2)), for normal numbers above 0.</summary>
    static abstract T Mantissa(T x, out T k);

    void Store(float* to);

    /// <summary>Adds each number to one in double precision.</summary>
    void AddTo(double* sums);

    /// <summary>The nearest integers of these in the low, those of the others in the high 32 bits.</summary>
    void StorePairs(T high, long* to);
}
