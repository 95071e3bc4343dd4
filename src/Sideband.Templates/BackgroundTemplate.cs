using Sideband.Events;

namespace Sideband.Templates;

/// <summary>Events that stand for the background in a region, with mass, features and weights.</summary>
/// <param name="Events">Class 0; every event is a distinct one.</param>
/// <param name="Target">Class 1; null stands for the data in the region, as in every weakly supervised method.</param>
/// <param name="Threshold">Events that set thresholds; null: those of <paramref name="Events"/>.</param>
/// <param name="Folded">
/// True where the events are given and few: they are folded by their identity like the data, a part trains and the rest sets the
/// threshold. Where more can be drawn: all of <paramref name="Events"/> train every fold, and all others set every fold's threshold.
/// </param>
public sealed record BackgroundTemplate(
    EventTable Events, EventTable? Target = null, EventTable? Threshold = null, bool Folded = true)
{
    /// <summary>The template events that set thresholds: all of them, or a fold's.</summary>
    public EventTable ThresholdEvents => Threshold ?? Events;
}
