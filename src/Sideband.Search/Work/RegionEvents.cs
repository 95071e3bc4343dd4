using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>The events of a sample that are scored in a window, and the masses that a template for them has.</summary>
internal static class RegionEvents
{
    /// <summary>
    /// The signal region's events; in the sideband test as many events drawn at random from all outside of it (arXiv:2411.00085,
    /// section 3.2), other ones in every run.
    /// </summary>
    public static EventTable Of(SearchPlan plan, SampleRole sample, MassWindow window, int run)
    {
        var events = plan.EventsOf(sample);
        var inside = events.IndicesIn(window.SignalRegion);
        if (sample != SampleRole.Sideband)
        {
            return events.Select(inside);
        }

        var outside = Outside(events, window);
        RandomStream.For(plan.Settings.Seed, [.. WorkUnit.PathOf(UnitKind.Sample, sample, window, run, 0), "events"]).Shuffle<int>(outside);
        var chosen = outside[..Math.Min(inside.Length, outside.Length)];
        Array.Sort(chosen);
        return events.Select(chosen);
    }

    /// <summary>Indices of the events in the long sidebands.</summary>
    public static int[] Outside(EventTable events, MassWindow window) =>
        [.. Enumerable.Range(0, events.Count).Where(i => !window.SignalRegion.Contains(events.Mass[i]))];

    /// <summary>The mass spectrum of the region.</summary>
    public static MassSpectrumEstimate Spectrum(SearchPlan plan, SampleRole sample, MassWindow window)
    {
        var events = plan.EventsOf(sample);
        if (sample != SampleRole.Sideband)
        {
            return new MassSpectrumEstimate(events.Select(events.IndicesIn(window.SignalRegion)).Mass, window.SignalRegion);
        }

        var all = SpectrumBins.Of(events);
        return new MassSpectrumEstimate(events.Select(Outside(events, window)).Mass, new MassInterval(all.Low, all.High), window.SignalRegion);
    }
}
