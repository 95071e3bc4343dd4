using Sideband.Events.Writers;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Store;

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
        new LocalEngine(threads).Run(Plan, store, Plan.Units, _ => throw new InvalidOperationException("nothing is open"), CancellationToken.None);
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
        Should.Throw<IOException>(() => new LocalEngine(threads).Run(Plan, store, Plan.Units, _ => throw new IOException("the log is full"), CancellationToken.None))
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
    public void A_unit_is_the_same_on_any_number_of_threads()
    {
        var (one, many) = (UnitStore.Open(_folder.PathOf("one")), UnitStore.Open(_folder.PathOf("many")));
        new LocalEngine(1).Run(Plan, one, Plan.Units, _ => { }, CancellationToken.None);
        new LocalEngine(7).Run(Plan, many, [.. Plan.Units.Reverse()], _ => { }, CancellationToken.None);
        foreach (var unit in Plan.Units)
        {
            File.ReadAllBytes(_folder.PathOf($"one/{unit.Key}.units")).ShouldBe(File.ReadAllBytes(_folder.PathOf($"many/{unit.Key}.units")));
        }
    }
}
