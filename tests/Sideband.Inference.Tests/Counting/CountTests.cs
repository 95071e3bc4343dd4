using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests.Counting;

public class CountTests
{
    private static ScoreDistribution Ramp(int count) => new([.. Enumerable.Range(0, count).Select(i => (float)i)]);

    [Fact]
    public void An_event_on_the_threshold_passes()
    {
        var fold = FoldCount.Of(0.1, Ramp(101), new ScoreDistribution([89f, 90f, 91f, 200f]));
        fold.TemplatePassing.Events.ShouldBe(11); // R_c is rank 90 of 0..100
        fold.Observed.ShouldBe(EventCount.Unweighted(3));
        fold.DataEvents.ShouldBe(EventCount.Unweighted(4));
        fold.Flags.ShouldBe(CountFlags.None);
    }

    [Fact]
    public void Ties_pass_together_and_are_flagged()
    {
        var template = new ScoreDistribution([.. Enumerable.Range(0, 100).Select(i => Math.Min(i, 90f))]);
        var window = WindowCount.Of(0.05, [FoldCount.Of(0.05, template, Ramp(100))], 100);
        window.Sum.TemplatePassing.Events.ShouldBe(10);
        window.EffectiveEfficiency.Value.ShouldBe(0.1);
        window.Flags.ShouldBe(CountFlags.TiesAtThreshold | CountFlags.EfficiencyOff);
    }

    [Theory]
    [InlineData(1000, 0.001, CountFlags.FewTemplateEvents, false)] // 1 expected
    [InlineData(2999, 0.001, CountFlags.FewTemplateEvents, false)]
    [InlineData(3000, 0.001, CountFlags.None, false)]
    [InlineData(999, 0.001, CountFlags.None, true)]
    [InlineData(0, 0.001, CountFlags.None, true)]
    public void Few_template_events_are_flagged_and_too_few_a_failure(int events, double efficiency, CountFlags flags, bool fails)
    {
        var fold = FoldCount.Of(efficiency, Ramp(events), Ramp(10));
        (fold.Failure is not null).ShouldBe(fails);
        (fold.Flags & CountFlags.FewTemplateEvents).ShouldBe(flags);
    }

    [Fact]
    public void A_failed_fold_fails_the_window_with_its_reason()
    {
        var good = FoldCount.Of(0.1, Ramp(100), Ramp(50));
        var bad = FoldCount.Of(0.1, Ramp(100), new ScoreDistribution([float.NaN]));
        var window = WindowCount.Of(0.1, [good, bad], 200);
        var background = ExpectedBackground.Of(window, Measured.Of(0), Measured.Of(0));
        Measured[] values =
        [
            window.Observed,
            window.EffectiveEfficiency,
            background.Expected,
            background.SigmaExp,
            background.SigmaStat,
            background.SignificanceOf(3),
        ];
        foreach (var value in values)
        {
            value.Reason.ShouldBe("data: 1 of 1 scores are not finite");
        }
    }

    [Fact]
    public void Folds_add_up_in_any_grouping()
    {
        FoldCount[] folds = [.. Enumerable.Range(1, 5).Select(i => FoldCount.Of(0.1, Ramp(50 * i), Ramp(70 * i)))];
        var all = folds[0] + folds[1] + folds[2] + folds[3] + folds[4];
        (folds[0] + folds[1] + (folds[2] + (folds[3] + folds[4]))).ShouldBe(all);
        all.DataEvents.ShouldBe(EventCount.Unweighted(70 * 15));
        all.Template.Events.ShouldBe(50 * 15);
    }

    [Fact]
    public void A_template_that_is_not_folded_counts_each_event_once_in_the_error()
    {
        // The same 1000 events set the threshold in each of 5 folds.
        FoldCount[] folds = [.. Enumerable.Range(0, 5).Select(_ => FoldCount.Of(0.1, Ramp(1000), Ramp(200)))];
        var shared = WindowCount.Of(0.1, folds, 1000);
        var pass = folds[0].TemplatePassing.Events;
        shared.TemplateVariance.Value!.Value.ShouldBe(1.0 / pass, 1e-15);
        WindowCount.Of(0.1, folds, 5000).TemplateVariance.Value!.Value.ShouldBe(1.0 / (5 * pass), 1e-15);
    }

