namespace Sideband.Numerics.Tests;

/// <summary>Limits are the doubles nearest to decimal numbers, at every size that decimals hold.</summary>
public class DecimalLimitsTests
{
    [Fact]
    public void Sums_differences_and_edges_are_the_nearest_doubles()
    {
        DecimalLimits.Sum(3.7, 0.2).ShouldBe(3.9);
        DecimalLimits.Difference(3.7, 3.3).ShouldBe(0.4);
        DecimalLimits.Edge(2.6, 3.3, 8, 35).ShouldBe(2.76);
        DecimalLimits.Widths(3.05, 3.3, 0.02).ShouldBe(12.5);
        for (var i = 0; i <= 3700; i++)
        {
            DecimalLimits.Edge(2.3, 6, i, 3700).ShouldBe((2300 + i) / 1000.0);
            DecimalLimits.Edge(-2300, 1400, i, 3700).ShouldBe(i - 2300);
        }
    }

    [Fact]
    public void The_ends_are_the_ranges_own()
    {
        var (low, high) = (Math.BitIncrement(3.3), Math.BitDecrement(3.7));
        DecimalLimits.Edge(low, high, 0, 7).ShouldBe(low);
        DecimalLimits.Edge(low, high, 7, 7).ShouldBe(high);
    }

    [Theory]
    [InlineData(1e-30)]
    [InlineData(1e20)]
    [InlineData(1e90)]
    public void What_no_decimal_holds_is_computed_in_binary(double unit)
    {
        DecimalLimits.Sum(3 * unit, 2 * unit).ShouldBe(5 * unit, 1e-15 * unit);
        DecimalLimits.Edge(2 * unit, 4 * unit, 1, 4).ShouldBe(2.5 * unit, 1e-15 * unit);
        DecimalLimits.Widths(2 * unit, 4 * unit, 0.5 * unit).ShouldBe(4, 1e-12);
    }
}
