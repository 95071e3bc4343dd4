using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Search.Tests.Units;

/// <summary>
/// What a unit's key covers is what the unit reads: nothing less, or a wrong result would be found; nothing more, or a right one would not.
/// </summary>
public sealed class ReadLogTests
{
    private static readonly EventTable Data = Toy.Background("read", 3000).Concat(Toy.Signal("read", 60));

    /// <summary>Method, of a combination with sources and level; systematics; whether there is ideal background.</summary>
    public static TheoryData<string, string, bool> Searches()
    {
        var searches = new TheoryData<string, string, bool>();
        foreach (var method in TemplateMethods.All)
        {
            var traits = method.Traits;
            searches.Add(method.Name, traits.DrawsAtAnyMass ? "mc+sideband" : traits.RepeatableOnPseudoData ? "mc" : "labels", true);
            if (traits.DefaultSystematics.Contains("strips", StringComparison.Ordinal))
            {
                searches.Add(method.Name, "strips", false);
            }
        }

        searches.Add("salad", "halves", false);
        searches.Add("supervised", "none", false);
        searches.Add("combined salad,feta,cathode,curtains samples", "strips,halves", false);
        searches.Add("combined cwola,feta,anode,lacathode scores", "mc", false);
        searches.Add("combined cathode,lacathode,anode scores", "mc+sideband", false);
        return searches;
    }

    [Theory]
    [MemberData(nameof(Searches))]
    public void Every_unit_reads_exactly_what_its_stage_declares_and_a_fold_is_the_same_whether_its_window_was_in_memory_or_not(
        string method, string systematics, bool idealBackground)
    {
        var plan = Make(method, systematics, idealBackground);
        using var folder = new TemporaryFolder();
        var (store, again) = (UnitStore.Open(folder.PathOf("store")), UnitStore.Open(folder.PathOf("again")));
        var prepared = new PreparedCache(plan.Settings.Method, plan.Units);
        UnitInputs Inputs(WorkUnit unit, PreparedCache cache) => UnitInputs.Of(plan.Context, unit, store.Read, cache);

        foreach (var unit in plan.Units)
        {
            var inputs = Inputs(unit, prepared);
            store.Put(unit, unit.Stage.Run(inputs, 1, CancellationToken.None));
            inputs.Log.Read.ShouldBe(Declared(unit.Stage.Reads), ignoreOrder: true, unit.Name);
            if (unit.Stage is FoldStage)
            {
                var alone = new PreparedCache(plan.Settings.Method, [unit]);
                again.Put(unit, unit.Stage.Run(Inputs(unit, alone), 1, CancellationToken.None));
                byte[] Kept(string name) => File.ReadAllBytes(folder.PathOf($"{name}/{unit.Key}.units"));
                Kept("again").ShouldBe(Kept("store"), unit.Name);
            }
        }
    }

    [Fact]
    public void What_is_not_declared_cannot_be_read()
    {
        var plan = Make("cwola", "mc", false);
        var fold = plan.Units.First(unit => unit.Stage is FoldStage);
        var inputs = InputsOf(plan, fold);
        foreach (var read in (Action[])
            [
                () => inputs.Events(InputRole.Data), () => inputs.Events(InputRole.Test), () => inputs.Has(InputRole.Signal),
                () => inputs.Option<QualityOptions>(), () => inputs.Product<FoldProduct>("fold 1"),
            ])
        {
            Should.Throw<InvalidOperationException>(read).Message.ShouldStartWith("stage fold 1 reads ");
        }

        inputs.Log.Read.ShouldBeEmpty();
        inputs.Events(InputRole.Searched).ShouldBeSameAs(plan.Inputs.Data);
        inputs.Option<ClassifierOptions>().Members.ShouldBe(1);
        inputs.Log.Read.ShouldBe([InputRole.Searched, typeof(ClassifierOptions)], ignoreOrder: true);
        inputs.Log.Fresh().Read.ShouldBeEmpty();
    }

    [Fact]
    public void The_searched_events_of_each_sample_are_its_own()
    {
        var plan = Make("cathode", "mc+sideband", false);
        foreach (var (sample, role) in (IEnumerable<(ChainSample, InputRole)>)
            [(ChainSample.Data, InputRole.Data), (ChainSample.MonteCarlo, InputRole.MonteCarlo), (ChainSample.Sideband, InputRole.Data)])
        {
            var unit = plan.Units.First(unit => unit.Sample == sample && unit.Stage.Kind == "sample");
            var inputs = InputsOf(plan, unit);
            inputs.Events(InputRole.Searched).ShouldBeSameAs(plan.Inputs.Tables[role]);
            var inside = inputs.Region().Mass.ToArray().Select(mass => unit.Window.SignalRegion.Contains(mass)).Distinct().Single();
            inside.ShouldBe(sample != ChainSample.Sideband);
            inputs.Scored().Count.ShouldBe(sample == ChainSample.Data ? plan.Inputs.Data.Count : inputs.Region().Count);
        }
    }

    private static UnitInputs InputsOf(SearchPlan plan, WorkUnit unit) => UnitInputs.Of(
        plan.Context, unit, _ => throw new InvalidOperationException("no unit is needed"), new PreparedCache(plan.Settings.Method, []));

    private static IEnumerable<object> Declared(StageReads reads) => [.. reads.Roles, .. reads.Options, .. reads.Stages];

    private static SearchPlan Make(string method, string systematics, bool idealBackground)
    {
        var words = method.Split(' ');
        (string, string)[] combination = words is [_, var sources, var level] ? [("combine", sources), ("combine_level", level)] : [];
        return Make(words[0], combination, systematics, idealBackground);
    }

    private static SearchPlan Make(string method, (string, string)[] more, string systematics, bool idealBackground) => Planner.Make(
        Toy.Settings([
            ("method", method), ("profile", "quick"), ("systematics", systematics), ("members", "1"),
            ("folds", "2"), ("sigma_sys", "0.1,0.1"), ("windows", "4.5:5.5"), ("sideband", "0.7"), .. more]),
        Toy.Inputs(
            Data,
            Toy.Background("read mc", 3000),
            idealBackground ? Toy.Background("read ideal", 3000) : null,
            Toy.Signal("read signal", 1000),
            Toy.Background("read test", 300).Concat(Toy.Signal("read test signal", 100)),
            TemplateMethods.ByName(method).PreparationReads.Roles.Contains(InputRole.Simulation)
                ? Toy.Background("read simulation", 5000)
                : null),
        new GaussianDensities());
}
