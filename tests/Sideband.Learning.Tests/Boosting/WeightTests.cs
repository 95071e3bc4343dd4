using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Boosting;

/// <summary>What weights mean in a training: shares of a class, in no unit, without sign.</summary>
public class WeightTests
{
    private static readonly (float[][] Columns, byte[] Labels) Sample = Samples.Make(4000, 4, missing: 0.02);
    private static readonly double[] Weights = Samples.Weights(4000);
    private static readonly int[] Rows = [.. Enumerable.Range(0, 4000)];

    [Theory]
    [InlineData(-40, 17)]
    [InlineData(5, 5)]
    public void A_power_of_two_on_the_weights_of_a_class_changes_no_bit(int zero, int one) =>
        Scores(Scaled(double.ScaleB(1, zero), double.ScaleB(1, one))).ShouldBe(Scores(Weights));

    [Theory]
    [InlineData(3.7e-9, 1)]
    [InlineData(1, 3.7e-9)]
    [InlineData(0.3, 7e5)]
    public void Another_factor_changes_scores_by_rounding_only(double zero, double one)
    {
        // Rounding in double precision moves a weight in single precision once in about 10^8 rows: no split changes here.
        Farthest(Scores(Scaled(zero, one)), Scores(Weights)).ShouldBeLessThan(1e-5f);
    }

    [Fact]
    public void Without_balance_a_power_of_two_on_all_weights_changes_no_bit()
    {
        var options = new BoostingOptions { BalancedClassWeights = false, L2 = 3 };
        Scores(Scaled(double.ScaleB(1, -30), double.ScaleB(1, -30)), options).ShouldBe(Scores(Weights, options));
    }

    [Fact]
    public void Equal_weights_of_any_size_are_no_weights() => Scores([.. Enumerable.Repeat(1e-9, 4000)]).ShouldBe(Scores([]));

    [Fact]
    public void The_sign_of_a_weight_is_not_looked_at() =>
        Scores([.. Weights.Select((w, i) => i % 5 == 0 ? -w : w)]).ShouldBe(Scores(Weights));

    [Fact]
    public void Every_processor_gives_the_same_bits() =>
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(Scores(Weights).AsSpan())).AsSpan(0, 8)).ShouldBe("A3BBB18B11E8FC3B");

    [Fact]
    public void Balanced_classes_have_equal_sums_whatever_the_weights()
    {
        int[] rows = [.. Enumerable.Range(0, 3000)];
        double[] given = [.. Weights.Select((w, i) => (Sample.Labels[i] == 1 ? -1e-12 : 1e5) * w)];
        var (factors, problem) = TrainingWeights.Of(rows, Sample.Labels, given, balanced: true);
        problem.ShouldBeNull();
        double Sum(int label, double factor) => rows.Where(i => Sample.Labels[i] == label).Sum(i => Math.Abs(given[i]) * factor);

        // Rounding of 3000 products and of their sum.
        Sum(0, factors.Zero).ShouldBe(1500, 1e-9);
        Sum(1, factors.One).ShouldBe(1500, 1e-9);
        var (even, _) = TrainingWeights.Of(rows, Sample.Labels, given, balanced: false);
        (Sum(0, even.Zero) + Sum(1, even.One)).ShouldBe(3000, 1e-9);
        even.Zero.ShouldBe(even.One);
    }

    [Fact]
    public void Weights_that_cannot_be_normalised_have_a_reason()
    {
        TrainingWeights.Of([0, 1], [0, 1], [1, 0], true).Problem.ShouldBe("class 1 has no weight");
        TrainingWeights.Of([0, 1], [0, 1], [1e-310, 1], true).Problem.ShouldNotBeNull().ShouldContain("class 0 sum to 1E-310");
        TrainingWeights.Of([0, 1], [0, 1], [1, double.NaN], true).Problem.ShouldBe("weight NaN of row 1; allowed: finite");
        Should.Throw<ArgumentException>(() => TrainingWeights.Of([2], [0, 1], [], true));
        Should.Throw<ArgumentException>(() => TrainingWeights.Of([0, 1], [0, 2], [], true));
    }

    [Fact]
    public void No_leaf_is_without_weight()
    {
        // A third of the events, all those on one side, have no weight: single-event leaves would find them.
        double[] weights = [.. Sample.Columns[0].Select((x, i) => x > 0.8 ? 0 : Weights[i])];
        var matrix = FeatureBinning.Fit(Sample.Columns, 255).Transform(Sample.Columns);
        var options = new BoostingOptions { MinEventsPerLeaf = 1, Keep = KeepIterations.Last };
        var model = Samples.Fit(Sample.Columns, Sample.Labels, options, weights);
        foreach (var tree in model.Trees)
        {
            var leaves = Samples.Halves(4000).Training.GroupBy(row => tree.LeafOf(matrix, row));
            leaves.Min(leaf => leaf.Sum(row => weights[row])).ShouldBeGreaterThan(0);
        }
    }

    [Fact]
    public void An_ensemble_without_a_split_says_that_it_learned_nothing()
    {
        Fit(Weights).LearnedNothing.ShouldBeFalse();
        Fit([.. Weights.Select(w => 1e-9 * w)]).LearnedNothing.ShouldBeFalse();
        float[][] constant = [.. Sample.Columns.Select(column => new float[column.Length])];
        foreach (var options in new[] { new BoostingOptions(), new BoostingOptions { Keep = KeepIterations.Last } })
        {
            var nothing = Fit([], options, constant);
            nothing.Succeeded.ShouldBeTrue();
            nothing.LearnedNothing.ShouldBeTrue();
            var scores = new float[4000];
            nothing.Score(Sample.Columns, scores);
            scores.Distinct().Count().ShouldBe(1);
        }

        Fit([.. Weights.Select(_ => 0.0)]).LearnedNothing.ShouldBeFalse(); // a failure, which is another state
    }

    private static double[] Scaled(double zero, double one) => [.. Weights.Select((w, i) => w * (Sample.Labels[i] == 0 ? zero : one))];

    private static float[] Scores(double[] weights, BoostingOptions? options = null)
    {
        var scores = new float[Sample.Labels.Length];
        Fit(weights, options).Score(Sample.Columns, scores);
        return scores;
    }

    private static float Farthest(float[] a, float[] b) => a.Zip(b, (x, y) => Math.Abs(x - y)).Max();

    private static TreeEnsemble Fit(double[] weights, BoostingOptions? options = null, float[][]? columns = null) => EnsembleTrainer.Fit(
        SortedColumns.Of(columns ?? Sample.Columns), Rows, Sample.Labels, weights, 4, options ?? new(), StreamOf, 1, default);

    private static RandomStream StreamOf(int member) => RandomStream.For(1, "weight test", $"member {member}");
}
