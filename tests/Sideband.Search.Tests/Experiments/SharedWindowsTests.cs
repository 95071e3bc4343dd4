using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Tests.Experiments;

/// <summary>What permutations share changes no bit of them.</summary>
public sealed class SharedWindowsTests : IDisposable
{
    // With ties, so that the order of equal values could matter if it did.
    private static readonly EventTable Data = Rounded(Toy.Background("shared windows", 5000));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Permutations_over_all_windows_have_the_counts_of_windows_sorted_by_themselves() =>
        Counts("cwola", new PermutedFeatures()).ShouldBe(Counts("cwola", new UnsharedFeatures()));

    [Theory]
    [InlineData("cwola")]
    [InlineData("cathode")] // a threshold sample that is exchanged too, and trains nothing
    public void Permutations_within_windows_have_the_counts_of_windows_sorted_by_themselves(string method) =>
        Counts(method, new PermutedLabels()).ShouldBe(Counts(method, new UnsharedLabels()));

    [Fact]
    public void The_sorted_columns_are_made_of_the_whole_table()
    {
        var permuted = new PermutedFeatures().Events(_ => Data, name => RandomStream.For(1, name));
        permuted.FeatureOrigin.ShouldBeSameAs(Data);
        for (var f = 0; f < 2; f++)
        {
            permuted.Feature(f).ToArray().ShouldBe([.. permuted.FeatureRows.ToArray().Select(row => Data.Feature(f)[row])]);
        }
    }

    [Fact]
    public void Permutations_within_windows_learn_no_density_of_their_own()
    {
        var search = Search("cathode");
        var plan = new ExperimentPlan(search, [.. Enumerable.Range(1, 4).Select(number => new Experiment(number, new PermutedLabels()))]);
        plan.UnitsEach.ShouldBe(9); // three windows of three folds
        var store = UnitStore.Open(_folder.PathOf("densities"));
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        var open = OpenUnits.Of(units, store);
        open.Count(unit => unit.Stage is DensityStage).ShouldBe(3);
        open.Where(unit => unit.Stage is DensityStage).Select(unit => unit.Key)
            .ShouldBe(search.Units.Where(unit => unit.Stage is DensityStage).Select(unit => unit.Key));
        new LocalEngine(2).Run(search, store, [.. search.Units], _ => { }, CancellationToken.None);
        OpenUnits.Of(units, store).Count.ShouldBe(units.Length);
    }

    [Theory]
    [InlineData("cwola")]
    [InlineData("cathode")] // whose template is drawn anew in every run of the search
    public void All_runs_of_a_permutation_work_on_one_arrangement(string method)
    {
        // Runs of the search share its events. With an arrangement for each, six runs of 40,000 simulated events had S 0.32 wide, their
        // permutations over all windows 0.63.
        var search = Search(method, ("runs", "2"));
        var plan = new ExperimentPlan(search, [new Experiment(1, new PermutedLabels())]);
        var store = UnitStore.Open(_folder.PathOf($"{method}, two runs"));
        WorkUnit[] units = [.. plan.Units(1, plan.Count)];
        new LocalEngine(2).Run(search, store, OpenUnits.Of(units, store), _ => { }, CancellationToken.None);
        foreach (var window in units.Where(unit => unit.Stage is CountStage).GroupBy(unit => unit.Place.Window))
        {
            window.Select(unit => unit.Place.Run).Distinct().ShouldBe([1, 2]);
            window.SelectMany(unit => unit.Needs).ShouldAllBe(need => need.Place.Run == 1);
            window.Select(Arranged).Distinct().Count().ShouldBe(1);
        }

        string Arranged(WorkUnit unit)
        {
            var prepared = UnitInputs.Of(search.Context, unit, store.Read, new PreparedCache(search.Settings.Method, [unit])).Prepared();
            return string.Join(' ', [
                .. prepared.Region.Events.Feature(0).ToArray(), .. prepared.Template.Events.Feature(0).ToArray(),
            ]);
        }
    }

    private static EventTable Rounded(EventTable events) => events.WithFeatures(
        [.. Enumerable.Range(0, 2).Select(f => Array.ConvertAll(events.Feature(f).ToArray(), x => MathF.Round(x, 2)))]).Canonical();

    private static SearchPlan Search(string method, params (string, string)[] more) => Planner.Make(
        Toy.Settings([("method", method), ("systematics", "none"), ("members", "2"), .. more]), Toy.Inputs(Data), new GaussianDensities());

    private string[] Counts(string method, ExperimentSource source)
    {
        var search = Search(method);
        var plan = new ExperimentPlan(search, [.. Enumerable.Range(1, 2).Select(number => new Experiment(number, source))]);
        var store = UnitStore.Open(_folder.PathOf($"{method} {source.GetType().Name}"));
        WorkUnit[] units = [.. plan.Units(1, plan.Count).Where(unit => unit.Stage is CountStage)];
        new LocalEngine(2).Run(search, store, units, _ => { }, CancellationToken.None);
        return [.. units.Select(unit => $"{unit.Name}: {string.Join(' ', ((CountProduct)store.Read(unit)).All)}")];
    }

    /// <summary>The same events without their origin: nothing that was made of others holds for them.</summary>
    private static EventTable Alone(EventTable events) => events.WithFeatures(DrawnEvents.Features(events));

    private sealed record UnsharedFeatures : ExperimentSource
    {
        public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream)
        {
            var events = Alone(new PermutedFeatures().Events(inputs, stream));
            events.FeatureOrigin.ShouldBeNull();
            return events;
        }
    }

    private sealed record UnsharedLabels : ExperimentSource
    {
        public override bool ArrangesWindows => true;

        public override EventTable Events(Func<InputRole, EventTable> inputs, Func<string, RandomStream> stream) => inputs(InputRole.Data);

        public override PreparedSample Arrange(PreparedSample sample, RandomStream stream, ClassifierOptions classifier)
        {
            var permuted = new PermutedLabels().Arrange(sample, stream, classifier);
            var (region, template) = (new ScoredView(Alone(permuted.Region.Events)), permuted.Template);
            var alone = template with
            {
                Events = Alone(template.Events),
                Threshold = template.Threshold is { } more ? Alone(more) : null,
            };
            return permuted with
            {
                Region = region,
                Scored = region,
                Template = alone,
                Threshold = new ScoredView(alone.ThresholdEvents),
                Scoring = new ClassifierScoring(region, alone, classifier),
            };
        }
    }
}
