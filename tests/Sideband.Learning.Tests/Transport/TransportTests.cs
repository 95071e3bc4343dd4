using Sideband.Learning.Transport;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Transport;

public class TransportTests
{
    private static readonly TransportOptions Small = new() { Blocks = 2, HiddenWidth = 32 };

    [Fact]
    public void The_triangles_of_FETA_are_carried_onto_each_other_in_the_signal_region_that_nothing_was_learned_in()
    {
        var (reference, target) = (FetaToy.Reference(100_000, "reference"), FetaToy.Target(100_000, "target"));
        var fit = Fit(Small, FetaToy.Part(reference, false), FetaToy.Part(target, false), 2);
        fit.Failure.ShouldBeNull();

        var (from, to) = (FetaToy.Part(reference, true), FetaToy.Part(target, true));
        var images = fit.Transport!.Map(from.Features, from.Mass);
        images[0].Count(float.IsNaN).ShouldBeLessThan(20);
        int[] good = [.. Enumerable.Range(0, from.Mass.Length).Where(i => float.IsFinite(images[0][i]))];

        // The paper has 0.98 before and 0.512 after the transport; the error of an AUC of twice 16,000 events is 0.0032.
        FetaToy.Auc(to.Features[0], to.Mass, from.Features[0], from.Mass).ShouldBeGreaterThan(0.97);
        FetaToy.Auc(
            to.Features[0], to.Mass, Array.ConvertAll(good, i => images[0][i]), Array.ConvertAll(good, i => from.Mass[i]))
            .ShouldBeLessThan(0.515);
    }

    [Fact]
    public void Events_are_carried_from_mass_to_mass()
    {
        // x ~ N(m, 1): the image of an event of mass m at m' has the distribution N(m', 1), also for an m' inside of the gap.
        var sample = Normal(60_000);
        var fit = TransportTrainer.FromMassToMass(Small, sample, 0, RandomStream.For(3), 2, CancellationToken.None);
        fit.Failure.ShouldBeNull();
        foreach (var to in new[] { -0.15, 0.2 })
        {
            double[] masses = [.. Enumerable.Repeat(to, sample.Mass.Length)];
            var images = fit.Transport!.Map(sample.Features, masses, sample.Mass)[0].Where(float.IsFinite).Select(x => (double)x).ToArray();
            var mean = images.Average();
            mean.ShouldBe(to, 0.03);
            Math.Sqrt(images.Average(x => (x - mean) * (x - mean))).ShouldBe(1, 0.03);
        }
    }

    [Theory]
    [InlineData(1_000_000, 8, 1024)]
    [InlineData(100_000, 32, 1024)]
    [InlineData(40_000, 64, 512)]
    [InlineData(15_000, 64, 192)]
    [InlineData(1000, 64, 128)]
    public void Few_events_are_passed_often_and_in_small_batches(int events, int epochs, int batch)
    {
        var options = new TransportOptions();
        (options.EpochsOf(events), options.BatchSizeOf(events)).ShouldBe((epochs, batch));
        (options with { BatchSize = 64 }).BatchSizeOf(events).ShouldBe(64);
        var splines = TransportOptions.Recommended(TransportKind.Spline);
        splines.BatchSizeOf(events).ShouldBe(splines.BatchSize);
        splines.EpochsOf(events).ShouldBeLessThanOrEqualTo(8 * splines.Epochs);
    }

    [Fact]
    public void Threads_and_a_file_change_no_bit()
    {
        var (reference, target) = (FetaToy.Part(FetaToy.Reference(4000, "r"), false), FetaToy.Part(FetaToy.Target(4000, "t"), false));
        var few = Small with { Epochs = 1, FewEvents = 0 };
        var (one, three) = (Fit(few, reference, target, 1), Fit(few, reference, target, 3));
        var images = one.Transport!.Map(reference.Features, reference.Mass)[0];
        three.Transport!.Map(reference.Features, reference.Mass)[0].ShouldBe(images);
        three.ValidationLoss.ShouldBe(one.ValidationLoss);

        using var file = new MemoryStream();
        one.Transport.Save(file);
        file.Position = 0;
        EventTransport.Load(file).Map(reference.Features, reference.Mass)[0].ShouldBe(images);
        file.GetBuffer()[file.Length / 2] ^= 1;
        file.Position = 0;
        Should.Throw<InvalidDataException>(() => EventTransport.Load(file));
    }

    [Fact]
    public void An_event_has_the_same_image_whatever_others_are_mapped_with_it()
    {
        var (reference, target) = (FetaToy.Part(FetaToy.Reference(4000, "r"), false), FetaToy.Part(FetaToy.Target(4000, "t"), false));
        var transport = Fit(Small with { Epochs = 1, FewEvents = 0 }, reference, target, 1).Transport!;
        var all = transport.Map(reference.Features, reference.Mass)[0];
        transport.Map([reference.Features[0][1500..1600]], reference.Mass[1500..1600])[0].ShouldBe(all[1500..1600]);
    }

    [Fact]
    public void What_cannot_be_learned_is_a_failure_in_words()
    {
        var sample = FetaToy.Reference(1000, "few");
        TransportTrainer.FromMassToMass(Small, sample, 2, RandomStream.For(1), 1, CancellationToken.None).Failure!
            .ShouldContain("0 above; at least 100 of each are needed");
        var constant = new TransportSample([new float[1000]], sample.Mass);
        TransportTrainer.FromMassToMass(Small, constant, 0.5, RandomStream.For(1), 1, CancellationToken.None).Failure!
            .ShouldBe("feature 1 has the same value in all events");
        Should.Throw<ArgumentException>(() => Fit(Small with { Blocks = 0 }, sample, sample, 1)).Message.ShouldContain("Blocks");
        Should.Throw<ArgumentException>(() => Fit(Small, new TransportSample([new float[3]], sample.Mass), sample, 1));
    }

    private static TransportFit Fit(TransportOptions options, TransportSample source, TransportSample target, int threads) =>
        TransportTrainer.AtOneMass(options, source, target, 0.5, RandomStream.For(2), threads, CancellationToken.None);

    private static TransportSample Normal(int events)
    {
        var stream = RandomStream.For(5);
        var (x, mass) = (new float[events], new double[events]);
        for (var i = 0; i < events; i++)
        {
            do
            {
                mass[i] = (2 * stream.NextDouble()) - 1;
            }
            while (Math.Abs(mass[i]) < 0.3);

            x[i] = (float)(mass[i] + stream.NextGaussian());
        }

        return new TransportSample([x], mass);
    }
}
