using FsCheck;
using FsCheck.Fluent;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;

namespace Sideband.Inference.Tests.Counting;

/// <summary>Thresholds and counts of events whose weights have both signs.</summary>
public class NegativeWeightTests
{
    [Fact]
    public void The_cut_is_the_first_crossing_from_above() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonEmptyArray<(sbyte Score, sbyte Weight)>, byte)>(),
        input =>
        {
            var events = input.Item1.Get;
            double[] weights = [.. events.Select(e => (double)e.Weight), 500]; // mostly above 0 in sum
            float[] scores = [.. events.Select(e => (float)(e.Score / 8)), -3]; // with ties
            var (epsilon, total) = ((input.Item2 + 1) / 257.0, weights.Sum());
            if (!(total > 0 && weights.Any(w => w < 0)))
            {
                return true;
            }

            double Passing(float cut) => scores.Zip(weights).Where(e => e.First >= cut).Sum(e => e.Second);
            var expected = scores.Distinct().OrderDescending().First(cut => Passing(cut) >= epsilon * total * (1 - 1e-9));
            var distribution = new ScoreDistribution(scores, weights);
            return distribution.CutAt(epsilon) == expected && distribution.Passing(expected).SumWeights == Passing(expected);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(0.1, 9)] // target 0.4: the event at 9 reaches it although the next takes the sum back below
    [InlineData(0.3, 6)] // target 1.2: the sums from above are 1, 0, 1, 2, 3, 4
    [InlineData(0.9, 4)]
    public void The_passing_sum_may_fall_below_the_cut(double epsilon, float expected)
    {
        var distribution = new ScoreDistribution([4f, 5f, 6f, 7f, 8f, 9f], [1.0, 1, 1, 1, -1, 1]);
        distribution.HasNegativeWeights.ShouldBeTrue();
        distribution.CutAt(epsilon).ShouldBe(expected);
        Should.Throw<InvalidOperationException>(() => distribution.Quantile(1 - epsilon));
    }

    [Fact]
    public void Weights_that_are_not_negative_keep_the_quantile() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonEmptyArray<(short Score, byte Weight)>, byte)>(),
        input =>
        {
            var epsilon = (input.Item2 + 1) / 257.0;
            float[] scores = [.. input.Item1.Get.Select(e => (float)e.Score)];
            var weighted = new ScoreDistribution(scores, [.. input.Item1.Get.Select(e => (double)e.Weight)]);
            var plain = new ScoreDistribution(scores);
            return weighted.CutAt(epsilon) == weighted.Quantile(1 - epsilon) && plain.CutAt(epsilon) == plain.Quantile(1 - epsilon);
        }).QuickCheckThrowOnFailure();

    [Theory]
    [InlineData(3.7e-9)]
    [InlineData(1.0 / 3)]
    [InlineData(1024)]
    public void The_unit_of_the_weights_does_not_matter(double factor)
    {
        // Generators give weights of one size and two signs: sums hit eps_B times the total exactly, up to rounding.
        float[] scores = [.. Enumerable.Range(0, 3000).Select(i => (float)((i * 7919L) % 104729))];
        double[] weights = [.. Enumerable.Range(0, 3000).Select(i => i % 6 == 5 ? -1.0 : 1)];
        var (unit, scaled) = (new ScoreDistribution(scores, weights), new ScoreDistribution(scores, [.. weights.Select(w => w * factor)]));
        foreach (var epsilon in new[] { 0.001, 0.01, 0.05, 0.1, 0.5 })
        {
            var (a, b) = (Threshold.At(epsilon, unit), Threshold.At(epsilon, scaled));
            a.Failure.ShouldBe(b.Failure);
            b.Score.ShouldBe(a.Score);
            b.TemplatePassing.Events.ShouldBe(a.TemplatePassing.Events);
            b.TemplatePassing.SumWeights.ShouldBe(a.TemplatePassing.SumWeights * factor, 1e-10 * factor); // sums of 3000
        }
    }

    [Fact]
    public void The_counts_and_their_errors_have_the_signs()
    {
        var template = new ScoreDistribution([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f, 9f, 10f], [2.0, 2, 2, -1, 2, 2, 2, 2, -1, 2]);
        var data = new ScoreDistribution([8f, 8.5f, 1f], [1.0, -0.25, 1]);
        var window = WindowCount.Of(0.2, [FoldCount.Of(0.2, template, data)], 10);
        window.Sum.TemplatePassing.ShouldBe(new EventCount(3, 3, 9)); // sums from above 2, 1, 3: the target is 2.8
        window.EffectiveEfficiency.Value.ShouldBe(3.0 / 14);
        window.TemplateVariance.Value.ShouldBe(1);
        window.Observed.Value.ShouldBe(0.75);
    }

    [Fact]
    public void Sums_that_are_not_positive_are_failures_with_a_reason()
    {
        var template = new ScoreDistribution([.. Enumerable.Range(0, 100).Select(i => (float)i)]);
        Threshold.At(0.1, new ScoreDistribution([1f, 2f, 3f], [1.0, 1, -2])).Failure
            .ShouldBe("template: the weights of 3 events in a test fold sum to 0; the sum must be above 0");
        Should.Throw<InvalidOperationException>(() => new ScoreDistribution([1f, 2f], [1.0, -2]).CutAt(0.1));

        // A fold of the data may pass a negative sum, all folds together may not.
        FoldCount Fold(double passing) => FoldCount.Of(0.1, template, new ScoreDistribution([99f, 1f], [passing, 10.0]));
        WindowCount.Of(0.1, [Fold(-2), Fold(5)], 100).Observed.Value.ShouldBe(3);
        var negative = WindowCount.Of(0.1, [Fold(-2), Fold(-1)], 100);
        negative.Observed.Reason.ShouldBe("the weights of the 2 data events that pass sum to -3");
        WindowShift.OfRun(negative).Reason.ShouldBe(negative.Observed.Reason);
        WindowCount.Of(0.1, [Fold(-11)], 100).UnshiftedExpectation.Reason
            .ShouldBe("the weights of the 2 data events in the window sum to -1, not above 0");
    }

    [Fact]
    public void A_curve_of_efficiencies_needs_weights_that_are_not_negative()
    {
        var (signed, plain) = (new ScoreDistribution([1f, 2f], [-1.0, 2]), new ScoreDistribution([1f, 2f]));
        Should.Throw<ArgumentException>(() => RocCurve.Of(signed, plain)).Message.ShouldContain("negative");
    }
}
