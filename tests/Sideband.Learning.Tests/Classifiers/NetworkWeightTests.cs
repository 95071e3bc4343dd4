using Sideband.Learning.Classifiers;
using Sideband.Learning.Tests.Boosting;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Classifiers;

/// <summary>What weights mean in the training of a network: the same as for trees.</summary>
public class NetworkWeightTests
{
    private static readonly NetworkClassifierOptions Quick = new() { Epochs = 4, PooledEpochs = 2, HiddenWidths = [32, 32] };
    private static readonly (float[][] Columns, byte[] Labels) Sample = Samples.Make(3000, 3);
    private static readonly double[] Weights = Samples.Weights(3000);
    private static readonly int[] Rows = [.. Enumerable.Range(0, 3000)];

    [Fact]
    public void A_power_of_two_on_the_weights_of_a_class_changes_no_bit()
    {
        Scores(Scaled(double.ScaleB(1, -40), double.ScaleB(1, 17))).ShouldBe(Scores(Weights));
        var unbalanced = Quick with { BalancedClassWeights = false };
        Scores(Scaled(double.ScaleB(1, -30), double.ScaleB(1, -30)), unbalanced).ShouldBe(Scores(Weights, unbalanced));
    }

    [Theory]
    [InlineData(3.7e-9, 1)]
    [InlineData(0.3, 7e5)]
    public void Another_factor_changes_scores_by_rounding_only(double zero, double one)
    {
        var (scaled, given) = (Scores(Scaled(zero, one)), Scores(Weights));

        // Rounding in double precision moves a weight in single precision once in about 10^8 rows; 44 steps enlarge that.
        scaled.Zip(given, (x, y) => Math.Abs(x - y)).Max().ShouldBeLessThan(1e-4f);
    }

    [Fact]
    public void Equal_weights_of_any_size_are_no_weights_and_signs_are_not_looked_at()
    {
        Scores([.. Enumerable.Repeat(1e-9, 3000)]).ShouldBe(Scores([]));
        Scores([.. Weights.Select((w, i) => i % 5 == 0 ? -w : w)]).ShouldBe(Scores(Weights));
    }

    [Fact]
    public void A_training_on_constants_says_that_it_learned_nothing()
    {
        Fit(Weights, Quick, Sample.Columns).LearnedNothing.ShouldBeFalse();
        var nothing = Fit([], Quick, [.. Sample.Columns.Select(column => new float[column.Length])]);
        nothing.Succeeded.ShouldBeTrue();
        nothing.LearnedNothing.ShouldBeTrue();
    }

    [Fact]
    public void A_class_whose_events_have_no_weight_on_one_side_is_a_failure()
    {
        // One event of class 1 has weight: it cannot be trained and validated on.
        double[] weights = [.. Sample.Labels.Select(label => 1.0 - label)];
        weights[Array.IndexOf(Sample.Labels, (byte)1)] = 1;
        Fit(weights, Quick, Sample.Columns).Failure.ShouldNotBeNull().ShouldStartWith("too few rows with weight in one class");
    }

    private static double[] Scaled(double zero, double one) => [.. Weights.Select((w, i) => w * (Sample.Labels[i] == 0 ? zero : one))];

    private static float[] Scores(double[] weights, NetworkClassifierOptions? options = null) =>
        Fit(weights, options ?? Quick, Sample.Columns).Classifier!.Score(Sample.Columns);

    private static NetworkClassifierFit Fit(double[] weights, NetworkClassifierOptions options, float[][] columns) => NetworkClassifier.Fit(
        columns, Rows, Sample.Labels, weights, options, RandomStream.For(1, "weights"), 1, default);
}
