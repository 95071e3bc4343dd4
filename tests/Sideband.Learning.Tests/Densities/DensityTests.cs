using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Densities;
using Sideband.Learning.Networks;
using Sideband.Learning.Tests.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>What every kind of density promises.</summary>
public class DensityTests
{
    public static TheoryData<DensityKind> Kinds => [DensityKind.FlowMatching, DensityKind.Maf, DensityKind.Spline];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Log_density_integrates_to_one(DensityKind kind)
    {
        var density = Toys.Fit(kind);
        var (features, _) = Toys.Events(6000);
        var sum = 0.0;
        const int Points = 160;
        var (x, mass) = (new[] { new float[Points * Points], new float[Points * Points] }, new double[Points * Points]);
        Array.Fill(mass, 3.7);

        // Midpoints of a grid over the fitted range, outside of which the density is 0.
        double[] low = [features[0].Min(), features[1].Min()];
        double[] step = [(features[0].Max() - low[0]) / Points, (features[1].Max() - low[1]) / Points];
        for (var i = 0; i < mass.Length; i++)
        {
            x[0][i] = (float)(low[0] + (step[0] * (0.5 + (i / Points))));
            x[1][i] = (float)(low[1] + (step[1] * (0.5 + (i % Points))));
        }

        var log = new double[mass.Length];
        density.LogDensity(x, mass, log);
        foreach (var value in log)
        {
            sum += Math.Exp(value) * step[0] * step[1];
        }

        // The grid itself is good to 1e-3; flow matching integrates x and the Jacobian with an error of 1e-3.
        sum.ShouldBe(1, 4e-3);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_latent_map_has_an_inverse(DensityKind kind)
    {
        var density = Toys.Fit(kind, dimensions: 4);
        var (features, mass) = Toys.Events(500, dimensions: 4, seed: 9);
        var latent = density.ToLatent(features, mass);
        var back = density.FromLatent(latent, mass);
        var inside = 0;
        for (var i = 0; i < mass.Length; i++)
        {
            if (float.IsNaN(latent[0][i]))
            {
                continue;
            }

            inside++;
            for (var f = 0; f < 4; f++)
            {
                // Single precision through a few layers (MAF); the solver's 1e-3 in standardised units (flow matching),
                // in the tails a few times that.
                var scale = f == 0 ? 50 : 0.2;
                ((double)back[f][i]).ShouldBe(features[f][i], scale * (kind == DensityKind.FlowMatching ? 2e-2 : 1e-4));
            }
        }

        inside.ShouldBeGreaterThan(480);
    }

    [Fact]
    public void Flow_matching_keeps_its_last_pass_though_the_loss_was_less_before()
    {
        // So few events that the loss is least long before the end.
        var (features, mass) = Toys.Events(300);
        DensityFit Fit(DensityOptions options) =>
            DensityTrainer.Fit(options, features, mass, RandomStream.For(5), 1, CancellationToken.None);
        static int Best(DensityFit fit) => Enumerable.Range(0, fit.ValidationLoss.Count).MinBy(pass => fit.ValidationLoss[pass]);
        var options = Toys.Small(DensityKind.FlowMatching) with { PooledEpochs = 1, Epochs = 30, BatchSize = 32 };
        var falling = Fit(options);
        falling.PooledEpochs.ShouldBe([29]);
        Best(falling).ShouldBeLessThan(29);
        var plateau = Fit(options with { Schedule = LearningRateSchedule.Plateau });
        plateau.PooledEpochs.ShouldBe([Best(plateau)]);
        Best(plateau).ShouldBeLessThan(29);
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_Jacobian_is_that_of_finite_differences(DensityKind kind)
    {
        // One member: the density is then that of the latent map.
        var (features, mass) = Toys.Events(4000);
        var options = Toys.Small(kind) with { PooledEpochs = 1, SolverTolerance = 1e-5 };
        var density = DensityTrainer.Fit(options, features, mass, RandomStream.For(5), 1, CancellationToken.None).Density!;
        var (x, m) = Toys.Events(40, seed: 3);
        var log = new double[40];
        density.LogDensity(x, m, log);
        float[] steps = [0.5f, 2e-3f];
        float[][] Shift(int feature, int sign) =>
            density.ToLatent([.. x.Select((column, f) => column.Select(v => f == feature ? v + (sign * steps[f]) : v).ToArray())], m);
        var z = density.ToLatent(x, m);
        var (a, b, c, d) = (Shift(0, 1), Shift(0, -1), Shift(1, 1), Shift(1, -1));
        for (var i = 0; i < 40; i++)
        {
            double Slope(float[][] high, float[][] low, int latent, int feature) =>
                (high[latent][i] - low[latent][i]) / (2.0 * steps[feature]);
            var determinant = (Slope(a, b, 0, 0) * Slope(c, d, 1, 1)) - (Slope(c, d, 0, 1) * Slope(a, b, 1, 0));
            var expected = Math.Log(Math.Abs(determinant)) - (0.5 * ((z[0][i] * z[0][i]) + (z[1][i] * z[1][i]))) - Math.Log(2 * Math.PI);
            if (double.IsFinite(expected))
            {
                // Steps of a hundredth of the spread; second order, and rounding 1e-6/1e-2. ReLU has kinks.
                log[i].ShouldBe(expected, 2e-2);
            }
        }
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Outside_of_the_fitted_range_the_density_is_zero_and_the_latent_variable_no_number(DensityKind kind)
    {
        var density = Toys.Fit(kind);
        float[][] x = [[0, 1e6f, float.NaN], [0.1f, 0.1f, 0.1f]];
        double[] mass = [4, 4, 4];
        var log = new double[3];
        density.LogDensity(x, mass, log);
        double.IsFinite(log[0]).ShouldBeTrue();
        log[1].ShouldBe(double.NegativeInfinity);
        log[2].ShouldBe(double.NegativeInfinity);
        var latent = density.ToLatent(x, mass);
        float.IsFinite(latent[1][0]).ShouldBeTrue();
        float.IsNaN(latent[0][1]).ShouldBeTrue();
        float.IsNaN(latent[1][2]).ShouldBeTrue();
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Saved_and_loaded_bit_for_bit(DensityKind kind)
    {
        var density = Toys.Fit(kind);
        using var file = new MemoryStream();
        density.Save(file);
        file.Position = 0;
        var loaded = ConditionalDensities.Load(file);
        double[] mass = [.. Enumerable.Range(0, 300).Select(i => 3 + (i / 150.0))];
        Hash(loaded, mass).ShouldBe(Hash(density, mass));

        file.SetLength(file.Length - 10);
        file.Position = 0;
        Should.Throw<InvalidDataException>(() => ConditionalDensities.Load(file)).Message.ShouldBe("a saved density ends too early");
        Should.Throw<InvalidDataException>(() => ConditionalDensities.Load(new MemoryStream([1, 2, 3, 4, 5, 6, 7, 8]))).Message
            .ShouldBe("not a saved density");
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Damaged_densities_are_refused_with_a_reason_and_others_may_follow_in_a_stream(DensityKind kind)
    {
        using var stream = new MemoryStream();
        var density = Toys.Fit(kind, events: 500);
        density.Save(stream);
        var file = stream.ToArray();
        density.Save(stream);
        stream.Position = 0;
        ConditionalDensities.Load(stream);
        stream.Position.ShouldBe(file.Length);
        ConditionalDensities.Load(stream).FeatureCount.ShouldBe(2);
        string? Reason(byte[] changed) => Damage.Reason(changed, damaged => ConditionalDensities.Load(damaged));
        Damage.Flips(file, 100, "density").Select(Reason).ShouldAllBe(reason => reason != null);
        Reason([.. file[..50], (byte)(file[50] ^ 1), .. file[51..]])
            .ShouldBe("a saved density whose bytes were changed: its checksum does not fit");
        Reason([.. file[..4], 4, 0, 0, 0, .. file[8..]]).ShouldBe("a saved density of version 4; this program reads version 7");
    }

    /// <summary>More of the same, with the counts of docs/development/damaged-files.md.</summary>
    [Theory]
    [Trait("Category", "Long")]
    [MemberData(nameof(Kinds))]
    public void Many_damaged_densities_are_refused(DensityKind kind)
    {
        using var stream = new MemoryStream();
        Toys.Fit(kind, events: 500).Save(stream);
        var file = stream.ToArray();
        var cut = Enumerable.Range(0, 70).Select(i => file[..(i * file.Length / 70)]);
        byte[][] copies = [.. cut, .. Damage.Flips(file, 630, "many densities")];
        copies.Select(changed => Damage.Reason(changed, damaged => ConditionalDensities.Load(damaged)))
            .ShouldAllBe(reason => reason != null && !reason.Contains('\n'));
    }

    [Theory]
    [InlineData(DensityKind.FlowMatching, "45D62A0D7FEAA2BC")]
    [InlineData(DensityKind.Spline, "4CEF02E8C1C5D796")]
    [InlineData(DensityKind.Maf, "C64E2BF8B1F39538")]
    public void The_same_bits_with_one_thread_and_two_and_on_every_processor(DensityKind kind, string golden)
    {
        double[] mass = [.. Enumerable.Range(0, 300).Select(i => 3 + (i / 150.0))];
        var one = Hash(Toys.Fit(kind, dimensions: 3, events: 3000), mass);
        Hash(Toys.Fit(kind, dimensions: 3, threads: 2, events: 3000), mass).ShouldBe(one);
        one.ShouldBe(golden);
    }

    // Not splines: they are bounded and do not diverge.
    [Theory]
    [InlineData(DensityKind.FlowMatching)]
    [InlineData(DensityKind.Maf)]
    public void A_training_that_diverges_is_done_again_and_then_reported(DensityKind kind)
    {
        var (features, mass) = Toys.Events(2000);
        var options = Toys.Small(kind) with
        {
            LearningRate = 1,
            GradientClip = 0,
            Epochs = 50,
            Blocks = 12,
            Schedule = Learning.Networks.LearningRateSchedule.Constant,
        };
        var fit = DensityTrainer.Fit(options, features, mass, RandomStream.For(1), 1, CancellationToken.None);
        fit.Succeeded.ShouldBeFalse();
        fit.Failure.ShouldNotBeNull().ShouldContain("not finite");
        fit.Failure.ShouldContain("with another random stream");
    }

    [Fact]
    public void Bad_input_is_a_failure_with_a_reason()
    {
        var (features, mass) = Toys.Events(2000);
        DensityFit Fit(float[][] x, double[] m) =>
            DensityTrainer.Fit(Toys.Small(DensityKind.Maf), x, m, RandomStream.For(1), 1, CancellationToken.None);
        Fit([features[0], new float[2000]], mass).Failure.ShouldBe("feature 2 has the same value in all events");
        Fit([features[0], [.. features[1].Select((v, i) => i == 7 ? float.NaN : v)]], mass).Failure
            .ShouldBe("feature 2 holds a value that is not finite");
        Fit(features, [.. mass.Select((m, i) => i == 3 ? double.NaN : m)]).Failure.ShouldBe("a mass is not finite");
        Fit([[1, 2]], [1, 2]).Failure.ShouldBe("2 events to learn a density from; at least 100 are needed");
        Should.Throw<ArgumentException>(() => (Toys.Small(DensityKind.Maf) with { Epochs = 0 }).Validate()).Message
            .ShouldBe("density option Epochs is 0; allowed: 1 to 10000");
    }

    [Theory]
    [InlineData(866_165, 12)]
    [InlineData(400_000, 12)]
    [InlineData(100_000, 48)]
    [InlineData(50_000, 96)]
    [InlineData(1_000, 96)]
    public void Flow_matching_passes_over_few_events_more_often(int events, int expected) =>
        DensityOptions.Recommended(DensityKind.FlowMatching).EpochsOf(events).ShouldBe(expected);

    [Theory]
    [InlineData(1_000_000, 1024)]
    [InlineData(50_000, 1024)]
    [InlineData(8000, 164)]
    [InlineData(1000, 64)]
    public void Few_events_make_smaller_steps(int events, int expected)
    {
        var options = DensityOptions.Recommended(DensityKind.FlowMatching);
        options.BatchOf(events).ShouldBe(expected);
        (options with { FewEvents = 0 }).BatchOf(events).ShouldBe(options.BatchSize);
        (options with { BatchSize = 32 }).BatchOf(events).ShouldBe(32);
        var other = DensityOptions.Recommended(DensityKind.Maf);
        other.BatchOf(events).ShouldBe(other.BatchSize);
    }

    [Theory]
    [InlineData(866_165, 1)]
    [InlineData(50_000, 1)]
    [InlineData(20_000, 2)]
    [InlineData(8000, 4)]
    public void Few_events_train_several_networks(int events, int expected)
    {
        var options = DensityOptions.Recommended(DensityKind.FlowMatching);
        options.TrainingsOf(events).ShouldBe(expected);
        (options with { FewEvents = 0 }).TrainingsOf(events).ShouldBe(1);
        DensityOptions.Recommended(DensityKind.Maf).TrainingsOf(events).ShouldBe(1);
    }

    [Fact]
    public void The_mean_of_several_networks_is_nearer_to_the_truth()
    {
        // x ~ N(0, 1) at every mass: the mean of ln p of fresh events is -entropy, and less for every learned density.
        static (float[][] Features, double[] Mass) Events(int count, string name)
        {
            var stream = RandomStream.For(3, name);
            var features = new[] { new float[count], new float[count] };
            var mass = new double[count];
            for (var i = 0; i < count; i++)
            {
                (features[0][i], features[1][i]) = ((float)stream.NextGaussian(), (float)stream.NextGaussian());
                mass[i] = stream.NextDouble();
            }

            return (features, mass);
        }

        double LogDensityOfFreshEvents(int trainings)
        {
            var options = Toys.Small(DensityKind.FlowMatching) with
            {
                Epochs = 12,
                FewEvents = 32_000,
                BatchSize = 64,
                PooledEpochs = 1,
                HiddenWidth = 16,
                Trainings = trainings,
            };
            var (features, mass) = Events(1000, "training");
            var fit = DensityTrainer.Fit(options, features, mass, RandomStream.For(1, "fit"), 1, CancellationToken.None);
            using var saved = new MemoryStream();
            fit.Density!.Save(saved);
            saved.Position = 0;
            var density = ConditionalDensities.Load(saved);
            (features, mass) = Events(4000, "fresh");
            var (learned, again) = (new double[mass.Length], new double[mass.Length]);
            fit.Density!.LogDensity(features, mass, learned);
            density.LogDensity(features, mass, again);
            again.ShouldBe(learned);

            // The map from noise and the map to noise are one flow, as those of a single network are.
            var latent = density.ToLatent(features, mass);
            var back = density.FromLatent(latent, mass);
            for (var i = 0; i < mass.Length; i++)
            {
                if (float.IsFinite(latent[0][i]))
                {
                    back[0][i].ShouldBe(features[0][i], 0.05f);
                }
            }

            return learned.Where(double.IsFinite).Average();
        }

        LogDensityOfFreshEvents(4).ShouldBeGreaterThan(LogDensityOfFreshEvents(1));
    }

    [Theory]
    [InlineData(DensityKind.Maf)]
    [InlineData(DensityKind.Spline)]
    public void Published_flows_keep_their_passes(DensityKind kind) =>
        DensityOptions.Recommended(kind).EpochsOf(1_000).ShouldBe(DensityOptions.Recommended(kind).Epochs);

    [Theory]
    [InlineData(96, 20, 40)]
    [InlineData(96, 1, 4)]
    [InlineData(96, 47, 94)]
    [InlineData(96, 48, null)]
    [InlineData(96, 96, null)]
    [InlineData(8, 2, 4)]
    [InlineData(7, 1, null)]
    public void A_training_is_repeated_with_fewer_passes_only(int passes, int best, int? expected) =>
        DensityTrainer.FewerPasses(passes, best).ShouldBe(expected);

    private static string Hash(IConditionalDensity density, double[] mass)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        var x = density.Sample(mass, RandomStream.For(8, "sample"));
        var log = new double[mass.Length];
        density.LogDensity(x, mass, log);
        foreach (var column in x.Concat(density.ToLatent(x, mass)))
        {
            hash.AppendData(MemoryMarshal.AsBytes(column.AsSpan()));
        }

        hash.AppendData(MemoryMarshal.AsBytes(log.AsSpan()));
        return Convert.ToHexString(hash.GetHashAndReset())[..16];
    }
}
