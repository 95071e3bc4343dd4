using Sideband.Inference.Counting;

namespace Sideband.Inference.Tests.Counting;

public sealed class ShiftVerdictTests
{
    // Nine windows of 100 expected and 400 template events: counting alone makes 0.11.
    private static SystematicShift Nine(params double[] shifts) => SystematicShift.Over(
        [.. Windows.Nine.Select((window, i) => WindowShift.Of(window,
        [
            WindowCount.Of(
                0.01,
                [
                    new FoldCount(
                        EventCount.Unweighted(10_000),
                        EventCount.Unweighted((long)Math.Round(100 * (1 + shifts[i % shifts.Length]))),
                        EventCount.Unweighted(40_000),
                        EventCount.Unweighted(400)),
                ],
                40_000),
        ]))]);

    [Fact]
    public void A_small_shift_that_is_the_same_everywhere_is_trusted()
    {
        ShiftVerdict.Against(0.01, Nine(0.1, 0.2, 0.05), 0.12).ShouldBeNull();
        ShiftVerdict.Against(0.01, SystematicShift.Zero, 0).ShouldBeNull();
    }

    [Fact]
    public void More_expected_than_there_are_is_not()
    {
        ShiftVerdict.Against(0.5, SystematicShift.Fixed(1.1), 0.1).ShouldBe("delta_sys = +1.10 expects more events to pass than there are");
        ShiftVerdict.Against(0.5, SystematicShift.Fixed(0.9), 0.1).ShouldBeNull();
    }

    [Fact]
    public void A_shift_of_order_one_is_not_unless_its_error_is_as_large()
    {
        ShiftVerdict.Against(0.01, Nine(1.4, 1.5, 1.6), 0.6).ShouldNotBeNull().ShouldContain("of order one");
        ShiftVerdict.Against(0.01, Nine(0.4, 1.5, 2.6), 0.9).ShouldBeNull();
    }

    [Fact]
    public void Windows_that_differ_by_more_than_sigma_holds_are_not()
    {
        // s = 0.52, its excess over counting 0.51, relative to N_exp 0.51 as the mean is 0.
        var jumping = Nine(-0.6, 0.6, 0.0);
        ShiftVerdict.Against(0.01, jumping, 0.1).ShouldNotBeNull().ShouldStartWith("delta_sys differs from window to window by 0.51 ");
        ShiftVerdict.Against(0.01, jumping, 0.6).ShouldBeNull();
        ShiftVerdict.Against(0.01, jumping, SigmaSystematicRule.Spread.Apply(jumping).Value).ShouldBeNull();
    }

    [Fact]
    public void An_unknown_shift_is_not_judged() =>
        ShiftVerdict.Against(0.01, SystematicShift.Over([]), null).ShouldBeNull();
}
