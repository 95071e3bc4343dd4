using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Transport;
using Sideband.Templates.Feta;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Scoring;
using Sideband.Templates.Transported;

namespace Sideband.Templates.Tests;

/// <summary>Few events teach two transports, a half each: the images of one train, those of the other set the threshold.</summary>
public class HalvedTransportsTests
{
    // y of the data's second half is far from the first's, so that the images of its transport are known.
    private const float Shift = 20;

    private static readonly TransportOptions Transport =
        new() { Epochs = 8, FewEvents = 0, BatchSize = 256, Blocks = 2, HiddenWidth = 32 };

    private static readonly MassWindow Window = new(2, new MassInterval(4.5, 5.5));

    [Fact]
    public void Feta_trains_on_images_of_one_half_and_cuts_on_those_of_the_other()
    {
        var prepared = Prepared("feta", Inputs(8000));
        prepared.Failure.ShouldBeNull();
        var (training, threshold) = (prepared.Template.Events, prepared.Template.ThresholdEvents);
        Mean(training).ShouldBe(0, 1);
        Mean(threshold).ShouldBe(Shift, 1);
        prepared.Threshold.Events.ShouldBeSameAs(threshold);

        // Both are images of the same simulated events, in the same folds.
        prepared.Template.Folded.ShouldBeTrue();
        var sources = threshold.Identity.ToArray().ToHashSet();
        training.Identity.ToArray().Count(sources.Contains).ShouldBeGreaterThan(training.Count * 9 / 10);
        Mass(threshold).ShouldBe(Mass(training), 1e-3);
    }

    [Fact]
    public void Its_quality_compares_data_with_the_half_that_has_not_learned_them()
    {
        // Nearly all events below the window are of the second half, above it of the first: each half's transport is right on its own side.
        var inputs = Inputs(14_000, (second, mass, i) => second == (mass < 5) || i % 10 == 0);
        Prepared("feta", inputs);
        ((TransportProduct)inputs.Products[FetaTransportStage.StageName]).IsHalved.ShouldBeTrue();
        var quality = (ComparisonProduct)inputs.Products[ComparisonStage.NameOf("feta")];
        quality.Auc.ShouldBeGreaterThan(0.9);
        quality.Contradiction.ShouldNotBeNull();
    }

    [Theory]
    [InlineData("feta", 5000)]
    [InlineData("feta", 17_000)]
    [InlineData("curtains", 8000)]
    public void Too_few_and_many_events_and_curtains_have_one_transport(string name, int events)
    {
        var prepared = Prepared(name, Inputs(events));
        prepared.Failure.ShouldBeNull();
        prepared.Template.ThresholdEvents.ShouldBeSameAs(prepared.Template.Events);
    }

    private static double Mean(EventTable events) => events.Feature(1).ToArray().Average();

    private static double Mass(EventTable events) =>
        events.Mass.ToArray().Zip(events.WeightOfEach(), (mass, weight) => mass * weight).Sum() / events.WeightOfEach().Sum();

    private static PreparedSample Prepared(string name, FakeInputs inputs)
    {
        var method = TemplateMethods.ByName(name);
        return method.Prepare(inputs.Done(method));
    }

    private static FakeInputs Inputs(int events, Func<bool, double, int, bool>? chosen = null)
    {
        var data = ToyEvents.Background("halves", events);
        var second = TwoHalves.Of(data, TransportStage.HalvesSalt);
        data = data.Select([.. Enumerable.Range(0, events).Where(i => chosen is null || chosen(second[i], data.Mass[i], i))]);
        second = TwoHalves.Of(data, TransportStage.HalvesSalt);
        data = data.WithFeatures([data.Feature(0).ToArray(), [.. data.Feature(1).ToArray().Select((y, i) => y + (second[i] ? Shift : 0))]]);
        return new FakeInputs(
            Window, (InputRole.Searched, data), (InputRole.Simulation, ToyEvents.Background("simulation", events).WithoutLabels()))
        {
            Options =
            [
                Transport,
                new Curtains.CurtainsOptions(1.5, Transport, null),
                new QualityOptions(new BoostingOptions { MaxIterations = 10 }),
                new ClassifierOptions(ClassifierKind.Trees, 2, new BoostingOptions(), new() { Epochs = 2, PooledEpochs = 1 }),
            ],
        };
    }
}
