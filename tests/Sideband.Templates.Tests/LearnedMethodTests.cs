using Sideband.Events;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Tests;

/// <summary>CATHODE, LaCATHODE and ANODE with a density of a known answer, stage by stage.</summary>
public class LearnedMethodTests
{
    private const int Oversampling = 2;

    private static readonly MassWindow Window = new(2, new MassInterval(4.5, 5.5));

    // x follows the mass with slope 1 about 5; outside of the region lie about three quarters of the events.
    private static readonly EventTable Data = ToyEvents.Background("learned", 4000, slope: 1);

    private static readonly int InRegion = Data.IndicesIn(Window.SignalRegion).Length;

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void The_size_is_known_before_anything_is_learned(string name)
    {
        var inputs = Inputs(Data);
        var method = TemplateMethods.ByName(name);
        var size = method.Size(inputs, Window, inputs);
        size.ShouldBe(new TemplateSize(4 * InRegion) { Drawn = Oversampling * InRegion, Learned = Data.Count - InRegion });
        size.Parts(5).ShouldBe(1, "every fold's threshold comes from all template events");
        var template = method.Prepare(inputs.Done(method)).Template;
        (template.ThresholdEvents.Count, template.Events.Count).ShouldBe((size.Template, size.Drawn!.Value));
    }

    [Fact]
    public void Too_few_events_to_learn_from_are_a_problem_of_the_window()
    {
        var few = Data.Select([.. Enumerable.Range(0, 600)]);
        var inputs = Inputs(few);
        var outside = few.Count - inputs.Searched;
        outside.ShouldBeLessThan(500);
        TemplateMethods.ByName("cathode").Size(inputs, Window, inputs).Problem
            .ShouldBe($"has {outside} events outside of it, too few to learn a density from; at least 500 are needed");
    }

    [Theory]
    [InlineData("cathode", 1)]
    [InlineData("anode", 1)]
    [InlineData("lacathode", 0)]
    public void The_template_lies_where_the_density_says(string name, double slope)
    {
        var inputs = Inputs(Data);
        var prepared = Prepared(name, inputs);
        prepared.Template.Folded.ShouldBeFalse();
        prepared.Template.Target.ShouldBeNull();
        foreach (var events in new[] { prepared.Template.Events, prepared.Template.ThresholdEvents })
        {
            events.FeatureNames.ShouldBe(["x", "y"]);
            double[] masses = [.. events.Mass.ToArray()];
            masses.ShouldAllBe(mass => Window.SignalRegion.Contains(mass));

            // In features of the data the mean of x is slope (m - 5), in the latent space it is 0. About 2000 events: 5 standard errors.
            var rest = events.Feature(0).ToArray().Zip(masses, (x, m) => x - (slope * (m - 5))).ToArray();
            Math.Abs(rest.Average()).ShouldBeLessThan(5 / Math.Sqrt(rest.Length));

            // A wrong slope by one shows: sd(m) is 0.29, so the correlation of the rest with the mass would be 0.28.
            var meanMass = masses.Average();
            var covariance = rest.Zip(masses, (r, m) => r * (m - meanMass)).Average();
            Math.Abs(covariance / 0.29).ShouldBeLessThan(5 / Math.Sqrt(rest.Length));
        }

        prepared.Template.Events.Mass.ToArray().Intersect(prepared.Template.ThresholdEvents.Mass.ToArray())
            .ShouldBeEmpty("events that set the thresholds are not those that trained");
    }

    [Fact]
    public void Cathode_compares_the_events_own_features_at_every_mass()
    {
        var prepared = Prepared("cathode", Inputs(Data));
        (prepared.Region.IsMapped, prepared.Scored.IsMapped, prepared.Region.LogBackground).ShouldBe((false, false, null));
        prepared.Scored.Events.ShouldBeSameAs(Data);
        prepared.Region.Events.Rows.ToArray().ShouldBe(Data.In(Window.SignalRegion).Rows.ToArray());
        TemplateMethods.ByName("cathode").PrepareView(Inputs(Data)).ShouldBeSameAs(IEventView.Identity);
    }

