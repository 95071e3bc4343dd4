using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Learned;
using Sideband.Templates.Stages;

namespace Sideband.Search.Tests.Engines;

/// <summary>Densities, samples and folds as a graph: any order and any interruption gives the same files.</summary>
public sealed class UnitGraphTests : IDisposable
{
    // Real flow matching, just good enough for so few events not to contradict it.
    private static readonly SearchPlan Plan = Planner.Make(
        Toy.Settings(
            ("method", "cathode"), ("systematics", "sideband"), ("members", "1"),
            ("density_recipe", "standard,width=16,blocks=3")),
        Toy.Inputs(Toy.Background("graph", 3000)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Units_stand_behind_what_they_need()
    {
        Plan.Units.Select(unit => unit.Index).ShouldBe(Enumerable.Range(1, Plan.Units.Count));
        Plan.Units.ShouldAllBe(unit => unit.Needs.All(need => need.Index < unit.Index));

        // Three windows, data and sidebands with one density for both, three folds.
        Plan.Units.Count(unit => unit.Stage is DensityStage).ShouldBe(3);
        Plan.Units.Count(unit => unit.Stage.Kind == "sample").ShouldBe(6);
        Plan.Units.Count(unit => unit.Stage is FoldStage).ShouldBe(18);
        Plan.Units.Count(unit => unit.Stage is QualityStage).ShouldBe(3);
        Plan.Units.Count.ShouldBe(30);
        Plan.Units[0].Name.ShouldBe("experiment 0/data/window 1/run 1/density");
        Plan.Units.Select(unit => unit.Key).Distinct().Count().ShouldBe(Plan.Units.Count);
    }

    [Fact]
    public void One_thread_many_threads_and_an_interrupted_run_leave_the_same_files()
    {
        UnitStore Open(string name) => UnitStore.Open(_folder.PathOf(name));
        var (one, many, resumed) = (Open("one"), Open("many"), Open("resumed"));
        new LocalEngine(1).Run(Plan, one, Plan.Units, _ => { }, CancellationToken.None);
        new LocalEngine(5).Run(Plan, many, Plan.Units, _ => { }, CancellationToken.None);
        Cancelled(resumed, 5);
        Cancelled(resumed, 9);
        new LocalEngine(2).Run(Plan, resumed, Plan.Units, _ => { }, CancellationToken.None);
        foreach (var unit in Plan.Units)
        {
            var bytes = File.ReadAllBytes(_folder.PathOf($"one/{unit.Key}.units"));
            File.ReadAllBytes(_folder.PathOf($"many/{unit.Key}.units")).ShouldBe(bytes, unit.Name);
            File.ReadAllBytes(_folder.PathOf($"resumed/{unit.Key}.units")).ShouldBe(bytes, unit.Name);
            FailureOf(one.Read(unit)).ShouldBeNull(unit.Name);
        }
    }

    [Fact]
    public void Part_of_a_plan_does_what_it_needs_and_nothing_else()
    {
        var store = UnitStore.Open(_folder.PathOf("part"));
        var fold = Plan.Units.Last(unit => unit.Stage is FoldStage);
        var done = new List<WorkUnit>();
        new LocalEngine(2).Run(Plan, store, [fold], done.Add, CancellationToken.None);
        done.Select(unit => unit.Stage.Name).ShouldBe(["density", "quality", "sample of cathode", "fold 3"], ignoreOrder: true);
        done[^1].ShouldBe(fold);
        OpenUnits.Of([fold], store).ShouldBeEmpty();
        OpenUnits.Of(Plan.Units, store).Count.ShouldBe(Plan.Units.Count - 4);
    }

    [Fact]
    public void A_damaged_unit_is_moved_aside_with_one_warning_and_done_again()
    {
        var warnings = new List<string>();
        new LocalEngine(2).Run(Plan, UnitStore.Open(_folder.PathOf("damaged"), warnings.Add), Plan.Units, _ => { }, CancellationToken.None);
        var unit = Plan.Units[0];
        var path = _folder.PathOf($"damaged/{unit.Key}.units");
        var whole = File.ReadAllBytes(path);
        byte[] damaged = [.. whole];
        damaged[^5] ^= 0x10;
        File.WriteAllBytes(path, damaged);
        warnings.ShouldBeEmpty();

        var done = new List<WorkUnit>();
        var store = UnitStore.Open(_folder.PathOf("damaged"), warnings.Add);
        new LocalEngine(2).Run(Plan, store, Plan.Units, done.Add, CancellationToken.None);
        done.ShouldBe([unit]);
        warnings.ShouldBe(
            [$"{path}: unit {unit.Key} was changed; it was moved to {_folder.PathOf("damaged/aside")}, and its units are done again"]);
        File.ReadAllBytes(path).ShouldBe(whole);
        File.ReadAllBytes(Directory.GetFiles(_folder.PathOf("damaged/aside")).ShouldHaveSingleItem()).ShouldBe(damaged);
    }

    [Fact]
    public void A_file_that_is_no_pack_of_units_is_moved_aside_before_its_unit_is_needed()
    {
        var warnings = new List<string>();
        Directory.CreateDirectory(_folder.PathOf("text"));
        File.WriteAllText(_folder.PathOf($"text/{Plan.Units[0].Key}.units"), "not a pack of units");
        var store = UnitStore.Open(_folder.PathOf("text"), warnings.Add);
        warnings.ShouldHaveSingleItem().ShouldContain("it does not hold work units");
        var needing = Plan.Units.First(other => other.Needs.Contains(Plan.Units[0]));
        new LocalEngine(1).Run(Plan, store, [needing], _ => { }, CancellationToken.None);
        store.Has(Plan.Units[0]).ShouldBeTrue();
        warnings.Count.ShouldBe(1);
    }

    [Fact]
    public void A_unit_that_is_damaged_while_the_search_runs_is_named()
    {
        var store = UnitStore.Open(_folder.PathOf("late"));
        var unit = Plan.Units[0];
        new LocalEngine(1).Run(Plan, store, [unit], _ => { }, CancellationToken.None);
        store.Has(unit).ShouldBeTrue();
        File.WriteAllText(_folder.PathOf($"late/{unit.Key}.units"), "not a pack of units");
        Should.Throw<InputDataException>(() => store.Read(unit))
            .Message.ShouldBe($"{unit.Name}: its file in the store was damaged while the search ran; the same command does the unit again");
        store.Has(unit).ShouldBeFalse();
    }

    [Fact]
    public void An_injection_changes_no_unit_of_the_Monte_Carlo()
    {
        var (data, monteCarlo) = (Toy.Background("data", 4000), Toy.Background("mc", 4000));
        var settings = Toy.Settings(("method", "cathode"));
        string[] Keys(EventTable events, ChainSample sample) =>
            [.. Planner.Make(settings, Toy.Inputs(events, monteCarlo)).Units.Where(unit => unit.Sample == sample).Select(unit => unit.Key)];

        var injected = data.Concat(Toy.Signal("signal", 50));
        Keys(injected, ChainSample.MonteCarlo).ShouldBe(Keys(data, ChainSample.MonteCarlo));
        Keys(injected, ChainSample.Data).Intersect(Keys(data, ChainSample.Data)).ShouldBeEmpty();
    }

    [Fact]
    public void The_longest_chain_of_work_is_begun_first()
    {
        WorkUnit Unit(int index, double cost, params WorkUnit[] needs) =>
            Plan.Units[0] with { Index = index, Key = $"key {index}", Cost = cost, Needs = needs };

        var (alone, first) = (Unit(1, 5), Unit(2, 1));
        var second = Unit(3, 7, first);
        var queue = new UnitQueue([alone, first, second], 4);
        queue.Take(out var threads).ShouldBe(first);
        threads.ShouldBe(2);
        queue.Take(out threads).ShouldBe(alone);
        threads.ShouldBe(2);
        queue.Finish(first);
        queue.Take(out _).ShouldBe(second);
        queue.Finish(alone);
        queue.Finish(second);
        queue.Take(out _).ShouldBeNull();
    }

    private static void Cancelled(UnitStore store, int after)
    {
        using var cancellation = new CancellationTokenSource();
        var done = 0;
        Should.Throw<OperationCanceledException>(() => new LocalEngine(2).Run(
            Plan,
            store,
            Plan.Units,
            _ =>
            {
                if (++done == after)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token));
    }

    private static string? FailureOf(IStageProduct product) => product switch
    {
        DensityProduct density => density.Failure,
        SampleProduct sample => sample.Failure,
        QualityProduct quality => quality.Failure,
        FoldProduct fold => fold.Failure,
        _ => $"an unknown product {product}",
    };
}
