using Sideband.Numerics;

namespace Sideband.Events.Tests;

public class FeatureMassCorrelationTests
{
    [Fact]
    public void Only_events_in_the_intervals_count()
    {
        double[] mass = [1, 2, 3, 4, 5, 6];
        float[] x = [1, 2, 100, -100, 5, 6];
        var correlations = FeatureMassCorrelation.Of(Table(mass, x, new float[6]), [new(0, 2.5), new(4.5, 7)]);
        correlations.ShouldBe([new("f0", 1), new("f1", null)]);
    }

    [Fact]
    public void A_large_mean_costs_no_digits()
    {
        // x = 1e6 + mass + noise of the same width: rho = 1/sqrt(2) in the mean; single precision rounds x to 0.06, hence width 100.
        var random = RandomStream.For(1, "correlation");
        var mass = Enumerable.Range(0, 100_000).Select(_ => 100 * random.NextGaussian()).ToArray();
        var x = mass.Select(m => (float)(1e6 + m + (100 * random.NextGaussian()))).ToArray();
        var rho = FeatureMassCorrelation.Of(Table(mass, x), [new(-1e9, 1e9)])[0].Pearson!.Value;

        // Five standard errors, (1 - rho^2)/sqrt(n).
        rho.ShouldBe(Math.Sqrt(0.5), 5 * 0.5 / Math.Sqrt(mass.Length));
    }

    private static EventTable Table(double[] mass, params float[][] features) => new(
        "mjj",
        mass,
        [.. features.Select((_, i) => $"f{i}")],
        features,
        [EventSource.Simulated("test")],
        new short[mass.Length],
        [.. Enumerable.Range(0, mass.Length)]);
}