    [Fact]
    public void LaCathode_compares_in_the_latent_space_at_every_mass()
    {
        var inputs = Inputs(Data);
        var prepared = Prepared("lacathode", inputs);
        var latent = Density(inputs).ToLatent(DrawnEvents.Features(Data), Data.Mass);
        (prepared.Region.IsMapped, prepared.Scored.IsMapped).ShouldBe((true, true));
        DrawnEvents.Features(prepared.Scored.Events).ShouldBe(latent);
        int[] inside = Data.IndicesIn(Window.SignalRegion);
        DrawnEvents.Features(prepared.Region.Events).ShouldBe([.. latent.Select(column => Array.ConvertAll(inside, row => column[row]))]);

        // Identity, and with it the folds, are those of the data.
        prepared.Scored.Events.Rows.ToArray().ShouldBe(Data.Rows.ToArray());
        prepared.Scored.Events.Mass.ToArray().ShouldBe(Data.Mass.ToArray());
    }

    [Fact]
    public void Anode_scores_the_region_alone_and_knows_the_sidebands_density_there()
    {
        var inputs = Inputs(Data);
        var prepared = Prepared("anode", inputs);
        prepared.Scored.ShouldBeSameAs(prepared.Region);
        prepared.Region.Events.Count.ShouldBe(InRegion);
        prepared.Region.LogBackground.ShouldBe(LogDensity(inputs, prepared.Region.Events));
        prepared.Threshold.LogBackground.ShouldBe(LogDensity(inputs, prepared.Template.ThresholdEvents));
    }

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void Other_events_are_seen_as_those_of_the_preparation_are(string name)
    {
        var inputs = Inputs(Data);
        var prepared = Prepared(name, inputs);
        var view = TemplateMethods.ByName(name).PrepareView(inputs).Of(inputs.Region());
        view.IsMapped.ShouldBe(prepared.Region.IsMapped);
        view.LogBackground.ShouldBe(prepared.Region.LogBackground);
        view.Columns.ShouldBe(prepared.Region.Columns);
    }

    [Theory]
    [InlineData("cathode", 0)]
    [InlineData("lacathode", 1e-5)]
    [InlineData("anode", 0)]
    public void Unmapping_is_the_inverse_of_the_view(string name, double tolerance)
    {
        // Single precision twice, at |x| up to about 5.
        var inputs = Inputs(Data);
        var method = TemplateMethods.ByName(name);
        Prepared(name, inputs);
        var view = method.PrepareView(inputs);
        var again = view.Unmap(view.Of(Data).Events);
        again.Mass.ToArray().ShouldBe(Data.Mass.ToArray());
        for (var f = 0; f < 2; f++)
        {
            again.Feature(f).ToArray().Zip(Data.Feature(f).ToArray()).ShouldAllBe(pair => Math.Abs(pair.First - pair.Second) <= tolerance);
        }

        (view.Of(Data).Events.Feature(0).ToArray().SequenceEqual(Data.Feature(0).ToArray())).ShouldBe(name != "lacathode");
    }

    [Theory]
    [InlineData("cathode", ClassifierKind.Trees)]
    [InlineData("cathode", ClassifierKind.Network)]
    [InlineData("lacathode", ClassifierKind.Trees)]
    [InlineData("anode", ClassifierKind.Trees)]
    public void A_scorer_that_was_saved_gives_the_same_bits(string name, ClassifierKind kind)
    {
        var data = Data.Concat(ToyEvents.Signal("learned", 60));
        var inputs = Inputs(data, kind);
        var method = TemplateMethods.ByName(name);
        var prepared = Prepared(name, inputs);
        var training = prepared.Scoring.Train(Fold(1));
        training.Failures.ShouldBeEmpty();
        var view = method.PrepareView(inputs).Of(data);
        var scores = training.Scorer!.Score(view, view.AllRows());
        scores.Scores.ShouldAllBe(score => score >= 0 && score <= 1);
        scores.Scores.Distinct().Count().ShouldBeGreaterThan(10);

        using var saved = new MemoryStream();
        training.Scorer.Save(saved);
        saved.Position = 0;
        var again = method.LoadScorer(saved, inputs).Score(view, view.AllRows());
        again.Scores.Select(BitConverter.SingleToUInt32Bits).ShouldBe(scores.Scores.Select(BitConverter.SingleToUInt32Bits));
        again.Undefined.ShouldBe(scores.Undefined);
        saved.Position.ShouldBe(saved.Length);

        // Some rows have the scores that they have among all.
        int[] rows = [7, 3, 11];
        training.Scorer.Score(view, rows).Scores.ShouldBe(Array.ConvertAll(rows, row => scores.Scores[row]));
    }

