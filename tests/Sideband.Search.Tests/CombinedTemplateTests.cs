using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Tests;

/// <summary>Combinations of methods through the whole chain.</summary>
public sealed class CombinedTemplateTests
{
    private const double Slope = 0.4;

    private static readonly EventTable Data = Toy.Background("combined data", 24_000, Slope);

    private static readonly EventTable Simulation = Toy.Background("combined simulation", 24_000);

    [Theory]
    [InlineData("salad,feta,cathode,curtains", "samples")]
    [InlineData("salad,feta,curtains", "scores")]
    [InlineData("cathode,curtains", "scores")]
    public void The_template_is_the_backgrounds_where_it_is_of_every_source(string sources, string level)
    {
        var result = Run(Data, sources, level, ("systematics", "labels"));
        result.Failures.ShouldHaveSingleItem().Reason.ShouldEndWith(" have no image: they are left out");
        var window = result.Windows.Single();
        var shift = result.DeltaSys.Single(entry => entry is { Estimate: "labels", EpsilonB: 0.1 }).Mean!.Value;

        // About 600 observed events and more template events at eps_B = 0.1: 6 %; three of that, as for a source alone.
        shift.ShouldBe(0, 0.18);
        window.TemplateEvents.ShouldBeGreaterThan(10_000);
    }

    [Theory]
    [InlineData("salad,cathode", "samples")]
    [InlineData("salad,cathode", "scores")]
    [InlineData("lacathode,anode", "scores")]
    public void A_signal_is_found_in_its_window_and_only_there(string sources, string level)
    {
        var result = Run(
            Data.Concat(Toy.Signal("combined signal", 400)), sources, level, ("systematics", "none"), ("windows", "4.5:5.5,5.5:6.5"));
        result.Failures.ShouldBeEmpty();

        // 400 events in a corner of the features beside 120 of background at eps_B = 0.02: far above 5 even where half pass.
        result.Windows[0].WorkingPoints[1].Significance.Mean!.Value.ShouldBeGreaterThan(5);
        Math.Abs(result.Windows[1].WorkingPoints[1].Significance.Mean!.Value).ShouldBeLessThan(4);
    }

    [Theory]
    [InlineData("samples")]
    [InlineData("scores")]
    public void Every_unit_of_a_source_is_that_of_a_search_with_the_source_alone(string level)
    {
        string[] sources = ["salad", "feta", "cathode", "curtains"];
        var combined = Plan(Data, ("method", "combined"), ("combine", string.Join(',', sources)), ("combine_level", level));
        var keys = Made(combined).Select(unit => unit.Key).ToHashSet();
        foreach (var source in sources)
        {
            var alone = Plan(Data, ("method", source));
            Made(alone).ShouldNotBeEmpty();
            Made(alone).ShouldAllBe(unit => keys.Contains(unit.Key), source);
            keys.ExceptWith(Made(alone).Select(unit => unit.Key));
        }

        keys.ShouldBeEmpty();
    }

    [Fact]
    public void Densities_of_a_store_that_a_source_filled_are_not_learned_again()
    {
        using var folder = new TemporaryFolder();
        var store = UnitStore.Open(folder.PathOf("store"));
        var (cathode, combined) = (Plan(Data, ("method", "cathode")), Plan(Data, ("method", "combined"), ("combine", "cathode,salad")));
        new LocalEngine(2).Run(cathode, store, cathode.Units, _ => { }, CancellationToken.None);
        var open = OpenUnits.Of(combined.Units, store);
        open.Select(unit => unit.Stage.Kind).Distinct().ShouldBe(["reweighting", "quality", "fold"], ignoreOrder: true);
        var done = new List<WorkUnit>();
        new LocalEngine(2).Run(combined, store, combined.Units, done.Add, CancellationToken.None);
        done.Count.ShouldBe(open.Count);
    }

    [Theory]
    [InlineData("samples", "strips")]
    [InlineData("scores", "none")]
    public void A_unit_is_the_same_on_any_number_of_threads(string level, string systematics)
    {
        using var folder = new TemporaryFolder();
        var plan = Planner.Make(
            Settings([
                ("method", "combined"), ("combine", "salad,curtains"), ("combine_level", level), ("systematics", systematics),
                ("members", "2"), ("folds", "2")]),
            Toy.Inputs(Toy.Background("combined few", 6000, Slope), simulation: Toy.Background("combined few simulated", 6000)));
        foreach (var threads in new[] { 1, 3 })
        {
            new LocalEngine(threads).Run(
                plan, UnitStore.Open(folder.PathOf($"{threads}")), plan.Units, _ => { }, CancellationToken.None);
        }

        plan.Units.ShouldAllBe(unit => File.ReadAllBytes(folder.PathOf($"1/{unit.Key}.units")).SequenceEqual(
            File.ReadAllBytes(folder.PathOf($"3/{unit.Key}.units"))));
    }