    [Fact]
    public void Weights_enter_as_sums_of_w_and_w_squared()
    {
        var template = new ScoreDistribution([1f, 2f, 3f, 4f, 5f, 6f, 7f, 8f], [1.0, 1, 1, 1, 1, 1, 1, 2]);
        var window = WindowCount.Of(0.3, [FoldCount.Of(0.3, template, Ramp(9))], 8);
        window.Sum.TemplatePassing.ShouldBe(new EventCount(2, 3, 5));
        window.EffectiveEfficiency.Value!.Value.ShouldBe(3.0 / 9, 1e-15);
        window.TemplateVariance.Value!.Value.ShouldBe(5.0 / 9, 1e-15);
    }

    [Fact]
    public void A_cut_that_separates_nothing_is_flagged_and_shows_neither_shift_nor_excess()
    {
        // One score for all: everything passes, N_obs = eps_B N_SR with the effective eps_B = 1, and the shift would be exactly 0.
        var nothing = FoldCount.Of(0.01, new ScoreDistribution(new float[500]), new ScoreDistribution(new float[400]));
        nothing.Failure.ShouldBeNull();
        nothing.Flags.ShouldBe(CountFlags.TiesAtThreshold | CountFlags.NoSeparation);
        var good = FoldCount.Of(0.01, Ramp(500), Ramp(400));
        good.Flags.HasFlag(CountFlags.NoSeparation).ShouldBeFalse();
        foreach (FoldCount[] folds in new FoldCount[][] { [nothing], [good, nothing] })
        {
            var window = WindowCount.Of(0.01, folds, 500);
            window.Flags.ShouldBe(CountFlags.TiesAtThreshold | CountFlags.NoSeparation | CountFlags.EfficiencyOff);
            WindowShift.OfRun(window).Reason.ShouldBe(Threshold.NoSeparation);
            var found = WindowSignificance.Of(Windows.Sliding(5), [window], SystematicShift.Zero, SigmaSystematicRule.Paper);
            found.Observed.Mean.IsDefined.ShouldBeTrue();
            found.Significance.Mean.IsDefined.ShouldBeFalse();
            found.LocalPValue.IsDefined.ShouldBeFalse();
        }

        WindowShift.OfRun(WindowCount.Of(0.01, [good], 500)).IsDefined.ShouldBeTrue();
    }

    [Fact]
    public void An_empty_window_is_undefined_not_zero()
    {
        var window = WindowCount.Of(0.1, [FoldCount.Of(0.1, Ramp(100), Ramp(0))], 100);
        window.UnshiftedExpectation.Reason.ShouldBe("no data events in the window");
        WindowShift.OfRun(window).IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void Statistics_over_runs_leave_undefined_runs_out_and_count_them()
    {
        var runs = RunStatistics.Of([Measured.Of(1), Measured.Undefined("diverged"), Measured.Of(3)]);
        runs.Mean.Value.ShouldBe(2);
        runs.StandardDeviation.Value!.Value.ShouldBe(Math.Sqrt(2), 1e-15);
        runs.UndefinedRuns.ShouldBe(1);
        RunStatistics.Of([Measured.Of(1)]).StandardDeviation.Reason.ShouldBe("one run has no standard deviation");
        RunStatistics.Of([Measured.Undefined("diverged")]).Mean.Reason.ShouldBe("diverged");
    }

    [Fact]
    public void A_result_never_holds_nan()
    {
        Should.Throw<ArgumentException>(() => Measured.Of(double.NaN));
        Should.Throw<ArgumentException>(() => Measured.Of(double.NegativeInfinity));
        default(Measured).Reason.ShouldBe("not computed");
    }
}
