using Sideband.Inference.Counting;
using Sideband.Inference.Limits;

namespace Sideband.Inference.Tests.Limits;

public class EventLimitTests
{
    private static PassingCount Count(double b, double sigma, double n) =>
        new(Measured.Of(n), new ExpectedBackground(Measured.Of(b), Measured.Of(sigma * sigma), Measured.Of(0)));

    [Fact]
    public void The_background_agrees_with_integrals_of_25_digits()
    {
        foreach (var row in Reference.Numbers("background.csv"))
        {
            var background = new BackgroundDistribution(row[0], row[1] * row[1], (int)row[2]);
            // Panels of the integral are 3 steps wide at most: 8 points give 1e-9.
            (background.AtMost(row[2]) / row[3]).ShouldBe(1, 2e-9, string.Join(' ', row));
        }
    }

    [Fact]
    public void Limits_on_events_agree_with_integrals()
    {
        foreach (var row in Reference.Numbers("event_limits.csv"))
        {
            (EventLimit.Of(Count(row[0], row[1], row[2]), 0.95).Value!.Value / row[3]).ShouldBe(1, 1e-8, string.Join(' ', row));
        }
    }

    [Fact]
    public void Without_any_event_the_limit_is_ln_20_whatever_the_background() =>
        EventLimit.Of(Count(5, 0, 0), 0.95).Value!.Value.ShouldBe(Math.Log(20), 1e-9);

    [Fact]
    public void Between_whole_counts_everything_is_linear()
    {
        var background = new BackgroundDistribution(140, 0.01, 150);
        background.AtMost(130.25).ShouldBe((0.75 * background.AtMost(130)) + (0.25 * background.AtMost(131)), 1e-15);
        background.AtMost(-0.5).ShouldBe(0.5 * background.AtMost(0), 1e-15);
        background.AtMost(-1).ShouldBe(0);
        var between = EventLimit.Of(Count(140, 0.1, 140.5), 0.95).Value!.Value;
        between.ShouldBeInRange(
            EventLimit.Of(Count(140, 0.1, 140), 0.95).Value!.Value, EventLimit.Of(Count(140, 0.1, 141), 0.95).Value!.Value);
    }

    [Fact]
    public void What_cannot_be_computed_has_a_reason()
    {
        EventLimit.Of(Count(1e5, 0, 10), 0.95).Reason!.ShouldContain("no background fluctuation");
        EventLimit.Of(new PassingCount(Measured.Undefined("diverged"), InjectionToy.Expected), 0.95).Reason.ShouldBe("diverged");
    }
}
