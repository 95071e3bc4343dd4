using Sideband.Numerics;

namespace Sideband.Events.Tests;

public class InjectionTests
{
    private static readonly EventTable Signal = Table(100);

    [Fact]
    public void Without_a_stream_the_first_events_are_injected()
    {
        var injection = Injection.Take(Signal, 30);
        injection.Injected.Rows.ToArray().ShouldBe(Enumerable.Range(0, 30));
        injection.Rest.Rows.ToArray().ShouldBe(Enumerable.Range(30, 70));
    }

    [Fact]
    public void With_a_stream_events_are_drawn_without_repetition_and_reproducibly()
    {
        var injection = Injection.Take(Signal, 30, RandomStream.For(1, "inject"));
        var again = Injection.Take(Signal, 30, RandomStream.For(1, "inject"));
        injection.Injected.Rows.ToArray().ShouldNotBe(Enumerable.Range(0, 30));
        injection.Injected.Rows.ToArray().ShouldBe(again.Injected.Rows.ToArray());
        injection.Injected.Rows.ToArray().ShouldBeInOrder();
        injection.Injected.Rows.ToArray().Concat(injection.Rest.Rows.ToArray()).Order().ShouldBe(Enumerable.Range(0, 100));
    }

    [Fact]
    public void With_a_stream_the_order_of_the_file_does_not_matter()
    {
        int[] order = [.. Enumerable.Range(0, 100)];
        RandomStream.For(5, "file").Shuffle<int>(order);
        var one = Injection.Take(Signal, 30, RandomStream.For(1, "inject")).Injected.Canonical();
        var other = Injection.Take(Signal.Select(order), 30, RandomStream.For(1, "inject")).Injected.Canonical();
        other.Mass.ToArray().ShouldBe(one.Mass.ToArray());
    }

    [Fact]
    public void More_events_than_there_are_is_a_usage_error() => Should.Throw<ConfigurationException>(() => Injection.Take(Signal, 101))
        .Message.ShouldBe("inject: 101 events asked for, signal has 100 usable signal events (allowed: 0 to 100)");

    private static EventTable Table(int count) => new(
        "mjj",
        [.. Enumerable.Range(0, count).Select(i => 3 + (0.01 * i))],
        ["x"],
        [new float[count]],
        [EventSource.Simulated("signal")],
        new short[count],
        [.. Enumerable.Range(0, count)]);
}
