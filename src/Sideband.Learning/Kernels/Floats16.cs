using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sideband.Learning.Kernels;

/// <summary>Sixteen numbers in a vector of 512 bits.</summary>
internal readonly unsafe struct Floats16(Vector512<float> lanes) : IFloats<Floats16>
{
    private readonly Vector512<float> _lanes = lanes;

    public static int Count => 16;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator +(Floats16 a, Floats16 b) => new(a._lanes + b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator -(Floats16 a, Floats16 b) => new(a._lanes - b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator -(Floats16 a) => new(-a._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator *(Floats16 a, Floats16 b) => new(a._lanes * b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator /(Floats16 a, Floats16 b) => new(a._lanes / b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator &(Floats16 a, Floats16 b) => new(a._lanes & b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 operator ^(Floats16 a, Floats16 b) => new(a._lanes ^ b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Load(float* from) => new(Vector512.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Create(float value) => new(Vector512.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 FusedMultiplyAdd(Floats16 a, Floats16 b, Floats16 c) =>
        new(Vector512.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Abs(Floats16 x) => new(Vector512.Abs(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Sqrt(Floats16 x) => new(Vector512.Sqrt(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Round(Floats16 x) => new(Vector512.Round(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Max(Floats16 a, Floats16 b) => new(Vector512.Max(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 MaxNative(Floats16 a, Floats16 b) => new(Vector512.MaxNative(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 MinNative(Floats16 a, Floats16 b) => new(Vector512.MinNative(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Equal(Floats16 a, Floats16 b) => new(Vector512.Equals(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Less(Floats16 a, Floats16 b) => new(Vector512.LessThan(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 LessOrEqual(Floats16 a, Floats16 b) => new(Vector512.LessThanOrEqual(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Greater(Floats16 a, Floats16 b) => new(Vector512.GreaterThan(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 GreaterOrEqual(Floats16 a, Floats16 b) => new(Vector512.GreaterThanOrEqual(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 First(int lanes) => new(Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(lanes)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 AndNot(Floats16 a, Floats16 b) => new(Vector512.AndNot(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Select(Floats16 condition, Floats16 yes, Floats16 no) =>
        new(Vector512.ConditionalSelect(condition._lanes, yes._lanes, no._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 PowerOfTwo(Floats16 k) =>
        new(((Vector512.ConvertToInt32Native(k._lanes) + Vector512.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats16 Mantissa(Floats16 x, out Floats16 k)
    {
        // The bits of sqrt(1/2) taken off: what is above the mantissa's bits then is k.
        var bits = x._lanes.AsInt32() - Vector512.Create(0x3F3504F3);
        k = new(Vector512.ConvertToSingle(bits >> 23));
        return new(((bits & Vector512.Create(0x007FFFFF)) + Vector512.Create(0x3F3504F3)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _lanes.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        var (low, high) = Vector512.Widen(_lanes);
        (Vector512.Load(sums) + low).Store(sums);
        (Vector512.Load(sums + (Count / 2)) + high).Store(sums + (Count / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePairs(Floats16 high, long* to)
    {
        var (a, b) = (ToInteger(_lanes), ToInteger(high._lanes));
        (Vector512.WidenLower(a) | (Vector512.WidenLower(b) << 32)).AsInt64().Store(to);
        (Vector512.WidenUpper(a) | (Vector512.WidenUpper(b) << 32)).AsInt64().Store(to + (Count / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> ToInteger(Vector512<float> x) => Vector512.ConvertToInt32Native(Vector512.Round(x)).AsUInt32();
}
