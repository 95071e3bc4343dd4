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
}
