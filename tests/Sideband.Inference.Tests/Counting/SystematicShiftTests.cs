using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests.Counting;

public class SystematicShiftTests
{
    // 100 events expected in the window (eps_B = 0.01 of 10,000), 100 template events pass: s_stat^2 = 1/100 + 1/100.
    private static WindowCount Counts(long observed) => WindowCount.Of(
        0.01,
        [
            new FoldCount(
                EventCount.Unweighted(10_000),
                EventCount.Unweighted(observed),
                EventCount.Unweighted(10_000),
                EventCount.Unweighted(100)),
        ],
        10_000);

    private static SystematicShift Nine(params long[] observed) => SystematicShift.Over(
        [.. Windows.Nine.Select((window, i) => WindowShift.Of(window, [Counts(observed[i % observed.Length])]))]);

    [Fact]
    public void The_larger_of_two_is_taken_and_knows_the_other_and_what_is_undefined_is_not_hidden()
    {
        // +0.10 and -0.15: what may be chance below 0 is no reason to expect less background, but sigma_sys has its size.
        var (up, down) = (Nine(110, 112, 108), Nine(85, 80, 90));
        SystematicShift.Larger(up, down).ShouldBe(up with { Other = down });
        SystematicShift.Larger(down, up).ShouldBe(up with { Other = down });
        SigmaSystematicRule.Paper.Apply(SystematicShift.Larger(down, up)).Value!.Value.ShouldBe(0.15, 1e-12);
        SystematicShift.Larger(SystematicShift.Zero, up).Mean.ShouldBe(up.Mean);
        SystematicShift.Larger(SystematicShift.Zero, down).Mean.Value.ShouldBe(0);
        var nothing = SystematicShift.Over([]);
        SystematicShift.Larger(nothing, down).ShouldBe(nothing);
        SystematicShift.Larger(down, nothing).Mean.Reason.ShouldBe("no windows to estimate delta_sys in");
    }

    [Fact]
    public void Of_two_estimates_sigma_sys_has_the_larger_mean_and_the_larger_spread()
    {
        // +0.06 with windows that agree, -0.05 with windows that differ by much more than 100 events do: 0.06 alone says 0.06.
        var (steady, jumping) = (Nine(106, 106, 106), Nine(15, 95, 175));
        steady.ExcessVariance.Value.ShouldBe(0);
        var larger = SystematicShift.Larger(jumping, steady);
        larger.Mean.ShouldBe(steady.Mean);
        var (error, excess) = (jumping.Uncertainty.Value!.Value, jumping.ExcessVariance.Value!.Value);
        excess.ShouldBeGreaterThan(0.3);
        SigmaSystematicRule.Spread.Apply(larger).Value!.Value
            .ShouldBe(Math.Sqrt((0.06 * 0.06) + (error * error) + excess) / 1.06, 1e-12);
        SigmaSystematicRule.Spread.Apply(steady).Value!.Value.ShouldBeLessThan(0.1);

        // By the paper's rule sigma_sys is 0.06, which does not hold how far windows differ.
        var paper = SigmaSystematicRule.Paper.Apply(larger).Value;
        ShiftVerdict.Against(0.01, steady, paper).ShouldBeNull();
        ShiftVerdict.Against(0.01, larger, paper).ShouldNotBeNull().ShouldStartWith("delta_sys differs from window to window by ");
        ShiftVerdict.Against(0.01, larger, SigmaSystematicRule.Spread.Apply(larger).Value).ShouldBeNull();
    }

    [Fact]
    public void Weighted_pseudo_data_count_by_their_weights()
    {
        // Events of weight 2 give the shift of unweighted ones, with the same relative error.
        static WindowShift Shift(double w) => WindowShift.Of(Windows.Sliding(3), [WindowCount.Of(
            0.01,
            [
                new FoldCount(
                    new(10_000, w * 10_000, w * w * 10_000),
                    new(120, w * 120, w * w * 120),
                    EventCount.Unweighted(10_000),
                    EventCount.Unweighted(100)),
            ],
            10_000)]);
        Shift(2).Shift.Mean.Value!.Value.ShouldBe(0.2, 1e-12);
        Shift(2).StatisticalVariance.Value!.Value.ShouldBe(Shift(1).StatisticalVariance.Value!.Value, 1e-12);
    }

