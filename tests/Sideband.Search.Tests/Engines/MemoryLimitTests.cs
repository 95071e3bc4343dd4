using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Tests.Engines;

/// <summary>Units wait for memory, and nothing else changes.</summary>
public sealed class MemoryLimitTests : IDisposable
{
    private static readonly SearchPlan Plan = Planner.Make(
        Toy.Settings(("systematics", "none"), ("members", "1")), Toy.Inputs(Toy.Background("memory", 3000)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("4G", 4L << 30)]
    [InlineData("1.5G", 3L << 29)]
    [InlineData("300M", 300L << 20)]
    [InlineData("2T", 2L << 40)]
    public void A_size_is_a_number_with_a_letter(string text, long bytes) => MemoryLimit.Parse(text)!.Bytes.ShouldBe(bytes);

    [Theory]
    [InlineData("")]
    [InlineData("4")]
    [InlineData("4GB")]
    [InlineData("-4G")]
    [InlineData("0G")]
    [InlineData("G")]
    [InlineData("1e3G")]
    [InlineData("1,5G")]
    [InlineData("9999999T")]
    public void Another_text_is_refused(string text) => Should.Throw<ConfigurationException>(() => MemoryLimit.Parse(text))
        .Message.ShouldBe($"--memory: '{text}' is not allowed; allowed: a number with M, G or T, for example 4G or 1.5G");

    [Fact]
    public void A_limit_of_this_machine_says_nothing_of_others() =>
        Should.Throw<ConfigurationException>(() => MemoryLimit.Parse("4G", "slurm")).Message.ShouldContain("--engine-option mem=SIZE");

    [Fact]
    public void A_unit_that_alone_takes_more_is_refused_with_its_name_need_and_the_limit()
    {
        var largest = MemoryLimit.Largest(Plan.Units)!;
        var fits = Held() + largest.Memory.On(1);
        new MemoryLimit(fits).Require(Plan.Context, Plan.Units);
        var store = UnitStore.Open(_folder.PathOf("refused"));
        Should.Throw<ConfigurationException>(
                () => new LocalEngine(2, new MemoryLimit(fits - 1)).Run(Plan, store, Plan.Units, _ => { }, CancellationToken.None))
            .Message.ShouldStartWith($"--memory: {largest.Name} alone needs about ");
        Plan.Units.ShouldAllBe(unit => !store.Has(unit));
    }

    [Theory]
    [InlineData(1, 1)]
    [InlineData(2, 2)]
    [InlineData(5, 4)]
    public void As_many_units_run_at_one_time_as_fit(int fitting, int expected)
    {
        var need = MemoryLimit.Largest(Plan.Units)!.Memory.On(1);
        var limit = new MemoryLimit(Held() + (fitting * need));
        MemoryLimit.AtOnce(limit, Plan.Context, Plan.Units, threads: 4).ShouldBe(expected);
        MemoryLimit.AtOnce(null, Plan.Context, Plan.Units, threads: 4).ShouldBe(4);
    }

    [Fact]
    public async Task A_unit_waits_until_there_is_room_for_it()
    {
        var units = Plan.Units.Take(3).ToArray();
        var queue = new UnitQueue(units, threads: 4, room: units.Take(2).Sum(unit => unit.Memory.On(1)));
        var first = queue.Take(out var threads)!;
        threads.ShouldBe(1);
        var second = queue.Take(out _)!;
        var third = Task.Run(() => queue.Take(out _));

        // That it waits can be seen for an instant only; that it goes on does not depend on the clock.
        await Task.Delay(100, TestContext.Current.CancellationToken);
        third.IsCompleted.ShouldBeFalse();
        queue.Finish(first);
        (await third).ShouldBe(units.Except([first, second]).Single());
    }

    [Fact]
    public void Threads_of_units_that_have_no_room_work_within_those_that_have()
    {
        var units = Plan.Units.Take(3).ToArray();
        long Room(int threads) => units.Max(unit => unit.Memory.On(threads));

        new UnitQueue(units, threads: 4, Room(3)).Take(out var some).ShouldNotBeNull();
        some.ShouldBe(3);
        new UnitQueue(units, threads: 4, Room(1)).Take(out var alone).ShouldNotBeNull();
        alone.ShouldBe(1);
        new UnitQueue(units, threads: 4).Take(out var unlimited).ShouldNotBeNull();
        unlimited.ShouldBe(1);
    }

    [Fact]
    public void A_limit_changes_no_bit()
    {
        var limit = new MemoryLimit(Held() + MemoryLimit.Largest(Plan.Units)!.Memory.On(1));
        foreach (var (name, engine) in new[] { ("free", new LocalEngine(3)), ("limited", new LocalEngine(3, limit)) })
        {
            engine.Run(Plan, UnitStore.Open(_folder.PathOf(name)), Plan.Units, _ => { }, CancellationToken.None);
        }

        foreach (var unit in Plan.Units)
        {
            File.ReadAllBytes(_folder.PathOf($"limited/{unit.Key}.units"))
                .ShouldBe(File.ReadAllBytes(_folder.PathOf($"free/{unit.Key}.units")), unit.Name);
        }
    }

    private static long Held() => HeldMemory.Of(Plan.Context, Plan.Units);
}
