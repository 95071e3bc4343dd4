using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Tests.Experiments;

/// <summary>Pseudo-experiments are the search's own graph on other events, of which only counts are kept.</summary>
public sealed class ExperimentTests : IDisposable
{
    private static readonly EventTable Data = Toy.Background("experiments", 6000);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Resampled_events_keep_their_identity_so_that_copies_share_a_fold()
    {
        var source = new DrawnRows(InputRole.Data, 6000, WithReplacement: true);
        var events = Events(source, 1);
        events.Count.ShouldBe(6000);
        events.IsSortedByMass.ShouldBeTrue();

        // A bootstrap of N events has N (1 - 1/e) different ones, 3793 here, with a standard deviation of 18.
        var identities = events.Identity.ToArray();
        identities.Distinct().Count().ShouldBeInRange(3793 - 90, 3793 + 90);
        identities.Except(Data.Identity.ToArray()).ShouldBeEmpty();
        var folds = new FoldAssignment(1, 1, 5).Of(events);
        identities.Zip(folds).GroupBy(entry => entry.First)
            .ShouldAllBe(copies => copies.Select(copy => copy.Second).Distinct().Count() == 1);
        Events(source, 1).Fingerprint().ShouldBe(events.Fingerprint());
        Events(source, 2).Fingerprint().ShouldNotBe(events.Fingerprint());
    }

    [Fact]
    public void Rows_without_replacement_are_different_ones_and_no_more_than_there_are()
    {
        Events(new DrawnRows(InputRole.Data, 2000, WithReplacement: false), 1).Identity.ToArray().Distinct().Count().ShouldBe(2000);
        Should.Throw<ConfigurationException>(() => Events(new DrawnRows(InputRole.Data, 6001, WithReplacement: false), 1))
            .Message.ShouldBe("experiments: 6001 events without replacement, but data has 6000");
    }

    [Fact]
    public void Injected_events_come_from_the_signal()
    {
        var plan = Planner.Make(Toy.Settings(("systematics", "none")), Toy.Inputs(Data, signal: Toy.Signal("injected", 300)));
        var events = plan.Context.Events(
            new Experiment(1, new DrawnRows(InputRole.Data, 5000, WithReplacement: false, Injected: 40)),
            ChainSample.Data,
            InputRole.Searched)!;
        events.Count.ShouldBe(5040);
        events.Labels.ToArray().Count(label => label == 1).ShouldBe(40);
    }

    [Fact]
    public void Permuted_features_leave_every_mass_and_every_feature_vector()
    {
        var events = Events(new PermutedFeatures(), 3);
        events.Mass.ToArray().ShouldBe(Data.Canonical().Mass.ToArray());
        events.Identity.ToArray().Order().ShouldBe(Data.Identity.ToArray().Order());
        events.Identity.ToArray().ShouldNotBe(Data.Canonical().Identity.ToArray());
    }

    [Fact]
    public void The_simulator_gives_other_events_in_every_experiment()
    {
        var dijets = DijetSimulator.Generate(new SimulationRequest { Events = 5000, Features = ["mj1", "tau21_j1"] });
        var plan = Planner.Make(
            Toy.Settings(("systematics", "none"), ("mass", "mjj"), ("features", "mj1,tau21_j1"), ("windows", "3:4"), ("sideband", "0.4")),
            Toy.Inputs(dijets));
        EventTable Of(int number) => plan.Context.Events(
            new Experiment(number, new SimulatedDijets(new SimulationRequest { Events = 5000 })), ChainSample.Data, InputRole.Searched)!;
        Of(1).Count.ShouldBe(5000);
        Of(1).FeatureNames.ShouldBe(["mj1", "tau21_j1"]);
        Of(1).Fingerprint().ShouldNotBe(Of(2).Fingerprint());
    }

    [Theory]
    [InlineData("cwola")]
    [InlineData("cathode")]
    public void Permuted_within_a_window_a_signal_is_gone(string method)
    {
        // 200 signal events in window 2 give S above 5; exchanged with the template they are in both classes.
        var data = Data.Concat(Toy.Signal("permuted", 200));
        var settings = Toy.Settings(("method", method), ("systematics", "none"), ("members", "2"), ("working_points", "0.1"));
        var search = Planner.Make(settings, Toy.Inputs(data), new GaussianDensities());
        var counts = Run(search, [.. Enumerable.Range(1, 8).Select(number => new Experiment(number, new PermutedLabels()))]);
        double[] excess = [.. counts.Select(windows => windows[1][0][0]).Select(count =>
            (count.Observed.Value!.Value - count.UnshiftedExpectation.Value!.Value) / Math.Sqrt(count.UnshiftedExpectation.Value.Value))];

        // Background counts of about 170 of each class: a width of sqrt(1 + 1/tau) below 1.5, times sqrt(kappa) of some 1.4; the mean of
        // eight.
        Math.Abs(excess.Average()).ShouldBeLessThan(4 * 2.1 / Math.Sqrt(8));
        excess.ShouldAllBe(value => Math.Abs(value) < 9);
        counts.Select(windows => windows[1][0][0].Sum.DataEvents.Events).Distinct().ShouldBe([search.Rows[1].Events]);
    }

