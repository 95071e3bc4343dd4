using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Learning.Kernels;

/// <summary>Eight numbers in a vector of 256 bits.</summary>
internal readonly unsafe struct Floats8(Vector256<float> lanes) : IFloats<Floats8>
{
    private readonly Vector256<float> _lanes = lanes;

    public static int Count => 8;

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator +(Floats8 a, Floats8 b) => new(a._lanes + b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator -(Floats8 a, Floats8 b) => new(a._lanes - b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator -(Floats8 a) => new(-a._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator *(Floats8 a, Floats8 b) => new(a._lanes * b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator /(Floats8 a, Floats8 b) => new(a._lanes / b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator &(Floats8 a, Floats8 b) => new(a._lanes & b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 operator ^(Floats8 a, Floats8 b) => new(a._lanes ^ b._lanes);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Load(float* from) => new(Vector256.Load(from));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Create(float value) => new(Vector256.Create(value));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 FusedMultiplyAdd(Floats8 a, Floats8 b, Floats8 c) =>
        new(Vector256.FusedMultiplyAdd(a._lanes, b._lanes, c._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Abs(Floats8 x) => new(Vector256.Abs(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Sqrt(Floats8 x) => new(Vector256.Sqrt(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Round(Floats8 x) => new(Vector256.Round(x._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Max(Floats8 a, Floats8 b) => new(Vector256.Max(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 MaxNative(Floats8 a, Floats8 b) => new(Vector256.MaxNative(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 MinNative(Floats8 a, Floats8 b) => new(Vector256.MinNative(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Equal(Floats8 a, Floats8 b) => new(Vector256.Equals(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Less(Floats8 a, Floats8 b) => new(Vector256.LessThan(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 LessOrEqual(Floats8 a, Floats8 b) => new(Vector256.LessThanOrEqual(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Greater(Floats8 a, Floats8 b) => new(Vector256.GreaterThan(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 GreaterOrEqual(Floats8 a, Floats8 b) => new(Vector256.GreaterThanOrEqual(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 First(int lanes) => new(Vector256.LessThan(Vector256<int>.Indices, Vector256.Create(lanes)).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 AndNot(Floats8 a, Floats8 b) => new(Vector256.AndNot(a._lanes, b._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Select(Floats8 condition, Floats8 yes, Floats8 no) =>
        new(Vector256.ConditionalSelect(condition._lanes, yes._lanes, no._lanes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 PowerOfTwo(Floats8 k) =>
        new(((Vector256.ConvertToInt32Native(k._lanes) + Vector256.Create(127)) << 23).AsSingle());

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static Floats8 Mantissa(Floats8 x, out Floats8 k)
    {
        // The bits of sqrt(1/2) taken off: what is above the mantissa's bits then is k.
        var bits = x._lanes.AsInt32() - Vector256.Create(0x3F3504F3);
        k = new(Vector256.ConvertToSingle(bits >> 23));
        return new(((bits & Vector256.Create(0x007FFFFF)) + Vector256.Create(0x3F3504F3)).AsSingle());
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void Store(float* to) => _lanes.Store(to);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void AddTo(double* sums)
    {
        var (low, high) = Vector256.Widen(_lanes);
        (Vector256.Load(sums) + low).Store(sums);
        (Vector256.Load(sums + (Count / 2)) + high).Store(sums + (Count / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public void StorePairs(Floats8 high, long* to)
    {
        var (a, b) = (ToInteger(_lanes), ToInteger(high._lanes));
        if (Avx2.IsSupported)
        {
            // Unpacking keeps the two halves apart: places 0, 1, 4, 5 and 2, 3, 6, 7.
            var (outer, inner) = (Avx2.UnpackLow(a, b), Avx2.UnpackHigh(a, b));
            Avx2.Permute2x128(outer, inner, 0x20).AsInt64().Store(to);
            Avx2.Permute2x128(outer, inner, 0x31).AsInt64().Store(to + (Count / 2));
            return;
        }

        (Vector256.WidenLower(a) | (Vector256.WidenLower(b) << 32)).AsInt64().Store(to);
        (Vector256.WidenUpper(a) | (Vector256.WidenUpper(b) << 32)).AsInt64().Store(to + (Count / 2));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<uint> ToInteger(Vector256<float> x) =>
        (Avx.IsSupported ? Avx.ConvertToVector256Int32(x) : Vector256.ConvertToInt32Native(Vector256.Round(x))).AsUInt32();
}
