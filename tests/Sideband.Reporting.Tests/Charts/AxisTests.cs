using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Tests.Charts;

public class AxisTests
{
    [Theory]
    [InlineData(0.7, 2e6, "1 10 10² 10³ 10⁴ 10⁵ 10⁶")]
    [InlineData(3, 40, "5 10 20 50")]
    [InlineData(1e-4, 0.1, "10⁻⁴ 10⁻³ 10⁻² 10⁻¹")]
    [InlineData(0.02, 3, "0.02 0.05 0.1 0.2 0.5 1 2")]
    [InlineData(0.01, 4, "10⁻² 10⁻¹ 1")]
    [InlineData(1e-4, 1e12, "10⁻⁴ 10⁻² 1 10² 10⁴ 10⁶ 10⁸ 10¹⁰ 10¹²")]
    public void Ticks_of_a_logarithmic_axis_are_few_and_round(double low, double high, string expected)
    {
        var axis = Axis.LogarithmicAround("", [low, high], 1e-9);
        axis.Low.ShouldBeLessThan(low);
        axis.High.ShouldBeGreaterThan(high);
        axis.Ticks.ShouldAllBe(tick => tick >= axis.Low * 0.99 && tick <= axis.High * 1.01);
        string.Join(' ', Axis.Logarithmic("", low, high * 1.3).Labels()).ShouldBe(expected);
    }

    [Theory]
    [InlineData(-1.3, 7.4, 6, "−1 0 1 2 3 4 5 6 7")]
    [InlineData(-0.012, 0.031, 5, "−0.01 0.00 0.01 0.02 0.03")]
    [InlineData(2900, 4100, 7, "3000 3200 3400 3600 3800 4000")]
    [InlineData(0, 150_000, 3, "0 50,000 100,000 150,000")]
    [InlineData(5, 5, 5, "5 6 7 8 9 10")]
    public void Ticks_of_a_linear_axis_are_1_2_or_5_times_a_power_of_ten(double low, double high, int count, string expected) =>
        string.Join(' ', Axis.Linear("", low, high, count).Labels()).ShouldBe(expected);

    [Fact]
    public void A_nice_axis_ends_at_ticks()
    {
        var axis = Axis.Linear("", -0.13, 0.42, isNice: true);
        (axis.Low, axis.High).ShouldBe((-0.2, 0.5));
        axis.Ticks.ShouldBe([-0.2, -0.1, 0, 0.1, 0.2, 0.3, 0.4, 0.5]);
    }
}
