using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>The weights of a table's events, 1 where it has none.</summary>
internal static class EventWeights
{
    /// <summary>One weight for each event.</summary>
    public static double[] Each(EventTable events) =>
        events.HasWeights ? events.Weights.ToArray() : [.. Enumerable.Repeat(1.0, events.Count)];

    /// <summary>Events whose own weights are multiplied by factors, one for each event.</summary>
    public static EventTable Times(EventTable events, double[] factors) =>
        events.WithWeights([.. Each(events).Zip(factors, (weight, factor) => factor * weight)]);
}