    [Fact]
    public void Is_the_mean_over_runs_then_windows()
    {
        var shift = SystematicShift.Over(
        [
            WindowShift.Of(Windows.Sliding(1), [Counts(110), Counts(130)]),
            WindowShift.Of(Windows.Sliding(5), [Counts(140)]),
            WindowShift.Of(Windows.Sliding(9), [Counts(90)]),
        ]);
        shift.Mean.Value!.Value.ShouldBe((0.2 + 0.4 - 0.1) / 3, 1e-15);
        shift.Windows[0].Shift.StandardDeviation.Value!.Value.ShouldBe(0.2 / Math.Sqrt(2), 1e-15);
        shift.Windows[0].StatisticalVariance.Value!.Value.ShouldBe(0.02, 1e-15);
        shift.Uncertainty.Value!.Value.ShouldBe(shift.Spread.Value!.Value / Math.Sqrt(3), 1e-12); // three windows apart: three independent
    }

    [Fact]
    public void Nine_sliding_windows_hold_three_independent_ones()
    {
        Window.IndependentCount(Windows.Nine).ShouldBe(3, 1e-12);
        Window.IndependentCount([Windows.Sliding(1), Windows.Sliding(9)]).ShouldBe(2, 1e-12);
        Windows.Sliding(1).Overlaps(Windows.Sliding(5)).ShouldBeFalse(); // they touch at 3.3 TeV
        Windows.Sliding(2).Overlaps(Windows.Sliding(5)).ShouldBeTrue();
        Windows.Sliding(4).Correlation(Windows.Sliding(5)).ShouldBe(0.75, 1e-12);
    }

    [Fact]
    public void Rule_paper_is_the_size_of_the_shift() =>
        SigmaSystematicRule.Paper.Apply(Nine(80)).Value!.Value.ShouldBe(0.2, 1e-15);

    [Fact]
    public void Rule_spread_is_the_shift_alone_where_windows_agree() =>
        SigmaSystematicRule.Spread.Apply(Nine(120)).Value!.Value.ShouldBe(0.2 / 1.2, 1e-12);

    [Fact]
    public void Rule_spread_grows_where_windows_jump_about()
    {
        var shift = Nine(20, 180, 100);
        var s2 = 9 * (0.64 + 0.64) / 3 / 8; // delta = -0.8, 0.8, 0 three times each, ddof 1
        shift.Mean.Value!.Value.ShouldBe(0, 1e-15);
        shift.Spread.Value!.Value.ShouldBe(Math.Sqrt(s2), 1e-12);
        SigmaSystematicRule.Spread.Apply(shift).Value!.Value.ShouldBe(Math.Sqrt((s2 / 3) + s2 - 0.02), 1e-12);
        SigmaSystematicRule.Paper.Apply(shift).Value!.Value.ShouldBe(0, 1e-15);
    }

    [Fact]
    public void Rule_spread_needs_three_windows_or_given_numbers()
    {
        var two = SystematicShift.Over(
            [WindowShift.Of(Windows.Sliding(1), [Counts(110)]), WindowShift.Of(Windows.Sliding(5), [Counts(120)])]);
        SigmaSystematicRule.Spread.Apply(two).Reason.ShouldNotBeNull().ShouldContain("at least 3");
        SigmaSystematicRule.Paper.Apply(two).Value!.Value.ShouldBe(0.15, 1e-15);
        SigmaSystematicRule.Fixed(0.3).Apply(two).Value.ShouldBe(0.3);
        SigmaSystematicRule.Spread.Apply(SystematicShift.Fixed(0.25)).Value!.Value.ShouldBe(0.2, 1e-15);
        SigmaSystematicRule.Spread.Apply(SystematicShift.Zero).Value.ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => SystematicShift.Fixed(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => SigmaSystematicRule.Fixed(-0.1));
    }

