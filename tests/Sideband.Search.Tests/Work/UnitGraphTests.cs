using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Work;

namespace Sideband.Search.Tests.Work;

/// <summary>Densities, samples and folds as a graph: any order and any interruption gives the same files.</summary>
public sealed class UnitGraphTests : IDisposable
{
    // Real flow matching, far too short to be good.
    private static readonly SearchPlan Plan = Planner.Make(
        Toy.Settings(("method", "cathode"), ("systematics", "sideband"), ("members", "1"), ("density_recipe", "quick,epochs=1,few_events=0,width=8,blocks=1,batch=256,tolerance=0.1")),
        Toy.Inputs(Toy.Background("graph", 3000)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Units_stand_behind_what_they_need()
    {
        Plan.Units.Select(unit => unit.Index).ShouldBe(Enumerable.Range(1, Plan.Units.Count));
        Plan.Units.ShouldAllBe(unit => unit.Needs.All(need => need.Index < unit.Index));

        // Three windows, data and sidebands with one density for both, three folds.
        Plan.Units.Count(unit => unit.Kind == UnitKind.Density).ShouldBe(3);
        Plan.Units.Count(unit => unit.Kind == UnitKind.Sample).ShouldBe(6);
        Plan.Units.Count(unit => unit.Kind == UnitKind.Fold).ShouldBe(18);
        Plan.Units[0].Name.ShouldBe("experiment 0/data/window 1/run 1/density");
        Plan.Units.Select(unit => unit.Key).Distinct().Count().ShouldBe(Plan.Units.Count);
    }

    [Fact]
    public void One_thread_many_threads_and_an_interrupted_run_leave_the_same_files()
    {
        var (one, many, resumed) = (new UnitStore(_folder.PathOf("one")), new UnitStore(_folder.PathOf("many")), new UnitStore(_folder.PathOf("resumed")));
        new Scheduler(Plan, one, 1).Run(Plan.Units, _ => { }, CancellationToken.None);
        new Scheduler(Plan, many, 5).Run(Plan.Units, _ => { }, CancellationToken.None);
        Cancelled(resumed, 5);
        Cancelled(resumed, 9);
        new Scheduler(Plan, resumed, 2).Run(Plan.Units, _ => { }, CancellationToken.None);
        foreach (var unit in Plan.Units)
        {
            var bytes = File.ReadAllBytes(_folder.PathOf($"one/{unit.Key}.npz"));
            File.ReadAllBytes(_folder.PathOf($"many/{unit.Key}.npz")).ShouldBe(bytes, unit.Name);
            File.ReadAllBytes(_folder.PathOf($"resumed/{unit.Key}.npz")).ShouldBe(bytes, unit.Name);
            one.Read<AnyProduct>(unit).Failure.ShouldBeNull(unit.Name);
        }
    }

    [Fact]
    public void Part_of_a_plan_does_what_it_needs_and_nothing_else()
    {
        var store = new UnitStore(_folder.PathOf("part"));
        var fold = Plan.Units[^1];
        var done = new List<WorkUnit>();
        new Scheduler(Plan, store, 2).Run([fold], done.Add, CancellationToken.None);
        done.Select(unit => unit.Kind).ShouldBe([UnitKind.Density, UnitKind.Sample, UnitKind.Fold]);
        done[^1].ShouldBe(fold);
        OpenUnits.Of([fold], store).ShouldBeEmpty();
        OpenUnits.Of(Plan.Units, store).Count.ShouldBe(Plan.Units.Count - 3);
    }

    [Fact]
    public void A_damaged_file_is_deleted_and_named()
    {
        var store = new UnitStore(_folder.PathOf("damaged"));
        var unit = Plan.Units[0];
        File.WriteAllText(_folder.PathOf($"damaged/{unit.Key}.npz"), "not an archive");
        Should.Throw<InputDataException>(() => new Scheduler(Plan, store, 1).Run([Plan.Units.First(other => other.Needs.Contains(unit))], _ => { }, CancellationToken.None))
            .Message.ShouldBe("experiment 0/data/window 1/run 1/density: its file in the store was damaged and is deleted; the same command does the unit again");
        store.Contains(unit.Key).ShouldBeFalse();
    }

    [Fact]
    public void An_injection_changes_no_unit_of_the_Monte_Carlo()
    {
        var (data, monteCarlo) = (Toy.Background("data", 4000), Toy.Background("mc", 4000));
        var settings = Toy.Settings(("method", "cathode"));
        string[] Keys(EventTable events, SampleRole sample) =>
            [.. Planner.Make(settings, Toy.Inputs(events, monteCarlo)).Units.Where(unit => unit.Sample == sample).Select(unit => unit.Key)];

        var injected = data.Concat(Toy.Signal("signal", 50));
        Keys(injected, SampleRole.MonteCarlo).ShouldBe(Keys(data, SampleRole.MonteCarlo));
        Keys(injected, SampleRole.Data).Intersect(Keys(data, SampleRole.Data)).ShouldBeEmpty();
    }

    [Fact]
    public void The_longest_chain_of_work_is_begun_first()
    {
        WorkUnit Unit(int index, double cost, params WorkUnit[] needs) =>
            new(index, UnitKind.Fold, SampleRole.Data, Plan.Units[0].Window, 1, index, $"key {index}", cost) { Needs = needs };

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
        Should.Throw<OperationCanceledException>(() => new Scheduler(Plan, store, 2).Run(
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

    private sealed record AnyProduct(string? Failure) : IUnitProduct<AnyProduct>
    {
        public void Pack(Events.Writers.NpzWriter archive) => throw new NotSupportedException();

        public static AnyProduct Unpack(Events.Readers.NpzFile file) => new(file.ReadStrings("failure") is [var reason] ? reason : null);
    }
}