    [Fact]
    public void Exchanged_events_are_scored_by_their_own_features()
    {
        var sample = PreparedSamples.Failed("", Data.Select([.. Enumerable.Range(0, 400)])) with
        {
            Failure = null,
            Template = new BackgroundTemplate(Data.Select([.. Enumerable.Range(400, 300)])),
        };
        var permuted = new PermutedLabels().Arrange(
            sample, RandomStream.For(1, "arrange"), new ClassifierOptions(ClassifierKind.Trees, 1, new BoostingOptions(), null));
        permuted.Scored.Events.Identity.ToArray().ShouldNotBe(sample.Region.Events.Identity.ToArray());
        foreach (var view in (ScoredView[])[permuted.Region, permuted.Scored, permuted.Threshold])
        {
            view.Columns[0].ShouldBe(view.Events.Feature(0).ToArray());
        }

        permuted.Scored.Events.Identity.ToArray().Concat(permuted.Template.Events.Identity.ToArray()).Order()
            .ShouldBe(Data.Identity[..700].ToArray().Order());
    }

    [Fact]
    public void Methods_without_exchangeable_template_refuse_permutations()
    {
        var search = Planner.Make(Toy.Settings(("method", "anode"), ("systematics", "none")), Toy.Inputs(Data), new GaussianDensities());
        Should.Throw<ConfigurationException>(() => new ExperimentPlan(search, [new Experiment(1, new PermutedLabels())]))
            .Message.ShouldStartWith("experiments: method 'anode' has no template that data can be exchanged with");
        new ExperimentPlan(search, [new Experiment(1, new DrawnRows(InputRole.Data, 3000, true))]).UnitsEach.ShouldBeGreaterThan(0);
    }

    [Fact]
    public void Negative_weights_are_not_permuted()
    {
        var background = Toy.Background("background", 3000);
        ExperimentPlan Plan(double weight) => new(
            Planner.Make(
                Toy.Settings(("method", "ideal"), ("ideal_background", "background.npz"), ("weight", "w")),
                Toy.Inputs(Data, ideal: background.WithWeights(
                    [.. Enumerable.Range(0, background.Count).Select(i => i % 20 == 0 ? weight : 1)]))),
            [new Experiment(1, new PermutedLabels())]);

        Plan(0.5).UnitsEach.ShouldBeGreaterThan(0);
        Should.Throw<ConfigurationException>(() => Plan(-0.5)).Message.ShouldBe(
            "experiments: ideal_background has negative weights, and permutations would give an event's weight to the features of another; "
            + "use experiments from simulation");
    }

    [Fact]
    public void Any_part_of_a_plan_is_the_same_as_in_the_whole_and_shares_no_unit_with_the_search()
    {
        var search = Planner.Make(Toy.Settings(("systematics", "none")), Toy.Inputs(Data));
        var plan = new ExperimentPlan(
            search, [.. Enumerable.Range(1, 50).Select(number => new Experiment(number, new PermutedFeatures()))]);
        plan.Count.ShouldBe(50 * 9);
        WorkUnit[] all = [.. plan.Units(1, plan.Count)];
        all.Select(unit => unit.Index).ShouldBe(Enumerable.Range(1, plan.Count));
        all.Select(unit => unit.Key).Distinct().Count().ShouldBe(plan.Count);
        all.Select(unit => unit.Key).Intersect(search.Units.Select(unit => unit.Key)).ShouldBeEmpty();
        plan.Units(137, 152).Select(unit => (unit.Index, unit.Key, unit.Name))
            .ShouldBe(all[136..152].Select(unit => (unit.Index, unit.Key, unit.Name)));
    }

