using System.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The fixed-point units of a training. Gradients, at most the largest weight W, get 30 bits: finer than the single-precision
/// numbers they come from. Hessians, at most W/4, share 64 bits with the count, so that no sum of all rows can overflow:
/// 30 bits up to 130,000 training rows, 24 for a million and 16 for ten million (a leaf's sum then still has an error below 1e-5).
/// </summary>
internal readonly record struct FixedPoint(int GradientBits, int HessianBits, int CountShift)
{
    public static FixedPoint For(int rows, float largestWeight)
    {
        var rowBits = 32 - BitOperations.LeadingZeroCount((uint)rows);
        var countShift = 64 - rowBits;

        // 2^weightBits is at least the largest weight.
        var weightBits = Math.ILogB(largestWeight) + 1;
        return new FixedPoint(30 - weightBits, Math.Min(30, countShift - rowBits) + 2 - weightBits, countShift);
    }

    public float GradientScale => float.ScaleB(1, GradientBits);

    public float HessianScale => float.ScaleB(1, HessianBits);

    public double GradientUnit => double.ScaleB(1, -GradientBits);

    public double HessianUnit => double.ScaleB(1, -HessianBits);

    public long HessianMask => (1L << CountShift) - 1;
}
