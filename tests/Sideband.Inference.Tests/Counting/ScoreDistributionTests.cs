using FsCheck;
using FsCheck.Fluent;
using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests.Counting;

public class ScoreDistributionTests
{
    [Fact]
    public void Quantiles_are_those_of_numpy_nearest()
    {
        var background = ReferenceScores.Background.Scores;
        foreach (var (name, value) in ReferenceScores.Expected.Where(entry => entry.Key.StartsWith("quantile ", StringComparison.Ordinal)))
        {
            var words = name.Split(' ');
            var scores = new ScoreDistribution(background.AsSpan(0, int.Parse(words[1], null)));
            ((double)scores.Quantile(1 - Reference.Parse(words[2]))).ShouldBe(value, name); // a score is chosen, nothing is computed: exact
        }
    }

    [Theory]
    [InlineData(0.5, 0)] // rank (2 - 1) 0.5 = 0.5: half to even
    [InlineData(0.51, 1)]
    public void Half_ranks_go_to_the_even_one(double probability, float expected)
    {
        new ScoreDistribution([0f, 1f]).Quantile(probability).ShouldBe(expected);
        new ScoreDistribution([0f, 1f], [2.0, 2.0]).Quantile(probability).ShouldBe(expected);
    }

    [Fact]
    public void Equal_weights_change_no_quantile() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonEmptyArray<short>, byte)>(),
        input =>
        {
            var scores = input.Item1.Get.Select(value => (float)value).ToArray();
            var probability = input.Item2 / 256.0; // a binary fraction: both rules compute ranks without rounding
            var weights = Enumerable.Repeat(0.25, scores.Length).ToArray();
            return new ScoreDistribution(scores, weights).Quantile(probability) == new ScoreDistribution(scores).Quantile(probability);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_passing_weight_is_within_one_and_a_half_events_of_the_asked_fraction() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonEmptyArray<PositiveInt>, byte)>(),
        input =>
        {
            var weights = input.Item1.Get.Select(weight => (double)weight.Get).ToArray();
            var scores = Enumerable.Range(0, weights.Length).Select(i => (float)((i * 7919) % 104729)).ToArray(); // distinct
            var probability = (input.Item2 + 1) / 257.0;
            var distribution = new ScoreDistribution(scores, weights);
            var passing = distribution.Passing(distribution.Quantile(probability)).SumWeights;

            // Half an event from the nearest rank; up to one more because the threshold's own event passes.
            return Math.Abs(passing - ((1 - probability) * weights.Sum())) <= 1.5 * weights.Max() * (1 + 1e-12);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void The_lighter_of_tied_events_stands_first_whatever_their_order()
    {
        // 2.4 of 1,200 are asked for: the tied block has 2.97, with the event below it 5.28. The heavier one first, the latter was nearer.
        float[] scores = [.. Enumerable.Range(0, 1000).Select(i => i / 2000f), 0.6267f, 0.6477f, 0.6477f];
        double[] weights = [.. Enumerable.Repeat(1.1947, 1000), 2.31, 2.307, 0.664];
        (float Score, double Weight)[] events = [.. scores.Zip(weights)];
        foreach (var order in new[] { events, [.. events.Reverse()], [.. events.OrderBy(e => e.Weight)] })
        {
            var distribution = new ScoreDistribution([.. order.Select(e => e.Score)], [.. order.Select(e => e.Weight)]);
            distribution.Quantile(0.998).ShouldBe(0.6477f);
        }
    }

    [Fact]
    public void The_order_of_the_events_changes_no_bit() => Prop.ForAll(
        ArbMap.Default.ArbFor<(NonEmptyArray<(sbyte Score, PositiveInt Weight)>, byte, int)>(),
        input =>
        {
            var events = input.Item1.Get.Select(e => (Score: e.Score / 8, Weight: 1.0 / e.Weight.Get)).ToArray();
            var shuffled = events.ToArray();
            new Random(input.Item3).Shuffle(shuffled);
            static (float, EventCount) Cut((int Score, double Weight)[] order, double probability)
            {
                var distribution = new ScoreDistribution([.. order.Select(e => (float)e.Score)], [.. order.Select(e => e.Weight)]);
                var cut = distribution.Quantile(probability);
                return (cut, distribution.Passing(cut));
            }

            var probability = input.Item2 / 256.0;
            return Cut(events, probability) == Cut(shuffled, probability);
        }).QuickCheckThrowOnFailure();

    [Fact]
    public void Counts_are_those_of_a_plain_loop()
    {
        var (scores, weights) = ReferenceScores.Background;
        var distribution = new ScoreDistribution(scores, weights);
        foreach (var threshold in new[] { -10f, 0f, scores[3], scores[4], 0.5f, 10f })
        {
            var passing = Enumerable.Range(0, scores.Length).Where(i => scores[i] >= threshold).ToArray();
            var count = distribution.Passing(threshold);
            count.Events.ShouldBe(passing.Length);
            count.SumWeights.ShouldBe(passing.Sum(i => weights[i]), 1e-9); // another order of summation
            count.SumSquaredWeights.ShouldBe(passing.Sum(i => weights[i] * weights[i]), 1e-9);
            distribution.Tied(threshold).ShouldBe(scores.Count(score => score == threshold));
        }
    }

    [Theory]
    [InlineData(float.NaN, 1.0)]
    [InlineData(float.PositiveInfinity, 1.0)]
    [InlineData(1f, double.NegativeInfinity)]
    [InlineData(1f, double.NaN)]
    public void Scores_and_weights_that_cannot_be_used_are_a_failure(float score, double weight) =>
        new ScoreDistribution([0f, score], [1.0, weight]).Failure.ShouldNotBeNull().ShouldStartWith("1 of 2");
}
