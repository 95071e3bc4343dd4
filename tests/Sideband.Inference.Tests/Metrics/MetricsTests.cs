using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;

namespace Sideband.Inference.Tests.Metrics;

public class MetricsTests
{
    // Sums of some thousand terms in another order than numpy's: 1e-13 relative.
    private const double Tolerance = 1e-13;

    private static readonly RocCurve Curve = RocCurve.Of(
        new ScoreDistribution(ReferenceScores.Signal.Scores),
        new ScoreDistribution(ReferenceScores.Background.Scores));

    private static readonly RocCurve WeightedCurve = RocCurve.Of(
        new ScoreDistribution(ReferenceScores.Signal.Scores, ReferenceScores.Signal.Weights),
        new ScoreDistribution(ReferenceScores.Background.Scores, ReferenceScores.Background.Weights));

    [Fact]
    public void Area_counts_ties_one_half_as_scikit_learn_does()
    {
        Curve.Auc.ShouldBe(ReferenceScores.Expected["auc"], Tolerance);
        WeightedCurve.Auc.ShouldBe(ReferenceScores.Expected["auc weighted"], 1e-12);
    }

    [Fact]
    public void Area_is_the_exact_count_of_ordered_pairs()
    {
        var (signal, background) = (ReferenceScores.Signal.Scores, ReferenceScores.Background.Scores);
        var doubledPairs = 0L;
        foreach (var s in signal)
        {
            foreach (var b in background)
            {
                doubledPairs += s > b ? 2 : s == b ? 1 : 0;
            }
        }

        Curve.Auc.ShouldBe(0.5 * doubledPairs / ((double)signal.Length * background.Length)); // whole numbers: exact
    }

    [Theory]
    [InlineData(0.01)]
    [InlineData(0.1)]
    [InlineData(0.37)]
    public void Signal_efficiency_is_interpolated_linearly(double efficiency)
    {
        var expected = ReferenceScores.Expected[FormattableString.Invariant($"signal efficiency {efficiency}")];
        Curve.SignalEfficiencyAt(efficiency).ShouldBe(expected, Tolerance);
        Curve.SicAt(efficiency).Value!.Value.ShouldBe(expected / Math.Sqrt(efficiency), Tolerance * 10);
    }

    [Fact]
    public void Maximum_sic_needs_its_background_events()
    {
        Curve.MaximumSic(25)!.Value.Sic.ShouldBe(ReferenceScores.Expected["maximum sic 25"], Tolerance);
        Curve.MaximumSic(1502).ShouldBeNull();
        Curve.SicAt(1e-4).Reason.ShouldNotBeNull().ShouldContain("at least 1");
    }

    [Fact]
    public void Rejection_inverts_the_curve()
    {
        var efficiency = Curve.SignalEfficiencyAt(0.1);
        Curve.RejectionAt(efficiency).Value!.Value.ShouldBeGreaterThanOrEqualTo(10 - 1e-9);
        RocCurve.Of(new ScoreDistribution([3f, 4f]), new ScoreDistribution([1f, 2f])).RejectionAt(0.5).Reason.ShouldNotBeNull();
        RocCurve.Of(new ScoreDistribution([3f, 1f]), new ScoreDistribution([2f, 0f])).RejectionAt(1).Value.ShouldBe(2);
    }

    [Fact]
    public void Curve_ends_where_nothing_and_where_everything_passes()
    {
        (Curve.SignalEfficiency(0), Curve.BackgroundEfficiency(0)).ShouldBe((0.0, 0.0));
        (Curve.SignalEfficiency(Curve.Count - 1), Curve.BackgroundEfficiency(Curve.Count - 1)).ShouldBe((1.0, 1.0));
        Curve.SignalEfficiencyAt(1).ShouldBe(1);
        RocCurve.Of(new ScoreDistribution([1f, 1f]), new ScoreDistribution([1f])).Auc.ShouldBe(0.5);
        Should.Throw<ArgumentException>(() => RocCurve.Of(new ScoreDistribution([]), new ScoreDistribution([1f])));
    }

    [Fact]
    public void Kolmogorov_smirnov_agrees_with_scipy_and_with_a_plain_loop()
    {
        var (signal, background) = (ReferenceScores.Signal, ReferenceScores.Background);
        KolmogorovSmirnov.Statistic(signal.Scores, background.Scores).ShouldBe(ReferenceScores.Expected["ks"], Tolerance);
        KolmogorovSmirnov.Statistic(signal.Scores, background.Scores, signal.Weights, background.Weights)
            .ShouldBe(ReferenceScores.Expected["ks weighted"], 1e-12);
        KolmogorovSmirnov.Statistic(signal.Scores, signal.Scores).ShouldBe(0);
        KolmogorovSmirnov.Statistic([1f, 2f], [3f]).ShouldBe(1);
        Should.Throw<ArgumentException>(() => KolmogorovSmirnov.Statistic([], [1f]));
    }

    [Fact]
    public void Chi_squared_tail_agrees_with_scipy()
    {
        foreach (var (name, value) in ReferenceScores.Expected.Where(entry => entry.Key.StartsWith("chi2 ", StringComparison.Ordinal)))
        {
            var words = name.Split(' ');
            (ChiSquared.UpperTail(Reference.Parse(words[1]), int.Parse(words[2], null)) / value)
                .ShouldBe(1, 1e-11, name); // scipy's own error is of this size
        }

        ChiSquared.UpperTail(0, 3).ShouldBe(1);
        ChiSquared.Of([1, 2], [0, 4], [1, 2]).ShouldBe(3);
    }

    [Fact]
    public void Percentiles_are_numpys()
    {
        double[] weights = [.. ReferenceScores.Signal.Weights, .. ReferenceScores.Background.Weights];
        Array.Sort(weights);
        foreach (var percent in new[] { 0, 16, 50, 84, 99.9, 100 })
        {
            PercentileBand.Percentile(weights, percent)
                .ShouldBe(ReferenceScores.Expected[FormattableString.Invariant($"percentile {percent}")], Tolerance);
        }
    }

    [Fact]
    public void A_band_leaves_undefined_points_out()
    {
        var none = Measured.Undefined("no event passes");
        var band = PercentileBand.Of([[Measured.Of(1), none], [Measured.Of(3), none], [none, none]]);
        band[0].Median.Value.ShouldBe(2);
        band[0].Low.Value!.Value.ShouldBe(1.32, 1e-12);
        band[1].High.IsDefined.ShouldBeFalse();
    }
}
