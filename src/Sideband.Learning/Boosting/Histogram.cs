using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Histograms of gradient, hessian and count: for each feature 256 bins of 16 bytes, the summed gradient in the first 64 bits and
/// the summed hessian with the count above it in the second, so that one 128-bit addition books a row. All three are integers:
/// sums are exact, do not depend on the order of rows, and the histogram of a sibling is an exact difference.
/// </summary>
internal static unsafe class Histogram
{
    /// <summary>Numbers (64 bits) of one feature.</summary>
    public const int FeatureLength = 256 * 2;

    /// <summary>
    /// Books the rows <paramref name="rows"/> (null: the first <paramref name="count"/>) of all features into zeroed bins.
    /// </summary>
    /// <param name="histogram">FeatureLength numbers a feature.</param>
    /// <param name="planes">Bins of the rows.</param>
    /// <param name="derivatives">A row's gradient in the low, hessian in the high 32 bits.</param>
    /// <param name="rows">Row numbers, or null.</param>
    /// <param name="count">Rows to book.</param>
    /// <param name="countShift">The lowest bit of the count in a bin's second number.</param>
    public static void Build(long* histogram, RowPlanes planes, long* derivatives, int* rows, int count, int countShift)
    {
        new Span<long>(histogram, planes.FeatureCount * FeatureLength).Clear();
        for (var p = 0; p < planes.PlaneCount; p++)
        {
            var job = new Job(planes.Plane(p), planes.Stride, derivatives, rows, count, Vector128.Create(0, 1L << countShift));
            var bins = histogram + ((long)p * planes.Stride * FeatureLength);
            switch (planes.FeaturesIn(p))
            {
                case 1: Book<One>(bins, job); break;
                case 2: Book<Two>(bins, job); break;
                case 3: Book<Three>(bins, job); break;
                case 4: Book<Four>(bins, job); break;
                case 5: Book<Five>(bins, job); break;
                case 6: Book<Six>(bins, job); break;
                case 7: Book<Seven>(bins, job); break;
                default: Book<Eight>(bins, job); break;
            }
        }
    }

    /// <summary>parent -= child: what is left is the sibling of the child.</summary>
    public static void Subtract(long* parent, long* child, int featureCount)
    {
        for (var i = 0; i < featureCount * FeatureLength; i += Vector256<long>.Count)
        {
            (Vector256.LoadAligned(parent + i) - Vector256.LoadAligned(child + i)).StoreAligned(parent + i);
        }
    }

    private static void Book<TCount>(long* bins, Job job)
        where TCount : struct, IFeatures
    {
        if (job.Rows is null)
        {
            BookAll<TCount>(bins, job);
        }
        else
        {
            BookListed<TCount>(bins, job);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BookAll<TCount>(long* bins, Job job)
        where TCount : struct, IFeatures
    {
        var row = job.Plane;
        for (var i = 0; i < job.Count; i++, row += job.Stride)
        {
            BookRow<TCount>(bins, row, Vector128.WidenLower(Vector128.CreateScalarUnsafe(job.Derivatives[i]).AsInt32()) + job.OneRow);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static void BookListed<TCount>(long* bins, Job job)
        where TCount : struct, IFeatures
    {
        for (var k = 0; k < job.Count; k++)
        {
            nint i = job.Rows[k];
            BookRow<TCount>(
                bins,
                job.Plane + (i * job.Stride),
                Vector128.WidenLower(Vector128.CreateScalarUnsafe(job.Derivatives[i]).AsInt32()) + job.OneRow);
        }
    }

    // The conditions are constants for each TCount: the loop over features is unrolled at compile time.
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void BookRow<TCount>(long* bins, byte* row, Vector128<long> values)
        where TCount : struct, IFeatures
    {
        AddTo(bins, row[0], values);
        if (TCount.Count > 1)
        {
            AddTo(bins + FeatureLength, row[1], values);
        }

        if (TCount.Count > 2)
        {
            AddTo(bins + (2 * FeatureLength), row[2], values);
        }

        if (TCount.Count > 3)
        {
            AddTo(bins + (3 * FeatureLength), row[3], values);
        }

        if (TCount.Count > 4)
        {
            AddTo(bins + (4 * FeatureLength), row[4], values);
        }

        if (TCount.Count > 5)
        {
            AddTo(bins + (5 * FeatureLength), row[5], values);
        }

        if (TCount.Count > 6)
        {
            AddTo(bins + (6 * FeatureLength), row[6], values);
        }

        if (TCount.Count > 7)
        {
            AddTo(bins + (7 * FeatureLength), row[7], values);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddTo(long* bins, byte bin, Vector128<long> values)
    {
        var target = bins + ((nint)bin * 2);
        (Vector128.LoadAligned(target) + values).StoreAligned(target);
    }

    private readonly struct Job(byte* plane, nint stride, long* derivatives, int* rows, int count, Vector128<long> oneRow)
    {
        public readonly byte* Plane = plane;
        public readonly nint Stride = stride;
        public readonly long* Derivatives = derivatives;
        public readonly int* Rows = rows;
        public readonly int Count = count;
        public readonly Vector128<long> OneRow = oneRow;
    }

    private interface IFeatures
    {
        static abstract int Count { get; }
    }

    private readonly struct One : IFeatures
    {
        public static int Count => 1;
    }

    private readonly struct Two : IFeatures
    {
        public static int Count => 2;
    }

    private readonly struct Three : IFeatures
    {
        public static int Count => 3;
    }

    private readonly struct Four : IFeatures
    {
        public static int Count => 4;
    }

    private readonly struct Five : IFeatures
    {
        public static int Count => 5;
    }

    private readonly struct Six : IFeatures
    {
        public static int Count => 6;
    }

    private readonly struct Seven : IFeatures
    {
        public static int Count => 7;
    }

    private readonly struct Eight : IFeatures
    {
        public static int Count => 8;
    }
}