    [Fact]
    public void Experiments_of_other_events_have_other_keys()
    {
        var signal = Toy.Signal("keys of experiments", 300);
        var injected = new DrawnRows(InputRole.Data, 5000, WithReplacement: false, Injected: 40);
        var simulated = new SimulatedDijets(new SimulationRequest { Events = 5000 });
        string[] Keys(ExperimentSource source, EventTable? data = null, EventTable? injection = null)
        {
            var search = Planner.Make(
                Toy.Settings(("systematics", "none")), Toy.Inputs(data ?? Data, signal: injection ?? signal));
            var plan = new ExperimentPlan(search, [new Experiment(1, source)]);
            return [.. plan.Units(1, plan.Count).Select(unit => unit.Key)];
        }

        var renamed = new EventTable(
            "m",
            Data.Mass.ToArray(),
            ["y", "x"],
            [Data.Feature(0).ToArray(), Data.Feature(1).ToArray()],
            Data.Sources,
            Data.SourceIndex.ToArray(),
            Data.Rows.ToArray());
        var fewer = signal.Select([.. Enumerable.Range(0, 299)]);
        Keys(injected, injection: fewer).Intersect(Keys(injected)).ShouldBeEmpty();
        Keys(injected with { Injected = 0 }, injection: fewer).ShouldBe(Keys(injected with { Injected = 0 }));
        Keys(simulated, renamed).Intersect(Keys(simulated)).ShouldBeEmpty();
        Keys(simulated, Data.Select([.. Enumerable.Range(0, 5999)])).ShouldBe(Keys(simulated));
        SimulationRequest request = new() { Events = 5000 };
        foreach (var other in (SimulationRequest[])
            [request with { Events = 5001 }, request with { Signal = 1 }, request with { Background = DijetBackground.Alternative }])
        {
            Keys(new SimulatedDijets(other)).Intersect(Keys(simulated)).ShouldBeEmpty();
        }
    }

    [Fact]
    public void Counts_do_not_depend_on_threads_or_on_what_was_done_before()
    {
        var search = Planner.Make(Toy.Settings(("systematics", "none"), ("members", "1")), Toy.Inputs(Data));
        Experiment[] experiments =
        [
            .. Enumerable.Range(1, 3).Select(number => new Experiment(number, new DrawnRows(InputRole.Data, 5000, true))),
        ];
        var plan = new ExperimentPlan(search, experiments);
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        var (one, parts) = (UnitStore.Open(_folder.PathOf("one")), UnitStore.Open(_folder.PathOf("parts")));
        new LocalEngine(1).Run(search, one, units, _ => { }, CancellationToken.None);
        new LocalEngine(3).Run(search, parts, units[10..14], _ => { }, CancellationToken.None);
        new LocalEngine(2).Run(search, parts, units, _ => { }, CancellationToken.None);
        foreach (var unit in units)
        {
            ((CountProduct)parts.Read(unit)).All.ShouldBe(((CountProduct)one.Read(unit)).All);
        }

        // Nothing but counts is kept: a pack for 27 units, and no scores.
        Directory.GetFiles(_folder.PathOf("one")).ShouldHaveSingleItem();
        new FileInfo(Directory.GetFiles(_folder.PathOf("one"))[0]).Length.ShouldBeLessThan(units.Length * 4000);
    }

    [Fact]
    public void Experiments_are_done_one_after_the_other_so_that_the_events_of_few_are_in_memory()
    {
        var search = Planner.Make(Toy.Settings(("systematics", "none"), ("members", "1")), Toy.Inputs(Data));
        var plan = new ExperimentPlan(search, [.. Enumerable.Range(1, 3).Select(number => new Experiment(number, new PermutedFeatures()))]);
        var order = new List<int>();
        new LocalEngine(1).Run(
            search,
            UnitStore.Open(_folder.PathOf("order")),
            [.. plan.Units(1, plan.Count)],
            unit => order.Add(unit.Experiment.Number),
            CancellationToken.None);
        order.ShouldBe(Enumerable.Range(0, plan.Count).Select(i => 1 + (i / plan.UnitsEach)));
    }

    private static EventTable Events(ExperimentSource source, int number) =>
        Planner.Make(Toy.Settings(("systematics", "none")), Toy.Inputs(Data)).Context.Events(
            new Experiment(number, source), ChainSample.Data, InputRole.Searched)!;

    private IReadOnlyList<Inference.Counting.WindowCount[][]>[] Run(SearchPlan search, Experiment[] experiments)
    {
        var plan = new ExperimentPlan(search, experiments);
        var store = UnitStore.Open(_folder.PathOf("store"));
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        new LocalEngine(2).Run(search, store, [.. units.Where(unit => unit.Stage is CountStage)], _ => { }, CancellationToken.None);
        return [.. experiments.Select((_, e) => ExperimentCounts.Load(search, store, units.Skip(e * plan.UnitsEach).Take(plan.UnitsEach)))];
    }
}
