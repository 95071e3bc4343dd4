using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Search.Systematics;
using Sideband.Templates.Learned;

namespace Sideband.Search.Units;

/// <summary>The events of a sample that are searched in a window, and their mass spectrum.</summary>
internal static class RegionEvents
{
    /// <summary>
    /// The signal region's events; in the sideband test as many events drawn at random from all outside of it (arXiv:2411.00085,
    /// section 3.2), other ones in every run.
    /// </summary>
    /// <param name="events">All events of the sample.</param>
    /// <param name="sample">The sample.</param>
    /// <param name="window">The window.</param>
    /// <param name="stream">Draws them, of the window and run.</param>
    public static EventTable Of(EventTable events, ChainSample sample, MassWindow window, Func<RandomStream> stream)
    {
        if (!sample.OutsideOfRegion)
        {
            return events.In(window.SignalRegion);
        }

        var outside = events.IndicesOutside(window.SignalRegion);
        stream().Shuffle<int>(outside);
        var chosen = outside[..Math.Min(events.CountIn(window.SignalRegion), outside.Length)];
        Array.Sort(chosen);
        return events.Select(chosen);
    }

    /// <summary>The mass spectrum of the region.</summary>
    public static MassSpectrumEstimate Spectrum(EventTable events, ChainSample sample, MassWindow window)
    {
        if (!sample.OutsideOfRegion)
        {
            return new MassSpectrumEstimate(events.In(window.SignalRegion).Mass, window.SignalRegion);
        }

        return new MassSpectrumEstimate(
            events.Select(events.IndicesOutside(window.SignalRegion)).Mass, MassRange.Of(events), window.SignalRegion);
    }
}
