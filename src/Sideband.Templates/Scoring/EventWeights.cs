using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>Weights that a method makes.</summary>
internal static class EventWeights
{
    /// <summary>Events whose own weights are multiplied by factors, one for each event.</summary>
    public static EventTable Times(EventTable events, double[] factors) =>
        events.WithWeights([.. events.WeightOfEach().Zip(factors, (weight, factor) => factor * weight)]);
}
