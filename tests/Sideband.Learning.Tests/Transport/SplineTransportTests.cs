using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Networks;
using Sideband.Learning.Tests.Networks;
using Sideband.Learning.Transport;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Transport;

/// <summary>Coupling splines that carry sources to targets, learned under a density of the sources.</summary>
public unsafe class SplineTransportTests
{
    /// <summary>Linear Gaussians need no more than a small MAF as base.</summary>
    private static readonly TransportOptions Small = TransportOptions.Recommended(TransportKind.Spline) with
    {
        Epochs = 16,
        FewEvents = 0,
        BatchSize = 256,
        LearningRate = 3e-3,
        Blocks = 2,
        HiddenWidth = 16,
        Base = DensityOptions.Recommended(DensityKind.Maf) with
        {
            Epochs = 16,
            LearningRate = 3e-3,
            Schedule = LearningRateSchedule.Cosine,
            Blocks = 2,
            HiddenWidth = 16,
            PooledEpochs = 1,
        },
    };

    [Fact]
    public void Sources_get_the_targets_distribution_at_every_mass_also_where_nothing_was_learned()
    {
        // x ~ N(m, 1) is carried to x ~ N(1 - m/2, 0.5); the sources are known everywhere, the targets outside of |m| < 0.3.
        var (source, target) = (Normal(20_000, "source", gap: 0, m => m, 1), Normal(20_000, "target", gap: 0.3, m => 1 - (0.5 * m), 0.5));
        var fit = TransportTrainer.AtOneMass(Small, source, target, 0, RandomStream.For(3), 2, CancellationToken.None);
        fit.Failure.ShouldBeNull();
        fit.Transport!.Kind.ShouldBe(TransportKind.Spline);
        foreach (var m in new[] { -0.8, 0, 0.7 })
        {
            var sources = Normal(20_000, "judged", gap: 0, _ => m, 1);
            double[] masses = [.. Enumerable.Repeat(m, sources.Mass.Length)];
            ShouldBeNormal(fit.Transport.Map(sources.Features, masses)[0], 1 - (0.5 * m), 0.5, 0.04);
        }
    }

    [Fact]
    public void Events_are_carried_from_mass_to_mass()
    {
        // x ~ N(m, 1): the image of an event of mass m at m' has the distribution N(m', 1), also for an m' inside of the gap.
        var sample = Normal(20_000, "sidebands", gap: 0.3, m => m, 1);
        var fit = TransportTrainer.FromMassToMass(Small, sample, 0, RandomStream.For(3), 2, CancellationToken.None);
        fit.Failure.ShouldBeNull();
        fit.Transport!.Masses.ShouldBe(2);
        foreach (var to in new[] { -0.15, 0.2 })
        {
            double[] masses = [.. Enumerable.Repeat(to, sample.Mass.Length)];
            ShouldBeNormal(fit.Transport.Map(sample.Features, masses, sample.Mass)[0], to, 1, 0.04);
        }
    }

    [Theory]
    [InlineData(DensityKind.Maf, false)]
    [InlineData(DensityKind.Spline, false)]
    [InlineData(DensityKind.Spline, true)]
    public void The_loss_has_the_gradient_of_finite_differences_through_the_base_density(DensityKind kind, bool massToMass)
    {
        const int Rows = 24;
        var (network, training) = Training(kind, massToMass);
        training.Prepare(1, Rows);
        int[] rows = [.. Enumerable.Range(0, Rows)];
        var (gradient, unused) = (Cleared(network), Cleared(network));
        double Loss()
        {
            network.Refresh();
            return training.Step(0, rows, 1, unused.Pointer).Sum;
        }

        network.Refresh();
        training.Step(0, rows, 1, gradient.Pointer);
        GradientCheck.CompareWeights(network.Parameters, gradient, Loss, kinks: true);
        training.Evaluate(0, rows).Sum.ShouldBe(Loss(), 1e-9);
    }

