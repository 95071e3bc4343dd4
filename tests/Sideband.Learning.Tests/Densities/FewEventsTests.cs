using Sideband.Inference.Metrics;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>
/// Densities of few events: a smooth feature with two peaks, one with a tail, which depend on each other and on the mass, learned in one
/// hurried pass.
/// </summary>
public class FewEventsTests
{
    private const int Events = 8000;

    private static readonly DensityOptions Hurried = new() { Epochs = 1, FewEvents = 0, HiddenWidth = 16, Blocks = 1, BatchSize = 64 };

    private static readonly (float[][] Features, double[] Mass) Learned = Draw(Events, "learned");

    private static readonly DensityFit Fit =
        DensityTrainer.Fit(Hurried, Learned.Features, Learned.Mass, RandomStream.For(5), 2, CancellationToken.None);

    [Fact]
    public void Even_a_hurried_density_draws_the_marginals_that_it_learned()
    {
        double[] mass = [.. Enumerable.Range(0, 10 * Events).Select(i => Learned.Mass[i % Events])];
        var samples = Fit.Density!.Sample(mass, RandomStream.For(6));
        for (var f = 0; f < 2; f++)
        {
            // Of one sample of 8000 events the distribution is known within 0.015: this is the same sample, and what a curve smooths.
            KolmogorovSmirnov.Statistic(Learned.Features[f], samples[f]).ShouldBeLessThan(0.01);
        }
    }

    [Fact]
    public void It_integrates_to_one_and_its_latent_map_has_an_inverse()
    {
        DensityIntegral.Of(Fit.Density!, Learned.Features, 0.5, 500).ShouldBe(1, 0.01);

        var (some, at) = Draw(200, "some");
        var back = Fit.Density!.FromLatent(Fit.Density.ToLatent(some, at), at);
        var inside = 0;
        for (var i = 0; i < at.Length; i++)
        {
            if (!float.IsNaN(back[0][i]))
            {
                inside++;
                back[0][i].ShouldBe(some[0][i], 0.02f);
                back[1][i].ShouldBe(some[1][i], 0.02f);
            }
        }

        inside.ShouldBeGreaterThan(190);
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
        one.Sample(mass, RandomStream.For(6)).ShouldBe(samples);
        read.Sample(mass, RandomStream.For(6)).ShouldBe(samples);
    }

    [Theory]
    [InlineData(1999, false)]
    [InlineData(2000, true)]
    [InlineData(49_999, true)]
    [InlineData(50_000, false)]
    public void Smooth_features_are_made_normal_where_events_are_few(int events, bool normal)
    {
        var (features, mass) = Draw(events, "limits");
        FittingData.Of(features, mass, 0.1, RandomStream.For(1)).Data!.Scaling.IsTransformed.ShouldBe(normal);
    }

    [Fact]
    public void What_is_drawn_that_has_no_spread_or_is_no_number_is_not_calibrated()
    {
        float[] drawn = [.. Enumerable.Range(0, 50_000).Select(i => (float)NormalDistribution.Quantile((i + 0.5) / 50_000))];
        var curve = DrawnQuantiles.Of(drawn)!;
        curve.Forward(1.1, out var slope).ShouldBe(1.1, 2e-3);
        slope.ShouldBe(1, 0.02);
        DrawnQuantiles.Of([.. drawn.Select(_ => 1f)]).ShouldBeNull();
        DrawnQuantiles.Of([.. drawn[1..], float.NaN]).ShouldBeNull();
        DrawnQuantiles.Of([.. drawn[1..], float.PositiveInfinity]).ShouldBeNull();
    }

    private static (float[][] Features, double[] Mass) Draw(int events, string stream)
    {
        var random = RandomStream.For(3, stream);
        var (x, mass) = (new[] { new float[events], new float[events] }, new double[events]);
        for (var i = 0; i < events; i++)
        {
            mass[i] = random.NextDouble();
            var common = random.NextGaussian();
            x[0][i] = (float)((random.NextDouble() < 0.4 ? -2 : 2) + (0.5 * common) + (0.5 * random.NextGaussian()) + mass[i]);
            x[1][i] = (float)Math.Exp((0.4 * common) + (0.3 * random.NextGaussian()));
        }

        return (x, mass);
    }
}
