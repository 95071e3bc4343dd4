using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Units;

/// <summary>Counting by bisection is counting one by one.</summary>
public sealed class EventCountsTests
{
    // Few different masses, so that events lie on the limits of intervals.
    private static readonly EventTable Data = Rounded(Toy.Background("counts", 700).Concat(Toy.Signal("counts", 100)));

    private static readonly EventTable MonteCarlo = Rounded(Toy.Background("counts mc", 500));

    private static readonly EventTable Ideal = Rounded(Toy.Background("counts ideal", 300));

    private static readonly SearchContext Context = new(
        Toy.Settings(), Toy.Inputs(Data, MonteCarlo, ideal: Ideal), new GaussianDensities());

    [Theory]
    [InlineData("data")]
    [InlineData("mc")]
    [InlineData("sideband")]
    public void Every_interval(string name)
    {
        var sample = ChainSample.All.Single(sample => sample.Name == name);
        var counts = new EventCounts(Context, sample);
        var searched = sample == ChainSample.MonteCarlo ? MonteCarlo : Data;
        var stream = RandomStream.For(1, name);
        double Limit() => 2.5 + (0.25 * stream.NextInt(22));
        for (var i = 0; i < 300; i++)
        {
            // Empty and reversed ones, and those beyond the data, among them.
            var interval = new MassInterval(Limit(), Limit());
            foreach (var (role, events) in (IEnumerable<(InputRole, EventTable)>)
                [(InputRole.Searched, searched), (InputRole.IdealBackground, Ideal), (InputRole.Data, Data)])
            {
                var inside = Enumerable.Range(0, events.Count).Where(row => interval.Contains(events.Mass[row])).ToArray();
                counts.In(role, interval).ShouldBe(inside.Length);
                counts.In(role, interval, backgroundOnly: true).ShouldBe(inside.Count(row => events.Labels[row] == 0));
            }

            var window = new MassWindow(1, interval);
            var region = Enumerable.Range(0, searched.Count).Count(row => interval.Contains(searched.Mass[row]));
            counts.At(window).Searched.ShouldBe(sample.OutsideOfRegion ? Math.Min(region, searched.Count - region) : region);
        }

        counts.All(InputRole.Searched).ShouldBe(searched.Count);
    }

    [Fact]
    public void The_events_that_are_searched_are_as_many_as_are_counted()
    {
        foreach (var sample in ChainSample.All)
        {
            // There is no simulation here, so there are no halves of it.
            if (Context.Events(Experiment.Search, sample, InputRole.Searched) is not { } events)
            {
                sample.Source.ShouldBe(InputRole.Simulation);
                continue;
            }

            foreach (var region in (MassInterval[])[new(4.5, 5.5), new(3.25, 6.75), new(3, 3.25)])
            {
                var window = new MassWindow(1, region);
                var searched = RegionEvents.Of(events, sample, window, () => RandomStream.For(1, "region"));
                new EventCounts(Context, sample).At(window).Searched.ShouldBe(searched.Count);
            }
        }
    }

    [Fact]
    public void A_role_without_events_has_none()
    {
        var counts = new EventCounts(Context, ChainSample.Data);
        counts.Has(InputRole.Signal).ShouldBeFalse();
        counts.All(InputRole.Signal).ShouldBe(0);
        counts.In(InputRole.Signal, new MassInterval(3, 7)).ShouldBe(0);
        counts.Has(InputRole.IdealBackground).ShouldBeTrue();
    }

    private static EventTable Rounded(EventTable events) => new(
        events.MassName,
        [.. events.Mass.ToArray().Select(mass => Math.Floor(mass * 8) / 8)],
        events.FeatureNames,
        [.. Enumerable.Range(0, events.FeatureNames.Count).Select(f => events.Feature(f).ToArray())],
        events.Sources,
        events.SourceIndex.ToArray(),
        events.Rows.ToArray(),
        events.Labels.ToArray());
}
