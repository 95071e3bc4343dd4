using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Tests;

/// <summary>Few sideband events are learned in two halves: one density's events train, the other's set the threshold.</summary>
public class HalvedSidebandsTests
{
    // y of the second density is far from the first's, so that its events are known.
    private const float Shift = 100;

    private static readonly MassWindow Window = new(2, new MassInterval(4.5, 5.5));

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void Thresholds_come_from_the_density_of_the_other_half(string name)
    {
        var prepared = Prepared(name, Inputs(new ShiftedDensities(), 8000));
        prepared.Failure.ShouldBeNull();
        Mean(prepared.Template.Events).ShouldBe(0, 0.2);
        Mean(prepared.Template.ThresholdEvents).ShouldBe(Shift, 0.02 * Shift, "in latent variables, too, as the first density sees them");
        Mean(prepared.Region.Events).ShouldBe(0, 0.2);
    }

    [Fact]
    public void Anode_judges_the_other_halfs_events_by_the_first_density()
    {
        var prepared = Prepared("anode", Inputs(new ShiftedDensities(), 8000));
        prepared.Threshold.LogBackground!.Average().ShouldBe(-0.5 * Shift * Shift, 0.1 * Shift * Shift);
        prepared.Region.LogBackground!.Average().ShouldBeGreaterThan(-10);
    }

    [Fact]
    public void Every_event_that_is_not_held_out_is_learned_once()
    {
        var densities = new ShiftedDensities();
        var inputs = Inputs(densities, 8000);
        Prepared("cathode", inputs);
        var outside = inputs.Events(InputRole.Searched).IndicesOutside(Window.SignalRegion).Length;
        var (first, second) = (densities.Learned[0], densities.Learned[1]);
        densities.Learned.Count.ShouldBe(2);
        first.Intersect(second).ShouldBeEmpty();
        (first.Length + second.Length).ShouldBe(outside - (outside / 20));
        ((double)first.Length / second.Length).ShouldBe(1, 0.1);
    }

    [Fact]
    public void Copies_of_an_event_are_learned_by_one_density()
    {
        var densities = new ShiftedDensities();
        var once = ToyEvents.Background("copies", 4000);
        Prepared("cathode", Inputs(densities, once.Concat(once).Canonical()));
        densities.Learned.Count.ShouldBe(2);
        densities.Learned[0].Intersect(densities.Learned[1]).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(5000)]
    [InlineData(80_000)]
    public void Too_few_and_many_events_are_learned_by_one_density(int events)
    {
        var densities = new ShiftedDensities();
        var prepared = Prepared("cathode", Inputs(densities, events));
        densities.Learned.Count.ShouldBe(1);
        Mean(prepared.Template.ThresholdEvents).ShouldBe(0, 0.2);
    }

    [Fact]
    public void The_quality_compares_events_with_the_density_that_has_not_learned_them()
    {
        var inputs = Inputs(new ShiftedDensities(), 8000);
        Prepared("cathode", inputs);
        var quality = ((QualityProduct)inputs.Products[QualityStage.StageName]).Quality!;

        // Half of the samples, those at masses of the first half, come from the second density, which is far off.
        quality.KolmogorovSmirnov[1].ShouldBe(0.5, 0.03);
    }

    [Fact]
    public void At_a_reference_mass_the_threshold_is_the_other_halfs_too()
    {
        var inputs = Inputs(new ShiftedDensities(), 8000);
        Prepared("cathode", inputs);
        var reference = TemplateMethods.ByName("cathode").PrepareReferenceView(inputs, 5)!;
        var data = inputs.Events(InputRole.Searched);
        Mean(reference.Draw(data, 1000, RandomStream.For(1, "reference"))).ShouldBe(Shift, 0.02 * Shift);
        Mean(reference.Of(data).Events).ShouldBe(0, 0.2);
    }

    [Fact]
    public void A_half_that_cannot_be_learned_is_the_templates_failure()
    {
        var prepared = Prepared("cathode", Inputs(new ShiftedDensities(failing: 2), 8000));
        prepared.Failure.ShouldBe("density: the second fails");
    }

    private static double Mean(EventTable events) => events.Feature(1).ToArray().Average();

    private static PreparedSample Prepared(string name, FakeInputs inputs)
    {
        var method = TemplateMethods.ByName(name);
        return method.Prepare(inputs.Done(method));
    }

    private static FakeInputs Inputs(IDensityEngine densities, int events) => Inputs(densities, ToyEvents.Background("halves", events));

    private static FakeInputs Inputs(IDensityEngine densities, EventTable data) =>
        new(Window, (InputRole.Searched, data))
        {
            Densities = densities,
            Options =
            [
                new DensityOptions(),
                new DrawOptions(1),
                new QualityOptions(new BoostingOptions { MaxIterations = 10 }),
                new ClassifierOptions(ClassifierKind.Trees, 2, new BoostingOptions(), new() { Epochs = 2, PooledEpochs = 1 }),
            ],
        };

    /// <summary>Densities of a known answer, of which the second is learned from shifted events.</summary>
    private sealed class ShiftedDensities(int failing = 0) : IDensityEngine
    {
        private readonly GaussianDensities _gaussian = new();

        /// <summary>Masses that each density was trained on.</summary>
        public List<double[]> Learned { get; } = [];

        public string Name => "shifted";

        public DensityFit Fit(
            DensityOptions options,
            float[][] features,
            ReadOnlySpan<double> mass,
            RandomStream stream,
            int threads,
            CancellationToken cancellation)
        {
            Learned.Add(mass.ToArray());
            float[][] shifted = Learned.Count == 1 ? features : [features[0], [.. features[1].Select(y => y + Shift)]];
            return Learned.Count == failing
                ? new DensityFit(null, "the second fails", [], [], [])
                : _gaussian.Fit(options, shifted, mass, stream, threads, cancellation);
        }

        public IConditionalDensity Load(Stream stream) => _gaussian.Load(stream);
    }
}
