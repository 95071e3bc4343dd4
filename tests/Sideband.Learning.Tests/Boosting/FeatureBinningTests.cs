using Sideband.Learning.Boosting;

namespace Sideband.Learning.Tests.Boosting;

public class FeatureBinningTests
{
    [Fact]
    public void A_value_lies_in_the_bin_that_counts_the_edges_below_it()
    {
        var (columns, _) = Samples.Make(5000, 3, missing: 0.1);
        var binning = FeatureBinning.Fit(columns, 37);
        var matrix = binning.Transform(columns);
        for (var f = 0; f < 3; f++)
        {
            var edges = binning.Edges(f).ToArray();
            for (var i = 0; i < 5000; i++)
            {
                var x = columns[f][i];
                int expected = float.IsNaN(x) ? 37 : edges.Count(e => e < x);
                ((int)matrix.Bin(i, f)).ShouldBe(expected);
            }
        }
    }

    [Fact]
    public void Few_distinct_values_each_have_a_bin()
    {
        var binning = FeatureBinning.Fit([[3, 1, 1, 2, float.NaN, 3]], 255);
        binning.Edges(0).ToArray().ShouldBe([1.5, 2.5]);
        binning.Transform([[1, 2, 3, float.PositiveInfinity, float.NegativeInfinity]]).BinCounts.ToArray().ShouldBe([3]);
    }

    [Fact]
    public void A_feature_without_any_value_has_one_bin()
    {
        var binning = FeatureBinning.Fit([[float.NaN, float.NaN]], 255);
        binning.Edges(0).Length.ShouldBe(0);
        binning.Transform([[float.NaN, 1]]).Bin(1, 0).ShouldBe((byte)0);
    }

    [Fact]
    public void More_rows_than_the_subsample_give_edges_near_the_percentiles()
    {
        var (columns, _) = Samples.Make(300_000, 1);
        var edges = FeatureBinning.Fit(columns, 100).Edges(0).ToArray();
        var sorted = columns[0].Order().ToArray();
        for (var i = 1; i < 100; i++)
        {
            // 200,000 of 300,000 rows: the subset's percentile strays from that of all rows by at most sqrt(p(1-p)/600,000) =
            // 6.5e-4 (finite population); five of these.
            var position = (double)sorted.Count(x => x < edges[i - 1]) / sorted.Length;
            position.ShouldBe(i / 100.0, 5 * 6.5e-4);
        }
    }

    [Fact]
    public void Sorting_is_that_of_the_numbers()
    {
        var (columns, _) = Samples.Make(5000, 1);
        float[] values =
        [
            .. columns[0], 0f, -0f, float.PositiveInfinity, float.NegativeInfinity,
            float.Epsilon, -float.Epsilon, float.MaxValue, float.MinValue,
        ];
        var sorted = values.ToArray();
        FloatSort.Sort(sorted);
        sorted.ShouldBe(values.Order());
    }

    [Fact]
    public void Bad_shapes_are_refused()
    {
        Should.Throw<ArgumentException>(() => FeatureBinning.Fit([], 255)).Message.ShouldContain("1 to 60");
        Should.Throw<ArgumentException>(() => FeatureBinning.Fit([[1, 2], [1]], 255)).Message.ShouldContain("column 1 has 1 rows");
        Should.Throw<ArgumentException>(() => FeatureBinning.Fit([[1, 2]], 256)).Message.ShouldContain("2 to 255");
        Should.Throw<ArgumentException>(() => FeatureBinning.Fit([[1, 2]], 255).Transform([[1], [2]])).Message.ShouldContain("fitted to 1");
    }
}
