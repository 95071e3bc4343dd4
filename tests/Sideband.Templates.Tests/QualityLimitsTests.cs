using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Tests;

public sealed class QualityLimitsTests
{
    private static readonly string[] Features = ["x", "y"];

    [Theory]
    [InlineData(100_000, 0.519, 0.029, false)] // significant, small
    [InlineData(100_000, 0.521, 0.029, true)]
    [InlineData(100_000, 0.479, 0.029, true)]
    [InlineData(2000, 0.54, 0.029, false)] // large, within five errors of 0.0091
    [InlineData(2000, 0.55, 0.029, true)]
    [InlineData(100_000, 0.505, 0.031, true)]
    [InlineData(2000, 0.505, 0.08, false)] // 2 exp(-2000 0.08^2) = 6e-6
    [InlineData(2000, 0.505, 0.09, true)] // 2e-7
    public void Size_and_significance_are_both_asked_for(int events, double auc, double distance, bool fails)
    {
        (QualityLimits.Contradiction(auc, [0.001, distance], events, Features) is not null).ShouldBe(fails);
    }

    [Fact]
    public void The_words_name_what_is_off_with_its_numbers()
    {
        var words = QualityLimits.Contradiction(0.6, [0.001, 0.2], 60_000, Features);
        words.ShouldBe("a classifier tells its samples from the sidebands' data: AUC 0.600 +- 0.002, 0.48 to 0.52 is allowed; "
            + "y of its samples is 0.200 (KS) from the sidebands' data, 0.03 is allowed");
    }

    [Fact]
    public void What_was_not_measured_contradicts_nothing_and_is_not_judged()
    {
        QualityLimits.Contradiction(double.NaN, [0.001, 0.002], 60_000, Features).ShouldBeNull();
        QualityLimits.NotJudged(double.NaN).ShouldNotBeNull();
        QualityLimits.NotJudged(0.5).ShouldBeNull();
    }

    [Fact]
    public void The_error_of_the_area_is_that_of_scores_of_one_distribution()
    {
        // 400 areas of 200 against 200 even numbers, the mean of two: their deviation is known to 3.5 %; 4 of these.
        var random = RandomStream.For(1, "area");
        double Area()
        {
            float[] Draw() => [.. Enumerable.Range(0, 200).Select(_ => (float)random.NextDouble())];
            return Inference.Metrics.RocCurve.Of(
                new Inference.Counting.ScoreDistribution(Draw()), new Inference.Counting.ScoreDistribution(Draw())).Auc;
        }

        double[] areas = [.. Enumerable.Range(0, 400).Select(_ => 0.5 * (Area() + Area()))];
        var expected = QualityLimits.AucError(400);
        Math.Sqrt(areas.Average(area => (area - 0.5) * (area - 0.5))).ShouldBe(expected, 0.14 * expected);
    }
}
