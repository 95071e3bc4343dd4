using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Counting;

public class WindowSignificanceTests
{
    private static readonly SystematicShift Shift = SystematicShift.Fixed(0.05);

    private static WindowCount Run(long observed) => WindowCount.Of(
        0.01,
        [
            new FoldCount(
                EventCount.Unweighted(135_000),
                EventCount.Unweighted(observed),
                EventCount.Unweighted(144_700),
                EventCount.Unweighted(1447)),
        ],
        144_700);

    [Fact]
    public void Copies_widen_the_errors_of_data_and_template_and_of_a_shift_estimate()
    {
        var (once, copied) = (Run(1611), Run(1611) with { Repetition = new CountRepetition(1.5, 1.2) });
        var shift = Measured.Of(0.05);
        var (plain, wide) = (ExpectedBackground.Of(once, shift, shift), ExpectedBackground.Of(copied, shift, shift));
        var (expected, template) = (plain.Expected.Value!.Value, once.TemplateVariance.Value!.Value);
        wide.Expected.ShouldBe(plain.Expected);
        wide.RelativeVariance.Value!.Value.ShouldBe((0.5 / expected) + (1.2 * template) + (0.05 * 0.05), 1e-15);
        wide.StatisticalVariance.Value!.Value.ShouldBe((1.5 / expected) + (1.2 * template), 1e-15);
        wide.SignificanceOf(1611).Value!.Value.ShouldBeLessThan(plain.SignificanceOf(1611).Value!.Value);
        WindowShift.Of(Windows.Sliding(5), [copied]).StatisticalVariance.Value!.Value
            .ShouldBe((1.5 * 1.05 / expected) + (1.2 * template), 1e-15);
    }

    private static WindowCount FailedRun() => WindowCount.Of(
        0.01,
        [new FoldCount(EventCount.Unweighted(135_000), default, EventCount.Unweighted(144_700), default, Failure: "the training diverged")],
        144_700);

    [Fact]
    public void Significances_are_averaged_over_runs_not_computed_from_averages()
    {
        var result = WindowSignificance.Of(Windows.Sliding(5), [Run(1611), Run(1800)], Shift, SigmaSystematicRule.Paper);
        var background = ExpectedBackground.Of(Run(0), Measured.Of(0.05), Measured.Of(0.05));
        double[] each = [background.SignificanceOf(1611).Value!.Value, background.SignificanceOf(1800).Value!.Value];
        result.Observed.Mean.Value.ShouldBe(1705.5);
        result.Expected.Mean.Value!.Value.ShouldBe(1417.5, 1e-9);
        result.Expected.StandardDeviation.Value!.Value.ShouldBe(0);
        result.Significance.Mean.Value!.Value.ShouldBe(0.5 * (each[0] + each[1]), 1e-12);
        result.LocalPValue.Value!.Value.ShouldBe(NormalDistribution.UpperTail(0.5 * (each[0] + each[1])), 1e-15);
        result.SigmaStat.Value!.Value.ShouldBe(0.03737047, 1e-8);
    }

    [Fact]
    public void A_failed_run_is_shown_and_left_out()
    {
        var result = WindowSignificance.Of(Windows.Sliding(5), [FailedRun(), Run(1611)], Shift, SigmaSystematicRule.Paper);
        result.Significance.UndefinedRuns.ShouldBe(1);
        result.Significance.Runs[0].Reason.ShouldBe("the training diverged");
        result.Significance.Mean.ShouldBe(result.Significance.Runs[1]);
        result.Significance.StandardDeviation.IsDefined.ShouldBeFalse();
        WindowSignificance.Of(Windows.Sliding(5), [FailedRun()], Shift, SigmaSystematicRule.Paper)
            .LocalPValue.Reason.ShouldBe("the training diverged");
    }

    [Fact]
    public void A_blinded_search_knows_what_it_would_need()
    {
        var needed = WindowSignificance.RequiredObserved([Run(0), Run(0)], Shift, SigmaSystematicRule.Paper, 3).Value!.Value;
        WindowSignificance.Of(Windows.Sliding(5), [Run((long)needed)], Shift, SigmaSystematicRule.Paper)
            .Significance.Mean.Value!.Value.ShouldBeGreaterThanOrEqualTo(3);
        WindowSignificance.Of(Windows.Sliding(5), [Run((long)needed - 1)], Shift, SigmaSystematicRule.Paper)
            .Significance.Mean.Value!.Value.ShouldBeLessThan(3);
    }

    [Fact]
    public void Without_a_shift_there_is_no_claim()
    {
        var shift = SystematicShift.Over([]);
        var result = WindowSignificance.Of(Windows.Sliding(5), [Run(1611)], shift, SigmaSystematicRule.Spread);
        result.Expected.Mean.Reason.ShouldBe("no windows to estimate delta_sys in");
        result.Observed.Mean.Value.ShouldBe(1611);
    }
}
