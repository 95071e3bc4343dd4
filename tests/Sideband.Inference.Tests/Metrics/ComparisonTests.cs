using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;

namespace Sideband.Inference.Tests.Metrics;

/// <summary>What compares classifiers, against numpy and scipy (tests/Reference/inference/comparison.py).</summary>
public class ComparisonTests
{
    // Sums of two thousand terms in another order, and a root to 1e-14.
    private const double Tolerance = 1e-12;

    private static readonly IReadOnlyList<double[]> Rows = Reference.Numbers("twins.csv");

    private static readonly Dictionary<string, double> Expected = Reference.Lines("tests/Reference/inference/comparison.csv").Skip(1)
        .Select(line => line.Split(','))
        .ToDictionary(cells => cells[0], cells => Reference.Parse(cells[1]));

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 2)]
    [InlineData(1, 2)]
    public void Correlation_of_log_odds(int first, int second)
    {
        foreach (var (name, label) in new[] { ("signal", 1), ("background", 0) })
        {
            var expected = Expected[FormattableString.Invariant($"correlation {name} {first} {second}")];
            ScoreCorrelation.Of(Scores(first, label), Scores(second, label)).Value!.Value.ShouldBe(expected, Tolerance);
        }
    }

    [Fact]
    public void Events_without_a_score_are_left_out_of_a_correlation()
    {
        var (first, second) = (Scores(0, 0), Scores(1, 0));
        var without = ScoreCorrelation.Of(first.AsSpan(3), second.AsSpan(3));
        (first[0], second[1], first[2]) = (float.NaN, float.NaN, float.NaN);
        ScoreCorrelation.Of(first, second).ShouldBe(without);
        ScoreCorrelation.Of([0.5f, 0.5f, 0.5f], [0.1f, 0.2f, 0.3f]).Reason.ShouldBe("all events have one score");
        ScoreCorrelation.Of([0.1f, float.NaN, 0.2f], [0.1f, 0.2f, 0.3f]).Reason.ShouldBe("2 events have both scores; at least 3 needed");
        ScoreCorrelation.Of([0, 1, 0.5f], [0, 1, 0.5f]).Value.ShouldBe(1); // scores of exactly 0 and 1 have finite log-odds
    }

    [Theory]
    [InlineData(0.0125)]
    [InlineData(0.05)]
    [InlineData(0.333)]
    [InlineData(1)]
    public void Common_events_of_the_top(double fraction)
    {
        double[][] tops = [.. Enumerable.Range(0, 3).Select(k => new TopOverlap(Scores(k, 0)).Members(fraction))];
        var name = fraction == 1 ? "1.0" : FormattableString.Invariant($"{fraction}");
        foreach (var (i, j) in new[] { (0, 1), (0, 2), (1, 2) })
        {
            var expected = Expected[FormattableString.Invariant($"common {name} {i} {j}")];
            TopOverlap.Common([tops[i], tops[j]], fraction).ShouldBe(expected, Tolerance);
        }

        TopOverlap.Common(tops, fraction).ShouldBe(Expected[$"common {name} all"], Tolerance);
    }

    [Fact]
    public void Scores_that_say_nothing_have_in_common_what_chance_gives()
    {
        var nothing = new TopOverlap(new float[1000]).Members(0.07);
        TopOverlap.Common([nothing, new TopOverlap(Scores(0, 0).AsSpan(0, 1000)).Members(0.07)], 0.07)
            .ShouldBe(TopOverlap.Chance(2, 0.07), 1e-12);
        TopOverlap.Common([nothing, nothing, nothing, nothing], 0.07).ShouldBe(TopOverlap.Chance(4, 0.07), 1e-12);
        TopOverlap.Chance(4, 0.1).ShouldBe(1e-3, 1e-18);
    }

    [Fact]
    public void An_event_without_a_score_is_in_no_top()
    {
        new TopOverlap([0.1f, float.NaN, 0.9f, 0.5f]).Members(0.75).ShouldBe([1, 0, 1, 1]);
        Should.Throw<ArgumentOutOfRangeException>(() => new TopOverlap([0.1f]).Members(0));
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(1)]
    [InlineData(30)]
    [InlineData(1e4)]
    public void Signal_that_reaches_a_significance(double background)
    {
        var name = background switch { 1 => "1.0", 30 => "30.0", 1e4 => "10000.0", _ => "0.01" };
        foreach (var z in new[] { 3.0, 5.0 })
        {
            // The reference's own rounding at b = 1e4: (s + b) ln(1 + s/b) - s loses four digits.
            var expected = Expected[FormattableString.Invariant($"passing {name} {z:0.0}")];
            SmallestSignal.Passing(background, z).ShouldBe(expected, 1e-10 * expected);
            Significance.Of(background + expected, background, 0).Value!.Value.ShouldBe(z, 1e-9);
        }
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public void Smallest_signal_over_all_cuts(int classifier)
    {
        var curve = Curve(classifier);
        SmallestSignal.Of(curve, 50_000, 25).Value!.Value.ShouldBe(
            Expected[FormattableString.Invariant($"sigma_min {classifier}")], 1e-10);
        foreach (var efficiency in new[] { 0.2, 0.5, 0.9 })
        {
            curve.SicAtSignal(efficiency, 1).Value!.Value.ShouldBe(
                Expected[FormattableString.Invariant($"sic at signal {classifier} {efficiency}")], Tolerance);
        }
    }

    [Fact]
    public void Cuts_that_too_few_background_events_pass_say_nothing()
    {
        var curve = Curve(0);
        SmallestSignal.Of(curve, 50_000, 2001).Reason.ShouldBe("no cut passes 2001 background events and signal");
        SmallestSignal.Of(curve, 0, 25).Reason.ShouldBe("0 background events in the window");
        curve.SicAtSignal(0.2, 2000).Reason.ShouldBe("fewer than 2000 background events pass");
        curve.SicAt(0.01, 25).Reason.ShouldBe("20 background test events expected to pass; at least 25 needed");
        curve.SicAt(0.0125, 25).IsDefined.ShouldBeTrue();
    }

    [Fact]
    public void Argos_is_the_signals_share_of_the_improvement()
    {
        const double background = 0.01, signal = 0.4, fraction = 0.006;
        Argos.Of((fraction * signal) + ((1 - fraction) * background), background)
            .ShouldBe(fraction * ((signal / Math.Sqrt(background)) - Math.Sqrt(background)), 1e-15);
        Argos.Of(background, background).ShouldBe(0, 1e-16);
    }

    private static RocCurve Curve(int classifier) =>
        RocCurve.Of(new ScoreDistribution(Scores(classifier, 1)), new ScoreDistribution(Scores(classifier, 0)));

    private static float[] Scores(int classifier, int label) =>
        [.. Rows.Where(row => row[0] == label).Select(row => (float)row[1 + classifier])];
}
