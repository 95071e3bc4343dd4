using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Templates;

/// <summary>A template of events that are there before anything is learned: features stay as they are, nothing is drawn.</summary>
/// <param name="events">Class 0.</param>
/// <param name="target">Class 1; null: the data.</param>
public sealed class GivenTemplate(EventTable events, EventTable? target = null) : IPreparedMethod
{
    public BackgroundTemplate Sample(RandomStream stream, double[] masses) => new(events, target, Folded: true);
}
