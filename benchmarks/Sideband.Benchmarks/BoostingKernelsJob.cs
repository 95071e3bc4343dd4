using System.Diagnostics;
using System.Globalization;
using System.Runtime.Intrinsics;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Benchmarks;

/// <summary>
/// What the machine allows and what each kernel of the boosted trees reaches, in nanoseconds a row (the least of many repetitions),
/// on the CWoLa training half: 97,000 rows of 4 features.
/// </summary>
internal static unsafe class BoostingKernelsJob
{
    private const int Rows = 97_000;
    private const int Features = 4;
    private const int Repetitions = 300;

    public static int Run()
    {
        var stream = RandomStream.For(1, "kernels");
        var columns = new float[Features][];
        for (var f = 0; f < Features; f++)
        {
            columns[f] = new float[Rows];
            for (var i = 0; i < Rows; i++)
            {
                columns[f][i] = (float)stream.NextGaussian();
            }
        }

        var labels = new byte[Rows];
        for (var i = 0; i < Rows; i++)
        {
            labels[i] = (byte)stream.NextInt(2);
        }

        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var planes = matrix.Planes;
        var bins = new BinColumns(Features);
        bins.CopyFrom(planes, [.. Enumerable.Range(0, Rows)]);
        var units = FixedPoint.For(Rows, 1);
        var padded = BinColumns.Padded(Rows);
        var (scores, weights) = (new AlignedArray<float>(padded), new AlignedArray<float>(padded));
        var derivatives = new AlignedArray<long>(padded);
        scores.Span.Clear();
        for (var i = 0; i < padded; i++)
        {
            weights.Pointer[i] = i >= Rows ? 0 : labels[i] == 1 ? 1 : -1;
        }

        var histogram = new AlignedArray<long>(Features * Histogram.FeatureLength);
        var (all, half, scratch) = (new AlignedArray<int>(Rows + 16), new AlignedArray<int>(Rows), new AlignedArray<int>(Rows + 16));
        for (var i = 0; i < Rows; i++)
        {
            half.Pointer[i / 2] = i + ((int)stream.NextUInt64() & 1 & (Rows - 1 > i ? 1 : 0));
        }

        var rows = Enumerable.Range(0, Rows).ToArray();
        var model = BoostedTrees.Fit(
            matrix, rows, rows, labels, [], new BoostingOptions { MaxIterations = 1, Keep = KeepIterations.Last });
        var table = new LeafTable();
        table.Fill(model.Trees[0], matrix.MissingBin);
        var test = new LeftTest(bins[0], 127, 127);
        var big = new AlignedArray<long>(1 << 25);
        big.Span.Clear();

        Print("derivatives and training loss", Rows, () => _ = LogisticKernel.Derivatives(
            scores.Pointer, weights.Pointer, derivatives.Pointer, padded, units.GradientScale, units.HessianScale));
        Print("validation loss", Rows, () => _ = LogisticKernel.Loss(scores.Pointer, weights.Pointer, padded));
        Print("histogram of all rows, a row and feature", Rows * Features, () => Histogram.Build(
            histogram.Pointer, planes, derivatives.Pointer, null, Rows, units.CountShift));
        Print("histogram of every other row, a row and feature", Rows / 2 * Features, () => Histogram.Build(
            histogram.Pointer, planes, derivatives.Pointer, half.Pointer, Rows / 2, units.CountShift));
        Print("split of the root", Rows, () => _ = RowPartition.Split(all.Pointer, Rows, true, test, scratch.Pointer));
        Print("split of a list", Rows, () => _ = RowPartition.Split(all.Pointer, Rows, false, test, scratch.Pointer));
        Print("leaf of a tree added", Rows, () => table.AddTo(scores.Pointer, bins, Rows));
        Print(
            "16-byte additions at random in 16 KiB (the histogram's limit)",
            Rows * Features,
            () => Scatter(histogram.Pointer, planes.Plane(0)));
        Print("memory read in order, a byte", big.Length * 8, () => _ = Read(big.Pointer, big.Length), 10);
        return 0;
    }

    private static void Print(string name, int count, Action action, int repetitions = Repetitions)
    {
        var best = double.MaxValue;
        for (var r = 0; r < repetitions; r++)
        {
            var start = Stopwatch.GetTimestamp();
            action();
            best = Math.Min(best, Stopwatch.GetElapsedTime(start).TotalNanoseconds);
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name}: {best / count:F3} ns"));
    }

    /// <summary>The histogram pass without gradients: loads, additions and stores alone.</summary>
    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private static void Scatter(long* histogram, byte* bins)
    {
        var one = Vector128.Create(1L, 1L);
        for (var i = 0; i < Rows * Features; i += 4)
        {
            for (var f = 0; f < 4; f++)
            {
                var target = histogram + (f * Histogram.FeatureLength) + (2 * bins[i + f]);
                (Vector128.LoadAligned(target) + one).StoreAligned(target);
            }
        }
    }

    [System.Runtime.CompilerServices.MethodImpl(System.Runtime.CompilerServices.MethodImplOptions.AggressiveOptimization)]
    private static long Read(long* values, int count)
    {
        var sum = Vector512<long>.Zero;
        for (var i = 0; i < count; i += 8)
        {
            sum ^= Vector512.LoadAligned(values + i);
        }

        return sum[0];
    }
}
