using System.Runtime.Intrinsics.X86;
using FsCheck;
using FsCheck.Fluent;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>The fast paths against the plain definitions.</summary>
public unsafe class KernelTests
{
    [Fact]
    public void Partition_is_stable_and_the_same_in_every_width() => Check.One(
        Config.QuickThrowOnFailure.WithMaxTest(200).WithQuietOnSuccess(true),
        Prop.ForAll(Between(0, 300), Between(0, 255), Between(1, 9), (count, lastLeft, features) =>
        {
            var stream = RandomStream.For(3, "partition", $"{count} {lastLeft} {features}");
            var columns = Enumerable.Range(0, features)
                .Select(_ => Enumerable.Range(0, 400).Select(_ => (float)stream.NextInt(255)).ToArray())
                .ToArray();
            columns[^1][0] = float.NaN;
            var binned = new BinColumns(features);
            binned.CopyFrom(FeatureBinning.Fit(columns, 255).Transform(columns).Planes, [.. Enumerable.Range(0, 400)]);
            var bins = binned[features - 1];
            var all = Enumerable.Range(0, 400).Where(_ => stream.NextInt(2) == 0).Take(count).ToArray();
            var test = new LeftTest(bins, lastLeft, 255);
            var expected = all.Where(r => bins[r] <= lastLeft || bins[r] == 255).ToArray();
            int[] sorted = [.. expected, .. all.Except(expected)];
            var scratch = stackalloc int[500];
            var (wide, narrow, eight) = (all.ToArray(), all.ToArray(), all.ToArray());
            if (Avx2.IsSupported)
            {
                fixed (int* e = eight)
                {
                    var left = RowPartition.SplitEight(e, all.Length / 8 * 8, test, scratch);
                    RowPartition.SplitOneByOne(e, all.Length / 8 * 8, all.Length, left, test, scratch);
                    eight.ShouldBe(sorted);
                }
            }

            var everything = new int[416];
            fixed (int* e = everything)
            {
                var left = Enumerable.Range(0, count).Where(r => bins[r] <= lastLeft || bins[r] == 255).ToArray();
                RowPartition.Split(e, count, true, test, scratch).ShouldBe(left.Length);
                everything[..count].ShouldBe([.. left, .. Enumerable.Range(0, count).Except(left)]);
            }

            if (Avx2.IsSupported)
            {
                fixed (int* e = everything)
                {
                    var blocks = count / 32 * 32;
                    var left = Enumerable.Range(0, blocks).Where(r => bins[r] <= lastLeft || bins[r] == 255).ToArray();
                    RowPartition.SplitAllEight(e, blocks, test, scratch).ShouldBe(left.Length);
                    everything[..left.Length].ShouldBe(left);
                    new ReadOnlySpan<int>(scratch, blocks - left.Length).ToArray().ShouldBe([.. Enumerable.Range(0, blocks).Except(left)]);
                }
            }

            fixed (int* w = wide, n = narrow)
            {
                return RowPartition.Split(w, all.Length, false, test, scratch) == expected.Length
                    && RowPartition.SplitOneByOne(n, 0, all.Length, 0, test, scratch) == expected.Length
                    && wide.SequenceEqual(sorted) && narrow.SequenceEqual(sorted);
            }
        }));