    [Fact]
    public void A_transport_begins_as_the_identity()
    {
        const int Rows = 20;
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Spline, 3, 16, 4, 10, Coupling: true) { BeginsAsIdentity = true });
        network.Initialise(RandomStream.For(1));
        network.Refresh();
        var (x, jacobian) = (GradientCheck.Random(Rows, 3, "x"), new double[Rows]);
        var pass = new Pass { Rows = Rows, Context = GradientCheck.Random(Rows, 1, "m") };
        var y = network.Forward(x, network.NewStates(Rows), jacobian, pass);
        for (var i = 0; i < Rows; i++)
        {
            jacobian[i].ShouldBe(0, 1e-4);
            for (var f = 0; f < 3; f++)
            {
                ((double)y.RowSpan(i)[f]).ShouldBe(x.RowSpan(i)[f], 1e-5);
            }
        }
    }

    [Fact]
    public void The_log_Jacobian_of_coupling_splines_is_that_of_finite_differences()
    {
        // Of three features: the determinant of central differences. Few knots, so that hardly a step reaches over one.
        const int Rows = 16;
        const float Step = 4e-3f;
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Spline, 3, 16, 3, 4, Coupling: true) { Masses = 2 });
        network.Initialise(RandomStream.For(8));
        network.Refresh();
        var (x, jacobian, states) = (GradientCheck.Random(Rows, 3, "x"), new double[Rows], network.NewStates(Rows));
        var pass = new Pass { Rows = Rows, Context = GradientCheck.Random(Rows, 2, "m") };
        double[] At(int i, int f, float shift)
        {
            var old = x.RowSpan(i)[f];
            x.RowSpan(i)[f] = old + shift;
            var y = network.Forward(x, states, new double[Rows], pass);
            x.RowSpan(i)[f] = old;
            return [.. y.RowSpan(i).ToArray().Select(value => (double)value)];
        }

        network.Forward(x, states, jacobian, pass);
        jacobian.Max(Math.Abs).ShouldBeGreaterThan(0.02);
        for (var i = 0; i < Rows; i++)
        {
            var d = new double[3][];
            for (var f = 0; f < 3; f++)
            {
                d[f] = [.. At(i, f, Step).Zip(At(i, f, -Step), (high, low) => (high - low) / (2 * Step))];
            }

            var determinant = (d[0][0] * ((d[1][1] * d[2][2]) - (d[1][2] * d[2][1])))
                - (d[0][1] * ((d[1][0] * d[2][2]) - (d[1][2] * d[2][0])))
                + (d[0][2] * ((d[1][0] * d[2][1]) - (d[1][1] * d[2][0])));
            jacobian[i].ShouldBe(Math.Log(determinant), 3e-3);
        }
    }

    [Fact]
    public void Threads_and_a_file_change_no_bit()
    {
        var (source, target) = (Normal(3000, "source", 0, m => m, 1), Normal(3000, "target", 0.3, m => -m, 1));
        var options = Small with { Epochs = 2, Base = Small.Base! with { Epochs = 2 } };
        TransportFit Fit(int threads) =>
            TransportTrainer.AtOneMass(options, source, target, 0, RandomStream.For(2), threads, CancellationToken.None);
        var (one, three) = (Fit(1), Fit(3));
        var images = one.Transport!.Map(source.Features, source.Mass)[0];
        three.Transport!.Map(source.Features, source.Mass)[0].ShouldBe(images);
        three.ValidationLoss.ShouldBe(one.ValidationLoss);

        using var file = new MemoryStream();
        one.Transport.Save(file);
        file.Position = 0;
        EventTransport.Load(file).Map(source.Features, source.Mass)[0].ShouldBe(images);
        one.Transport.Map([source.Features[0][1500..1600]], source.Mass[1500..1600])[0].ShouldBe(images[1500..1600]);
    }

    [Fact]
    public void What_diverges_or_is_not_allowed_says_so()
    {
        var (source, target) = (Normal(2000, "source", 0, m => m, 1), Normal(2000, "target", 0.3, m => -m, 1));
        TransportFit Fit(TransportOptions options) =>
            TransportTrainer.AtOneMass(options, source, target, 0, RandomStream.For(2), 1, CancellationToken.None);
        var wild = Small with { Base = Small.Base! with { LearningRate = 1, GradientClip = 0, Blocks = 6 } };
        Fit(wild).Failure.ShouldNotBeNull().ShouldStartWith("base density: the training loss is not finite in epoch 1");
        Should.Throw<ArgumentException>(() => Fit(Small with { Base = null })).Message.ShouldContain("allowed: Maf or Spline");
        Should.Throw<ArgumentException>(() => Fit(Small with { Base = new DensityOptions() })).Message.ShouldContain("FlowMatching");
        Should.Throw<ArgumentException>(() => Fit(Small with { SplineBins = 1 })).Message.ShouldContain("SplineBins");
        Should.Throw<ArgumentException>(() => Fit(Small with { WeightDecay = -1 })).Message.ShouldContain("WeightDecay");
        Should.Throw<ArgumentException>(() => Fit(Small with { Base = Small.Base! with { Epochs = 0 } })).Message.ShouldContain("Epochs");
    }

    private static (FlowNetwork Network, SplineTransportTraining Training) Training(DensityKind kind, bool massToMass)
    {
        var sample = new TransportSample([.. Enumerable.Range(0, 3).Select(f => Normal(600, $"x{f}", 0.3, m => m, 1).Features[0])],
            Normal(600, "x0", 0.3, m => m, 1).Mass);
        var (events, failure) = PairedEvents.Of(
            sample, sample, massToMass ? PairChoice.AnyMass : PairChoice.NearestMass, 0, 0.1, RandomStream.For(1));
        failure.ShouldBeNull();
        var density = FlowNetwork.Create(new FlowShape(kind, 3, 24, 2, 6));
        density.Initialise(RandomStream.For(2));
        density.Refresh();
        var network = FlowNetwork.Create(new FlowShape(DensityKind.Spline, 3, 24, 3, 6, Coupling: true) { Masses = events!.MassesOfPair });
        network.Initialise(RandomStream.For(3));
        return (network, new SplineTransportTraining(network, density, events, RandomStream.For(4), RandomStream.For(5)));
    }

    private static AlignedArray<float> Cleared(FlowNetwork network)
    {
        var gradient = new AlignedArray<float>(network.Parameters.Count);
        gradient.Span.Clear();
        return gradient;
    }

    // By quantiles: a few events of a thousand are carried far off, from where hardly any were learned.
    private static void ShouldBeNormal(float[] values, double mean, double deviation, double tolerance)
    {
        var x = values.Where(float.IsFinite).Order().ToArray();
        x.Length.ShouldBeGreaterThan(values.Length * 99 / 100);
        double Quantile(double part) => x[(int)(part * x.Length)];
        Quantile(0.5).ShouldBe(mean, tolerance);
        (0.5 * (Quantile(0.8413) - Quantile(0.1587))).ShouldBe(deviation, tolerance);
    }

    /// <summary>m uniform in (-1, 1) but for the gap, x normal around a mean that follows it.</summary>
    private static TransportSample Normal(int events, string name, double gap, Func<double, double> mean, double deviation)
    {
        var stream = RandomStream.For(5, name);
        var (x, mass) = (new float[events], new double[events]);
        for (var i = 0; i < events; i++)
        {
            do
            {
                mass[i] = (2 * stream.NextDouble()) - 1;
            }
            while (Math.Abs(mass[i]) < gap);

            x[i] = (float)(mean(mass[i]) + (deviation * stream.NextGaussian()));
        }

        return new TransportSample([x], mass);
    }
}
