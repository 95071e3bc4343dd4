using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Inference.Limits;

namespace Sideband.Inference.Tests.Counting;

/// <summary>Nothing follows from the counts of a cut that does not separate, whoever reads them; they are there to be shown.</summary>
public class SeparationTests
{
    private static readonly SystematicShift Shift = SystematicShift.Fixed(-0.2);

    private static ScoreDistribution Ramp(int count) => new([.. Enumerable.Range(0, count).Select(i => (float)i)]);

    /// <summary>A fraction of the events has the score 1, the others 0.</summary>
    private static ScoreDistribution Steps(int count, double above) =>
        new([.. Enumerable.Range(0, count).Select(i => i < above * count ? 1f : 0f)]);

    private static WindowCount Count(double epsilon, ScoreDistribution template, int data = 400) =>
        WindowCount.Of(epsilon, [FoldCount.Of(epsilon, template, Steps(data, 0.01))], template.Count);

    [Theory]
    [InlineData(0.1, 0, 1.0, true)] // one score
    [InlineData(0.1, 0.01, 1.0, true)] // 1 % above the others, which are let pass for the 9 % that are missing
    [InlineData(0.1, 0.6, 0.6, true)] // 40 % stopped in place of 90 %
    [InlineData(0.1, 0.5, 0.5, false)] // 50 %: more than half
    [InlineData(0.01, 0.05, 0.05, false)] // five times eps_B, of which N_exp is made
    [InlineData(0.5, 0.4, 1.0, true)]
    public void A_cut_does_not_separate_where_ties_let_most_pass_that_it_should_stop(
        double epsilon, double above, double effective, bool useless)
    {
        var count = Count(epsilon, Steps(1000, above));
        count.EffectiveEfficiency.Value.ShouldBe(effective);
        count.Flags.HasFlag(CountFlags.NoSeparation).ShouldBe(useless);
        count.Observed.Reason.ShouldBe(useless ? Threshold.NoSeparation : null);
    }

    [Fact]
    public void A_cut_without_ties_that_few_events_round_to_all_separates() =>
        Threshold.At(0.9, Ramp(3)).SeparatesNothing.ShouldBeFalse();

    [Fact]
    public void With_weights_it_is_the_weight_that_passes()
    {
        // 1,000 of 1,100 events are tied at the top, with 91 % or 9 % of the weight.
        float[] scores = [.. Enumerable.Range(0, 1100).Select(i => Math.Min(i, 100f))];
        Threshold At(double tied) => Threshold.At(0.05, new ScoreDistribution(scores, [.. scores.Select(score => score < 100 ? 1 : tied)]));
        At(1).SeparatesNothing.ShouldBeTrue();
        At(0.01).SeparatesNothing.ShouldBeFalse();
        At(0.01).Tied.ShouldBe(1000);
    }

    [Fact]
    public void No_statistic_is_made_of_it_and_the_counts_are_shown()
    {
        var count = Count(0.1, Steps(500, 0));
        (count.Selected.Value, count.TemplatePassing.Value, count.EffectiveEfficiency.Value).ShouldBe((400, 500, 1));
        var (sigma, kappa) = (Measured.Of(0.02), new VarianceInflation(Measured.Of(2), Measured.Of(0), Measured.Of(0), 9, 0));
        var background = ExpectedBackground.Of(count, Shift.Mean, sigma);
        var correlated = CorrelatedBackground.Of(count, Shift.Mean, sigma, kappa);
        Measured[] values =
        [
            count.Observed, count.UnshiftedExpectation, count.TemplateVariance, background.Expected, background.SigmaExp,
            background.SigmaStat, background.SignificanceOf(400), background.RequiredObserved(3), correlated.Expected,
            correlated.SignificanceOf(400), WindowShift.OfRun(count),
            EventLimit.Of(new PassingCount(count.Selected, correlated), 0.95),
        ];
        values.ShouldAllBe(value => value.Reason == Threshold.NoSeparation);
    }

