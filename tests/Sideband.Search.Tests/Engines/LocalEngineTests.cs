using Sideband.Events.Writers;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Engines;

/// <summary>The engine does each open unit once, and ends cleanly whatever goes wrong.</summary>
public sealed class LocalEngineTests : IDisposable
{
    private static readonly SearchPlan Plan = Planner.Make(
        Toy.Settings(("systematics", "none"), ("members", "1")), Toy.Inputs(Toy.Background("engine", 4000)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    [InlineData(20)]
    public void Every_unit_is_done_once_and_reported_one_at_a_time(int threads)
    {
        var store = UnitStore.Open(_folder.PathOf("store"));
        var done = new List<string>();
        var inside = 0;
        new LocalEngine(threads).Run(
            Plan,
            store,
            Plan.Units,
            unit =>
            {
                Interlocked.Increment(ref inside).ShouldBe(1);
                done.Add(unit.Key);
                Interlocked.Decrement(ref inside);
            },
            CancellationToken.None);
        done.ShouldBe(Plan.Units.Select(unit => unit.Key), ignoreOrder: true);
        Plan.Units.ShouldAllBe(unit => store.Has(unit));
        new LocalEngine(threads).Run(
            Plan, store, Plan.Units, _ => throw new InvalidOperationException("nothing is open"), CancellationToken.None);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void A_store_that_cannot_be_written_ends_the_run(int threads)
    {
        var store = UnitStore.Open(_folder.PathOf("store"));
        Directory.Delete(_folder.PathOf("store"));
        Should.Throw<OutputException>(() => new LocalEngine(threads).Run(Plan, store, Plan.Units, _ => { }, CancellationToken.None))
            .Message.ShouldEndWith(": cannot be written: no such folder");
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void An_error_of_the_callback_ends_the_run_and_not_the_process(int threads)
    {
        var store = UnitStore.Open(_folder.PathOf("store"));
        Should.Throw<IOException>(() => new LocalEngine(threads).Run(
            Plan, store, Plan.Units, _ => throw new IOException("the log is full"), CancellationToken.None))
            .Message.ShouldBe("the log is full");
        Plan.Units.Count(unit => store.Has(unit)).ShouldBeInRange(1, threads);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(3)]
    public void Cancelled_it_keeps_what_is_finished(int threads)
    {
        var store = UnitStore.Open(_folder.PathOf("store"));
        using var cancellation = new CancellationTokenSource();
        var done = 0;
        Should.Throw<OperationCanceledException>(() => new LocalEngine(threads).Run(
            Plan,
            store,
            Plan.Units,
            _ =>
            {
                if (++done == 2)
                {
                    cancellation.Cancel();
                }
            },
            cancellation.Token));
        Plan.Units.Count(unit => store.Has(unit)).ShouldBeInRange(2, 2 + threads);
    }

    [Fact]
    public void Units_of_another_plan_are_refused_before_their_products_could_stand_under_wrong_keys()
    {
        var other = Planner.Make(Plan.Settings with { Seed = Plan.Settings.Seed + 1 }, Plan.Inputs);
        var store = UnitStore.Open(_folder.PathOf("other"));
        Should.Throw<ArgumentException>(() => new LocalEngine(1).Run(other, store, Plan.Units, _ => { }, CancellationToken.None))
            .Message.ShouldContain("is no unit of the plan");
        Plan.Units.ShouldAllBe(unit => !store.Has(unit));
    }

    [Fact]
    public void A_unit_is_the_same_on_any_number_of_threads()
    {
        var (one, many) = (UnitStore.Open(_folder.PathOf("one")), UnitStore.Open(_folder.PathOf("many")));
        new LocalEngine(1).Run(Plan, one, Plan.Units, _ => { }, CancellationToken.None);
        new LocalEngine(7).Run(Plan, many, [.. Plan.Units.Reverse()], _ => { }, CancellationToken.None);
        foreach (var unit in Plan.Units)
        {
            File.ReadAllBytes(_folder.PathOf($"one/{unit.Key}.units"))
                .ShouldBe(File.ReadAllBytes(_folder.PathOf($"many/{unit.Key}.units")));
        }
    }

    [Fact]
    public void Units_of_pseudo_experiments_are_packed_even_when_they_are_interrupted()
    {
        var row = Plan.Rows[1];
        var sizes = new Dictionary<ChainSample, IReadOnlyList<WindowSize>>
        {
            [ChainSample.Data] = [new(row.Window, row.Events, new TemplateSize(row.TemplateEvents))],
        };
        var units = new UnitFactory(Plan.Context).Make(new Experiment(1, new PermutedFeatures()), sizes);
        units.Select(unit => unit.Name).ShouldBe(Enumerable.Range(1, 3).Select(fold => $"experiment 1/data/window 2/run 1/fold {fold}"));
        units.Select(unit => unit.Key).Intersect(Plan.Units.Select(unit => unit.Key)).ShouldBeEmpty();

        var store = UnitStore.Open(_folder.PathOf("store"));
        using var cancellation = new CancellationTokenSource();
        Should.Throw<OperationCanceledException>(() => new LocalEngine(1).Run(
            Plan, store, units, _ => cancellation.Cancel(), cancellation.Token));
        Directory.GetFiles(_folder.PathOf("store")).Length.ShouldBe(1, "the finished one");
        var again = UnitStore.Open(_folder.PathOf("store"));
        OpenUnits.Of(units, again).ShouldBe(units.Skip(1));
        new LocalEngine(1).Run(Plan, again, units, _ => { }, CancellationToken.None);
        Directory.GetFiles(_folder.PathOf("store")).Length.ShouldBe(2, "the two others in one file");
        units.ShouldAllBe(unit => UnitStore.OpenToRead(_folder.PathOf("store"))!.Has(unit));
    }
}
