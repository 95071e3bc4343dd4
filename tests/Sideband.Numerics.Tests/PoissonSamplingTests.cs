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
    public void Counts_of_the_largest_mean_still_have_its_spread()
    {
        const double mean = 1e15;
        var stream = RandomStream.For(1, "huge");
        double[] pulls = [.. Enumerable.Range(0, Draws).Select(_ => (stream.NextPoisson(mean) - mean) / Math.Sqrt(mean))];

        // Five standard errors of mean, variance and fourth moment of a standard normal.
        pulls.Average().ShouldBe(0, 5 / Math.Sqrt(Draws));
        pulls.Average(z => z * z).ShouldBe(1, 5 * Math.Sqrt(2.0 / Draws));
        pulls.Average(z => z * z * z * z).ShouldBe(3, 5 * Math.Sqrt(96.0 / Draws));
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