    [Fact]
    public void Where_no_run_separates_what_is_selected_is_shown_without_an_expectation()
    {
        var found = WindowSignificance.Of(Windows.Sliding(5), [Count(0.1, Steps(500, 0))], Shift, SigmaSystematicRule.Paper);
        (found.Observed.Mean.Value, found.TemplatePassing.Mean.Value, found.EffectiveEfficiency.Mean.Value).ShouldBe((400, 500, 1));
        found.Expected.Mean.Reason.ShouldBe(Threshold.NoSeparation);
        found.Significance.Mean.Reason.ShouldBe(Threshold.NoSeparation);
        found.LocalPValue.IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void A_run_that_does_not_separate_enters_no_mean()
    {
        var good = WindowCount.Of(0.1, [FoldCount.Of(0.1, Ramp(500), Ramp(400))], 500);
        var found = WindowSignificance.Of(
            Windows.Sliding(5), [Count(0.1, Steps(500, 0)), good], SystematicShift.Zero, SigmaSystematicRule.Paper);
        found.Observed.Mean.ShouldBe(good.Observed);
        found.Expected.Mean.ShouldBe(good.UnshiftedExpectation);
        found.Observed.Runs[0].Reason.ShouldBe(Threshold.NoSeparation);
        found.Flags.HasFlag(CountFlags.NoSeparation).ShouldBeTrue();
    }

    [Fact]
    public void A_half_split_has_no_p()
    {
        HalfSplitCount.Of(0.1, Steps(500, 0.01), Steps(400, 0.01), CountRepetition.None, out var failure).ShouldBeNull();
        failure.ShouldBe(Threshold.NoSeparation);
        HalfSplitCount.Of(0.1, Ramp(500), Ramp(400), CountRepetition.None, out failure).ShouldNotBeNull();
        failure.ShouldBeNull();
    }

    [Fact]
    public void An_experiment_without_separation_failed_it_counts_as_an_exceedance_and_is_not_in_kappa()
    {
        var (good, bad) = (WindowCount.Of(0.1, [FoldCount.Of(0.1, Ramp(500), Ramp(400))], 500), Count(0.1, Steps(500, 0)));
        var term = new SystematicTerm(Shift.Mean, Measured.Of(0.02));
        WindowCount[][][] experiments = [[[good]], [[bad]], [[good]], [[bad]]];
        Measured[][][][] tables =
        [
            PermutedSignificance.Of(experiments, [term], seed: 1),
            PermutedSignificance.OfWholeChain(experiments, [term], seed: 1),
            PermutedSignificance.WithoutDraws(experiments, [SystematicTerm.None]),
        ];
        foreach (var table in tables)
        {
            Measured[] column = [.. table.Select(experiment => experiment[0][0])];
            column.Select(value => value.Reason).ShouldBe([null, Threshold.NoSeparation, null, Threshold.NoSeparation]);
            var p = PermutationPValue.Of(Measured.Of(100), column);
            (p.Exceedances, p.Failed).ShouldBe((2, 2));
            var kappa = VarianceInflation.Of(column);
            (kappa.Experiments, kappa.Failed).ShouldBe((2, 2));
            kappa.Value.IsDefined.ShouldBeTrue();
        }

        // Where no experiment has a value the reason is theirs, not that a variance needs two.
        var none = VarianceInflation.PerWindow(PermutedSignificance.WithoutDraws([[[bad]], [[bad]]], [SystematicTerm.None]))[0][0];
        none.Value.Reason.ShouldBe(Threshold.NoSeparation);
    }

    [Fact]
    public void More_events_than_there_are_are_never_expected()
    {
        // 1.2 x 0.85: above 1 with the effective eps_B, not with the 0.5 that was asked for.
        var count = WindowCount.Of(0.5, [FoldCount.Of(0.85, Ramp(1001), Ramp(1000))], 1001);
        var efficiency = count.EffectiveEfficiency.Value!.Value;
        ExpectedBackground.Of(count, Measured.Of(0.1), Measured.Of(0)).Expected.Value!.Value.ShouldBe(1100 * efficiency, 1e-9);
        var beyond = ExpectedBackground.Of(count, Measured.Of(0.2), Measured.Of(0));
        beyond.Expected.Reason.ShouldBe("N_exp is above N_SR: more events are expected to pass than there are");
        beyond.SignificanceOf(900).Reason.ShouldBe(beyond.Expected.Reason);
        var half = HalfSplitCount.Of(count, tied: false, out _).ShouldNotBeNull();
        HalfSplit.Of(half, ShiftDistribution.Of(0.1, 0.02)).Value.IsDefined.ShouldBeTrue();
        HalfSplit.Of(half, ShiftDistribution.Of(0.2, 0.02)).Value.Reason.ShouldBe(beyond.Expected.Reason);
    }
}
