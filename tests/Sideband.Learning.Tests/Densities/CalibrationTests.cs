using Sideband.Inference.Metrics;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>
/// Features with a narrow peak: a distance of jets with its peak at pi and an edge that moves with the mass,
/// and a window without events.
/// </summary>
public class CalibrationTests
{
    private const int Events = 120_000;
    private const double Peak = 3.14;

    /// <summary>One hurried pass of a small network, far from what it should learn.</summary>
    private static readonly DensityOptions Hurried = new() { Epochs = 1, FewEvents = 0, HiddenWidth = 16, Blocks = 1 };

    private static readonly (float[][] Features, double[] Mass) Learned = Draw(Events, "learned");

    private static readonly DensityFit Fit =
        DensityTrainer.Fit(Hurried, Learned.Features, Learned.Mass, RandomStream.For(5), 2, CancellationToken.None);

    [Fact]
    public void A_hurried_density_draws_the_edge_where_it_is_in_the_window()
    {
        var (truth, mass) = Draw(60_000, "truth", window: true);
        var samples = Fit.Density!.Sample(mass, RandomStream.For(6));

        // Of two samples of this size 0.0079 is the 95 % point; without the calibration it was 0.12.
        KolmogorovSmirnov.Statistic(truth[0], samples[0]).ShouldBeLessThan(0.012);
    }

    [Fact]
    public void The_density_still_integrates_to_one_and_its_latent_map_has_an_inverse()
    {
        DensityIntegral.Of(Fit.Density!, Learned.Features, 3.5, 400).ShouldBe(1, 0.01);

        var (some, at) = Draw(200, "some");
        var back = Fit.Density!.FromLatent(Fit.Density.ToLatent(some, at), at);
        for (var i = 0; i < at.Length; i++)
        {
            back[0][i].ShouldBe(some[0][i], 5e-3f);
            back[1][i].ShouldBe(some[1][i], 2e-2f);
        }
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits_and_a_saved_density_too()
    {
        var one = DensityTrainer.Fit(Hurried, Learned.Features, Learned.Mass, RandomStream.For(5), 1, CancellationToken.None).Density!;
        using var stream = new MemoryStream();
        one.Save(stream);
        stream.Position = 0;
        var read = ConditionalDensities.Load(stream);
        var mass = Learned.Mass[..1000];
        var samples = Fit.Density!.Sample(mass, RandomStream.For(6));
        one.Sample(mass, RandomStream.For(6))[0].ShouldBe(samples[0]);
        read.Sample(mass, RandomStream.For(6))[0].ShouldBe(samples[0]);
    }

    /// <summary>There a curve through the quantiles is steered by next to nothing beyond the end.</summary>
    [Fact]
    public void It_fades_at_the_ends_of_the_mass()
    {
        var plain = ((StandardisedDensity)Fit.Density!).With(LogitStandardisation.Fit(Learned.Features).Fitted!);
        double Moved(double mass)
        {
            double[] masses = [.. Enumerable.Repeat(mass, 2000)];
            return Fit.Density!.Sample(masses, RandomStream.For(6))[0]
                .Zip(plain.Sample(masses, RandomStream.For(6))[0], (x, y) => (double)Math.Abs(x - y))
                .Average();
        }

        var sorted = Learned.Mass.Order().ToArray();
        var middle = Moved(3.5);
        middle.ShouldBeGreaterThan(0.01);
        Moved(sorted[0]).ShouldBeLessThan(0.1 * middle);
        Moved(sorted[^1]).ShouldBeLessThan(0.1 * middle);
    }

    [Fact]
    public void Quantiles_go_on_across_the_window()
    {
        double[] values = [.. Learned.Features[0].Select(x => (double)x)];
        double[] nodes = [2.6, 3.4, 3.5, 3.6, 4.4];
        var quantiles = ConditionalQuantiles.At(values, Learned.Mass, Peak, ConditionalQuantiles.GroupEvents(Events), nodes);
        for (var node = 0; node < nodes.Length; node++)
        {
            quantiles[node].ShouldBe(quantiles[node].Order());

            // Half of the events lie below the peak's place, the highest a little below the edge.
            quantiles[node][16].ShouldBe(Peak, 0.02);
            quantiles[node][^2].ShouldBe(Edge(nodes[node]), 0.02);
        }
    }

    [Fact]
    public void The_map_has_an_inverse_and_the_slope_of_finite_differences()
    {
        var map = new MarginalCalibration([3, 4], [[-1, 0, 1, 2], [-2, 0, 1, 3]], [[-1.5, 0.2, 1, 2.1], [-1.5, -0.2, 1.5, 3]]);
        using var stream = new MemoryStream();
        map.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var read = MarginalCalibration.Load(new BinaryReader(stream));
        foreach (var mass in (double[])[2.5, 3, 3.3, 4, 4.2])
        {
            for (var y = -2.97; y < 4; y += 0.1)
            {
                var drawn = map.ToDrawn(y, mass, out var slope);
                map.ToLearned(drawn, mass).ShouldBe(y, 1e-12);
                slope.ShouldBe((map.ToDrawn(y + 1e-7, mass, out _) - drawn) / 1e-7, 1e-5);
                read.ToDrawn(y, mass, out _).ShouldBe(drawn);
            }
        }
    }

    private static double Edge(double mass) => 3.3 + (0.5 * (mass - 2.5));

    /// <summary>
    /// Half of the events in the peak's lower side, a quarter in its upper one, a quarter evenly from there to the edge;
    /// the other feature is a normal number.
    /// </summary>
    private static (float[][] Features, double[] Mass) Draw(int events, string name, bool window = false)
    {
        var stream = RandomStream.For(11, name);
        var (features, mass) = (new[] { new float[events], new float[events] }, new double[events]);
        for (var i = 0; i < events; i++)
        {
            do
            {
                mass[i] = 2.5 - (0.7 * Math.Log(1 - (0.95 * stream.NextDouble())));
            }
            while (window != mass[i] is >= 3.3 and < 3.7);

            var u = stream.NextDouble();
            var width = 0.03 * Math.Abs(stream.NextGaussian());
            features[0][i] = (float)(u < 0.5 ? Peak - (4 * width)
                : u < 0.75 ? Peak + Math.Min(width, 0.1)
                : Peak + ((Edge(mass[i]) - Peak) * stream.NextDouble()));
            features[1][i] = (float)stream.NextGaussian();
        }

        return (features, mass);
    }
}
