using Sideband.Inference.Metrics;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>
/// A density of seven features with repeated values or hard edges, learned outside of a window of the mass
/// and drawn inside of it.
/// </summary>
public class RepeatedClosureTests
{
    private const int Drawn = 20_000;

    private static readonly DensityOptions Tiny = new() { Epochs = 10, FewEvents = 0, HiddenWidth = 32, Blocks = 3, BatchSize = 256 };

    private static readonly (float[][] Features, double[] Mass) Learned = RepeatedToys.Events(20_000, "learned", mass => !InWindow(mass));

    private static readonly DensityFit Fit =
        DensityTrainer.Fit(Tiny, Learned.Features, Learned.Mass, RandomStream.For(5), 2, CancellationToken.None);

    private static readonly (float[][] Features, double[] Mass) Truth = RepeatedToys.Events(Drawn, "truth", InWindow);

    private static readonly float[][] Samples =
        Fit.Density!.Sample(RepeatedToys.Events(Drawn, "masses", InWindow).Mass, RandomStream.For(6));

    [Fact]
    public void No_event_leaves_the_training() => Fit.Undescribed.ShouldBe(0);

    [Theory]
    [InlineData(RepeatedToys.Counts)]
    [InlineData(RepeatedToys.Flag)]
    [InlineData(RepeatedToys.Zeros)]
    [InlineData(RepeatedToys.Sentinel)]
    [InlineData(RepeatedToys.BothEnds)]
    public void Values_are_drawn_exactly_and_as_often_as_they_are_in_the_window(int feature)
    {
        Samples[feature].ShouldAllBe(x => float.IsFinite(x));
        var (chi2, values) = (0.0, 0);
        foreach (var group in Truth.Features[feature].GroupBy(x => x).Where(group => group.Count() >= 20))
        {
            var (expected, drawn) = (group.Count(), Samples[feature].Count(x => x == group.Key));
            var smeared = 0.05 * expected;
            chi2 += (drawn - expected) * (double)(drawn - expected) / (drawn + expected + (smeared * smeared));
            values++;
        }

        // So hurried a density is good to 5 % of a value; beyond that the 99.9 % point of twelve values is 33, of one 11.
        values.ShouldBeGreaterThan(0);
        chi2.ShouldBeLessThan(9 + (2.2 * values));
        if (feature is RepeatedToys.Counts or RepeatedToys.Flag)
        {
            Samples[feature].Except(Learned.Features[feature]).ShouldBeEmpty();
        }
    }

    [Theory]
    [InlineData(RepeatedToys.Counts)]
    [InlineData(RepeatedToys.Flag)]
    [InlineData(RepeatedToys.Zeros)]
    [InlineData(RepeatedToys.Sentinel)]
    [InlineData(RepeatedToys.BothEnds)]
    [InlineData(RepeatedToys.Uniform)]
    [InlineData(RepeatedToys.Exponential)]
    public void Cumulative_distributions_agree_in_the_window(int feature)
    {
        // 0.0136 is the 95 % point of two such samples; the hurried density adds some.
        KolmogorovSmirnov.Statistic(Truth.Features[feature], Samples[feature]).ShouldBeLessThan(0.03);
    }

    [Fact]
    public void Cuts_pass_as_many_drawn_events_as_true_ones()
    {
        static bool[] Cuts(float[][] x, int i) =>
        [
            x[RepeatedToys.Counts][i] >= 8,
            x[RepeatedToys.Flag][i] == 1 && x[RepeatedToys.Uniform][i] > 0.9f,
            x[RepeatedToys.Zeros][i] == 0 && x[RepeatedToys.Sentinel][i] == RepeatedToys.Missing,
            x[RepeatedToys.Uniform][i] < 0.02f,
            x[RepeatedToys.Exponential][i] < 0.02f,
            x[RepeatedToys.BothEnds][i] == 1 && x[RepeatedToys.Exponential][i] > 1,
        ];

        var (observed, expected) = (new double[6], new double[6]);
        for (var i = 0; i < Drawn; i++)
        {
            var (truth, drawn) = (Cuts(Truth.Features, i), Cuts(Samples, i));
            for (var cut = 0; cut < truth.Length; cut++)
            {
                observed[cut] += truth[cut] ? 1 : 0;
                expected[cut] += drawn[cut] ? 1 : 0;
            }
        }

        for (var cut = 0; cut < observed.Length; cut++)
        {
            // delta_sys of a cut: three standard deviations of both counts, and a tenth for the hurried density.
            var delta = (observed[cut] - expected[cut]) / expected[cut];
            var error = Math.Sqrt((1 / observed[cut]) + (1 / expected[cut]));
            Math.Abs(delta).ShouldBeLessThan(0.1 + (3 * error), $"cut {cut}");
        }
    }

    [Fact]
    public void Drawn_events_have_a_density_and_a_latent_variable_and_come_back_from_it_onto_their_values()
    {
        float[][] some = [.. Samples.Select(column => column[..2000])];
        var mass = Truth.Mass[..2000];
        var log = new double[2000];
        Fit.Density!.LogDensity(some, mass, log);
        log.ShouldAllBe(value => double.IsFinite(value));
        var latent = Fit.Density.ToLatent(some, mass);
        latent.ShouldAllBe(column => column.All(float.IsFinite));
        var back = Fit.Density.FromLatent(latent, mass);
        foreach (var feature in (int[])[RepeatedToys.Counts, RepeatedToys.Flag])
        {
            // The solver's error of 1e-3 carries an event over the edge of its interval now and then.
            back[feature].Zip(some[feature]).Count(pair => pair.First != pair.Second).ShouldBeLessThan(40);
        }
    }

    [Fact]
    public void Equal_events_do_not_share_a_place_and_another_call_gives_the_same_places()
    {
        float[][] equal = [.. Samples.Select(column => Enumerable.Repeat(column[0], 50).ToArray())];
        double[] mass = [.. Enumerable.Repeat(3.5, 50)];
        var latent = Fit.Density!.ToLatent(equal, mass);
        latent[RepeatedToys.Counts].Distinct().Count().ShouldBe(50);
        Fit.Density.ToLatent(equal, mass)[RepeatedToys.Counts].ShouldBe(latent[RepeatedToys.Counts]);
    }

    [Fact]
    public void One_thread_and_two_give_the_same_bits_and_a_saved_density_too()
    {
        var hurried = Tiny with { Epochs = 1 };
        IConditionalDensity Of(int threads) =>
            DensityTrainer.Fit(hurried, Learned.Features, Learned.Mass, RandomStream.For(5), threads, CancellationToken.None).Density!;
        var (one, two) = (Of(1), Of(2));
        using var stream = new MemoryStream();
        one.Save(stream);
        stream.Position = 0;
        var read = ConditionalDensities.Load(stream);
        var mass = Truth.Mass[..1000];
        foreach (var feature in (int[])[RepeatedToys.Zeros, RepeatedToys.Exponential])
        {
            var samples = one.Sample(mass, RandomStream.For(6))[feature];
            two.Sample(mass, RandomStream.For(6))[feature].ShouldBe(samples);
            read.Sample(mass, RandomStream.For(6))[feature].ShouldBe(samples);
        }
    }

    private static bool InWindow(double mass) => mass is >= 3.7 and < 4.3;
}
