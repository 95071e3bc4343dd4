namespace Sideband.Numerics.Tests;

public class PoissonSamplingTests
{
    private const int Draws = 40_000;

    [Theory]
    [InlineData(0.3)]
    [InlineData(5.0)]
    [InlineData(11.9)]
    [InlineData(12.0)]
    [InlineData(40.0)]
    [InlineData(3000.0)]
    public void Counts_follow_the_Poisson_distribution(double mean)
    {
        var stream = RandomStream.For(1, "poisson");
        double[] counts = [.. Enumerable.Range(0, Draws).Select(_ => stream.NextPoisson(mean))];
        Array.Sort(counts);
        counts.ShouldAllBe(count => count >= 0 && count == Math.Floor(count));
        var distance = 0.0;
        for (var quantile = 1; quantile < 40; quantile++)
        {
            var count = counts[quantile * Draws / 40];
            var below = counts.Count(c => c < count) / (double)Draws;
            distance = Math.Max(distance, Math.Abs(below - (count == 0 ? 0 : IncompleteGamma.Upper(count, mean))));
        }

        // Kolmogorov-Smirnov: 1.95/sqrt(n) is exceeded in 0.1 %.
        distance.ShouldBeLessThan(1.95 / Math.Sqrt(Draws));
    }

    [Fact]
    public void Ends()
    {
        var stream = RandomStream.For(1, "ends");
        stream.NextPoisson(0).ShouldBe(0);
        Should.Throw<ArgumentOutOfRangeException>(() => stream.NextPoisson(-1));
        Should.Throw<ArgumentOutOfRangeException>(() => stream.NextPoisson(double.PositiveInfinity));
    }
}