    [Theory]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void Events_that_the_density_does_not_know_have_no_score(string name)
    {
        var inputs = Inputs(Data, densities: new GaussianDensities(limit: 1.5));
        var method = TemplateMethods.ByName(name);
        var prepared = Prepared(name, inputs);
        var scored = prepared.Scoring.Train(Fold(0)).Scorer!.Score(prepared.Region, prepared.Region.AllRows());
        var x = inputs.Region().Feature(0).ToArray();
        scored.Undefined.ShouldBe(Enumerable.Range(0, x.Length).Where(i => x[i] > 1.5));
        scored.Undefined.ShouldNotBeEmpty();
        scored.Undefined.ShouldAllBe(place => scored.Scores[place] == 0);
    }

    [Theory]
    [InlineData("cathode")]
    [InlineData("lacathode")]
    [InlineData("anode")]
    public void A_density_that_failed_leaves_its_reason(string name)
    {
        var inputs = Inputs(Data, densities: new GaussianDensities(failure: "the loss is not finite"));
        var prepared = Prepared(name, inputs);
        prepared.Failure.ShouldBe("density: the loss is not finite");
        prepared.Template.Events.Count.ShouldBe(0);
        inputs.Product<QualityProduct>(QualityStage.StageName).ShouldBe(new QualityProduct { Failure = "the loss is not finite" });
        var training = prepared.Scoring.Train(Fold(0));
        (training.Scorer, training.Failures.Single()).ShouldBe((null, "density: the loss is not finite"));
    }

    [Fact]
    public void A_density_of_the_region_that_failed_is_the_folds_failure()
    {
        // The sidebands' density is there, that of the region is not.
        var method = TemplateMethods.ByName("anode");
        var inputs = Inputs(Data).Done(method);
        var failing = Inputs(Data, densities: new GaussianDensities(failure: "too few events"));
        foreach (var (stage, product) in inputs.Products)
        {
            failing.Products[stage] = product;
        }

        var prepared = method.Prepare(failing);
        prepared.Failure.ShouldBeNull();
        prepared.Scoring.Train(Fold(0)).Failures.ShouldBe(["density of the region: too few events"]);
    }

    private static FoldRequest Fold(int fold) =>
        new(new FoldAssignment(1, 1, 3), fold, use => RandomStream.For(1, use), 1, CancellationToken.None);

    private static PreparedSample Prepared(string name, FakeInputs inputs)
    {
        var method = TemplateMethods.ByName(name);
        return method.Prepare(inputs.Done(method));
    }

    private static IConditionalDensity Density(FakeInputs inputs) =>
        inputs.Product<DensityProduct>(DensityStage.StageName).Load(inputs.Densities);

    private static double[] LogDensity(FakeInputs inputs, EventTable events)
    {
        var values = new double[events.Count];
        Density(inputs).LogDensity(DrawnEvents.Features(events), events.Mass, values);
        return values;
    }

    private static FakeInputs Inputs(EventTable data, ClassifierKind kind = ClassifierKind.Trees, IDensityEngine? densities = null) =>
        new(Window, (InputRole.Searched, data))
        {
            Densities = densities ?? new GaussianDensities(),
            Options =
            [
                new DensityOptions(),
                new DrawOptions(Oversampling),
                new QualityOptions(new BoostingOptions()),
                new FoldOptions(3),
                new ClassifierOptions(kind, 2, new BoostingOptions(), new() { Epochs = 2, PooledEpochs = 1 }),
            ],
        };
}