    [Fact]
    public void By_default_it_takes_all_that_the_inputs_allow()
    {
        SearchSettings With(params (string, string)[] more) => Toy.Settings([("method", "combined"), .. more]);
        string Sources(params (string, string)[] more) => SettingKeys.ByName("combine", "test").Show(With(more))!;
        Sources().ShouldBe("cathode,curtains");
        Sources(("simulation", "simulation.h5")).ShouldBe("salad,feta,cathode,curtains");
        Sources(("simulation", "simulation.h5"), ("combine", "feta, cathode")).ShouldBe("feta,cathode");
        With().Estimate.Name.ShouldBe("mc+strips");
        With(("simulation", "simulation.h5")).Estimate.Name.ShouldBe("strips,halves");
        With(("combine", "cathode,anode"), ("combine_level", "scores")).Estimate.Name.ShouldBe("mc+sideband");
    }

    [Theory]
    [InlineData("salad,katode", "combine: 'katode' is unknown; allowed: cwola, cathode, lacathode, anode, salad, feta, curtains; "
        + "did you mean 'cathode'?")]
    [InlineData("salad,ideal", "combine: 'ideal' cannot be combined with others; allowed: cwola, ")]
    [InlineData("salad,combined", "combine: 'combined' cannot be combined with others; allowed: cwola, ")]
    [InlineData("salad,cathode,salad", "combine: 'salad' stands there twice; allowed: different methods")]
    [InlineData("cathode", "combine: 'cathode' is one method alone, which is --method cathode; allowed: two or more of cwola, ")]
    [InlineData(",", "combine: ',' is no method; allowed: two or more of ")]
    [InlineData("anode,cathode", "combine: 'anode' has no template in the data's features that could be joined with others; "
        + "allowed with combine_level samples: cwola, cathode, salad, feta, curtains; give --combine-level scores, or leave it out")]
    [InlineData("cathode,lacathode", "combine: 'lacathode' has no template in the data's features")]
    public void Sources_that_cannot_be_combined_are_refused(string sources, string message) =>
        Should.Throw<ConfigurationException>(() => Plan(Data, ("method", "combined"), ("combine", sources)))
            .Message.ShouldStartWith(message);

    [Fact]
    public void What_a_source_refuses_its_combination_refuses()
    {
        string Message(params (string, string)[] more) => Should.Throw<SidebandException>(() => Planner.Make(
            Settings([("method", "combined"), ("systematics", "none"), .. more]), Toy.Inputs(Data))).Message;

        Message(("combine", "cathode,salad")).ShouldBe(
            "combine: 'salad' is not possible with these inputs: simulation: method 'salad' needs simulated background, "
            + "which it makes like the data; give --simulation FILE");
        Message(("combine", "cathode,curtains"), ("weight_cap", "5")).ShouldBe(
            "weight_cap: none of the sources of method 'combined' reads it; allowed with: salad, also as a source");
        Message(("combine", "cathode,curtains"), ("combine_level", "events")).ShouldBe(
            "combine_level: 'events' is not allowed; allowed: samples, scores");
        Message(("combine", "cathode,curtains"), ("missing", "keep")).ShouldStartWith(
            "missing: 'keep' is not allowed with method 'combined'");
    }

    // Of the data and their window, all but the folds.
    private static WorkUnit[] Made(SearchPlan plan) => [.. plan.Units.Where(unit => unit.Stage is not FoldStage)];

    private static ScanResult Run(EventTable data, string sources, string level, params (string, string)[] more) => Toy.Run(
        Settings([("method", "combined"), ("combine", sources), ("combine_level", level), .. more]),
        Toy.Inputs(data, simulation: sources.Contains("salad", StringComparison.Ordinal) ? Simulation : null),
        densities: new GaussianDensities());

    private static SearchPlan Plan(EventTable data, params (string, string)[] more) => Planner.Make(
        Settings([("systematics", "none"), .. more]), Toy.Inputs(data, simulation: Simulation), new GaussianDensities());

    private static SearchSettings Settings(params (string, string)[] more) => Toy.Settings([
        ("profile", "quick"), ("windows", "4.5:5.5"), ("sigma_sys", "0.1,0.1"), .. more]);
}
