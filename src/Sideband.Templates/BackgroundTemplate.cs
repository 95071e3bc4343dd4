using Sideband.Events;

namespace Sideband.Templates;

/// <summary>Events that stand for the background in a region, with mass, features and weights.</summary>
/// <param name="Events">Class 0; every event is a distinct one.</param>
/// <param name="Target">Class 1; null stands for the data in the region, as in every weakly supervised method.</param>
/// <param name="Threshold">
/// Null where the events are given and few: they are folded by their identity like the data, a part trains and the rest sets the
/// threshold. Where more can be drawn: all of <paramref name="Events"/> train every fold, and these set every fold's threshold.
/// </param>
public sealed record BackgroundTemplate(EventTable Events, EventTable? Target = null, EventTable? Threshold = null)
{
    /// <summary>True where a fold's threshold is set by its own part of the template.</summary>
    public bool Folded => Threshold is null;

    /// <summary>The template events that set thresholds: all of them, or a fold's.</summary>
    public EventTable ThresholdEvents => Threshold ?? Events;
}