    [Theory]
    [InlineData(1, 31)]
    [InlineData(1, 32)]
    [InlineData(4, 31)]
    [InlineData(5, 32)]
    [InlineData(12, 31)]
    public void Tables_give_the_leaf_of_the_walk_in_every_width(int features, int maxLeaves)
    {
        var (columns, labels) = Samples.Make(5001, features, missing: 0.1);
        var matrix = FeatureBinning.Fit(columns, 255).Transform(columns);
        var model = Samples.Fit(columns, labels, new BoostingOptions
        {
            Keep = KeepIterations.Last,
            MaxLeaves = maxLeaves,
            MinEventsPerLeaf = 5,
        });
        var bins = new BinColumns(features);
        bins.CopyFrom(matrix.Planes, [.. Enumerable.Range(0, matrix.Count)]);
        var table = new LeafTable();
        var (wide, narrow, inBytes) = (new AlignedArray<float>(5120), new AlignedArray<float>(5120), new AlignedArray<float>(5120));
        var fits = 0;
        foreach (var tree in model.Trees)
        {
            wide.Span.Clear();
            narrow.Span.Clear();
            table.Fill(tree, matrix.MissingBin);
            table.AddTo(wide.Pointer, bins, 5001);
            table.AddRowByRow(narrow.Pointer, bins, 5001);
            narrow.Span.CopyTo(inBytes.Span);
            if (table.FillBytes(tree.Leaves.Length))
            {
                inBytes.Span.Clear();
                table.AddInBytes(inBytes.Pointer, bins, 5001);
                fits++;
            }

            for (var row = 0; row < 5001; row++)
            {
                wide.Pointer[row].ShouldBe((float)tree.Leaves[tree.LeafOf(matrix, row)]);
                narrow.Pointer[row].ShouldBe(wide.Pointer[row]);
                inBytes.Pointer[row].ShouldBe(wide.Pointer[row]);
            }
        }

        // Of one feature 32 leaves and missing values are an interval too many.
        (fits > 0).ShouldBe(Avx2.IsSupported && (features > 1 || maxLeaves < 32));
    }

    [Fact]
    public void Derivatives_and_loss_are_those_of_the_logistic_function()
    {
        var x = new AlignedArray<float>(4000);
        var s = new AlignedArray<float>(4000);
        var d = new AlignedArray<long>(4000);
        var stream = RandomStream.For(1, "logistic");
        for (var i = 0; i < 4000; i++)
        {
            x.Pointer[i] = (float)((i % 2 == 0 ? 3 : 60) * stream.NextGaussian());
            s.Pointer[i] = i % 3 == 0 ? 0.7f : -0.9f;
        }

        const float Scale = 1 << 29;
        var loss = LogisticKernel.Derivatives(x.Pointer, s.Pointer, d.Pointer, 4000, Scale, Scale);
        LogisticKernel.Loss(x.Pointer, s.Pointer, 4000).ShouldBe(loss);
        var expectedLoss = 0.0;
        for (var i = 0; i < 4000; i++)
        {
            double w = Math.Abs(s.Pointer[i]);
            var y = s.Pointer[i] > 0 ? 1 : 0;
            var p = 1 / (1 + Math.Exp(-x.Pointer[i]));

            // A few units in the last place of single precision, relative to the largest value.
            ((int)d.Pointer[i] / (double)Scale).ShouldBe(w * (p - y), 3e-7);
            ((int)(d.Pointer[i] >> 32) / (double)Scale).ShouldBe(w * p * (1 - p), 1e-7);
            var t = y == 1 ? x.Pointer[i] : -x.Pointer[i];
            expectedLoss += w * (Math.Max(-t, 0) + Math.Log(1 + Math.Exp(-Math.Abs(t))));
        }

        loss.ShouldBe(expectedLoss, 1e-7 * expectedLoss);
    }

    [Fact]
    public void A_NaN_stays_a_NaN()
    {
        var x = new AlignedArray<float>(64);
        var s = new AlignedArray<float>(64);
        s.Span.Fill(1);
        x.Span.Clear();
        x.Pointer[5] = float.NaN;
        LogisticKernel.Loss(x.Pointer, s.Pointer, 64).ShouldBe(double.NaN);
    }

    [Fact]
    public void Early_stopping_compares_the_last_losses_with_the_one_before()
    {
        var stopping = new EarlyStopping(2, 0.1);
        foreach (var (loss, stops) in new[] { (1.0, false), (0.95, false), (0.91, true), (0.8, false), (0.79, false), (0.71, true) })
        {
            stopping.Add(loss);
            stopping.ShouldStop.ShouldBe(stops, $"after {loss}");
        }

        stopping.Best.ShouldBe(5);
    }

    private static Arbitrary<int> Between(int low, int high) => Gen.Choose(low, high).ToArbitrary();
}