    [Fact]
    public void Windows_without_a_value_are_left_out()
    {
        var failed = WindowShift.Of(
            Windows.Sliding(3), [WindowCount.Of(0.01, [new FoldCount(default, default, default, default, Failure: "empty")], 0)]);
        var shift = SystematicShift.Over([failed, WindowShift.Of(Windows.Sliding(5), [Counts(120)])]);
        shift.Mean.Value!.Value.ShouldBe(0.2, 1e-15);
        shift.Spread.Reason.ShouldNotBeNull().ShouldContain("1 windows");
        SystematicShift.Over([failed]).Mean.Reason.ShouldBe("empty");
    }

    [Fact]
    public void Simulation_and_sidebands_add_in_quadrature()
    {
        var combined = SystematicShift.Combine(Nine(70), Nine(140));
        combined.Mean.Value!.Value.ShouldBe(0.5, 1e-15);
        SigmaSystematicRule.Spread.Apply(combined).Value!.Value.ShouldBe(0.5 / 1.5, 1e-12);
    }

    [Fact]
    public void The_expectation_carries_its_errors()
    {
        var background = ExpectedBackground.Of(Counts(150), Measured.Of(0.25), Measured.Of(0.2));
        background.Expected.Value!.Value.ShouldBe(125, 1e-12);
        background.RelativeVariance.Value!.Value.ShouldBe(0.01 + 0.04, 1e-15);
        background.StatisticalVariance.Value!.Value.ShouldBe(0.008 + 0.01, 1e-15);
        background.SignificanceOf(150)
            .ShouldBe(Significance.Of(150, background.Expected.Value!.Value, background.RelativeVariance.Value!.Value));
        background.RequiredObserved(3).Value!.Value.ShouldBeGreaterThan(150);
    }

    [Fact]
    public void An_expectation_that_is_not_positive_is_a_failure_with_a_reason()
    {
        var background = ExpectedBackground.Of(Counts(3), Measured.Of(-1), Measured.Of(0.1));
        background.Expected.Reason.ShouldNotBeNull().ShouldContain("not above 0");
        background.SignificanceOf(3).Reason.ShouldBe(background.Expected.Reason);
    }

    // scikit-learn's boosted trees on Monte Carlo, window 5, CWoLa with 143,485 template events: N_obs, eps_B N_SR, delta_sys = sigma_sys,
    // and the significance of an independent program, which rounded its inputs to three digits: 0.1 sigma. With signal N_SR is 820 higher.
    [Theory]
    [InlineData(1611, 1343, 0.035, 1e-2, 3.0)]
    [InlineData(1792, 1351.2, 0.035, 1e-2, 5.1)]
    [InlineData(299, 140.9, -0.033, 1e-3, 7.8)]
    [InlineData(263, 140.9, -0.033, 1e-3, 6.3)]
    [InlineData(143, 140, -0.033, 1e-3, 0.5)]
    [InlineData(66, 18.8, -0.149, 1e-4, 5.5)]
    [InlineData(11, 18.7, -0.149, 1e-4, -0.9)]
    public void The_whole_chain_gives_the_significances_of_another_program(
        double observed, double unshifted, double delta, double efficiency, double expected)
    {
        const double dataEvents = 133_835, templateEvents = 143_485;
        var effective = unshifted / dataEvents;
        effective.ShouldBe(efficiency, 0.5 * efficiency);
        var variance = (1 / (effective * templateEvents)) + (delta * delta);
        Significance.Of(observed, unshifted * (1 + delta), variance).Value!.Value.ShouldBe(expected, 0.1);
    }
}
