namespace Sideband.Numerics.Tests;

public class NormalDistributionTests
{
    // Python 3.11: statistics.NormalDist().inv_cdf(p).
    [Theory]
    [InlineData(1e-300, -37.0470962993612)]
    [InlineData(1e-20, -9.262340089798405)]
    [InlineData(1e-9, -5.9978070150076865)]
    [InlineData(0.001, -3.090232306167813)]
    [InlineData(0.0749, -1.4402382675279632)]
    [InlineData(0.076, -1.4325027208258114)]
    [InlineData(0.3, -0.5244005127080407)]
    [InlineData(0.7, 0.5244005127080407)]
    [InlineData(0.95, 1.6448536269514715)]
    [InlineData(0.9999, 3.7190164854557084)]
    [InlineData(1 - 1e-12, 7.0344869100478356)]
    public void Quantiles_are_those_of_Python(double p, double x) => NormalDistribution.Quantile(p).ShouldBe(x, 4e-15 * Math.Abs(x));

    [Fact]
    public void The_ends()
    {
        NormalDistribution.Quantile(0.5).ShouldBe(0);
        NormalDistribution.Quantile(0).ShouldBe(double.NegativeInfinity);
        NormalDistribution.Quantile(1).ShouldBe(double.PositiveInfinity);
        NormalDistribution.Quantile(-0.1).ShouldBe(double.NaN);
        NormalDistribution.Quantile(1.1).ShouldBe(double.NaN);
        NormalDistribution.Quantile(double.NaN).ShouldBe(double.NaN);
    }

    [Fact]
    public void Upper_tail_agrees_with_120_digits()
    {
        // z^2 / 2 = 684 at z = 37 loses three digits in a plain exponential; 1e-13 shows that they are kept.
        foreach (var row in NumericsReference.Rows("normal_tail.csv"))
        {
            (NormalDistribution.UpperTail(row[0]) / row[1]).ShouldBe(1, 1e-13, $"z = {row[0]}");
        }
    }

    [Fact]
    public void Upper_tail_has_its_limits()
    {
        NormalDistribution.UpperTail(double.PositiveInfinity).ShouldBe(0);
        NormalDistribution.UpperTail(double.NegativeInfinity).ShouldBe(1);
        NormalDistribution.UpperTail(40).ShouldBe(0);
    }

    [Fact]
    public void Quantile_and_tail_are_inverse()
    {
        for (var z = -5.0; z <= 8; z += 0.37)
        {
            NormalDistribution.Quantile(NormalDistribution.UpperTail(z)).ShouldBe(-z, 1e-9);
        }
    }

    [Theory]
    [InlineData(5, 2.866515718791939e-7)]
    [InlineData(38, 1e-300)]
    [InlineData(56.5, 1e-300)] // the tail is below the smallest double
    [InlineData(-50, 1)]
    public void A_p_value_is_never_0(double z, double expected) => NormalDistribution.PValue(z).ShouldBe(expected, 1e-12 * expected);
}
