using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Templates;

/// <summary>
/// A method prepared for one window, sample and run (methods.md, section 3): map, sample and score. The score is a classifier's,
/// unless <see cref="LogBackground"/> gives the denominator of a likelihood ratio.
/// </summary>
/// <remarks>Safe for several threads at once.</remarks>
public interface IPreparedMethod
{
    /// <summary>The events with the features that are compared with the template's; NaN where an event has no image.</summary>
    EventTable Map(EventTable events) => events;

    /// <summary>The inverse of <see cref="Map"/>: template events in the data's own features.</summary>
    EventTable Unmap(EventTable drawn) => drawn;

    /// <summary>A template.</summary>
    /// <param name="stream">Its random numbers.</param>
    /// <param name="masses">The mass of each event, for methods that can draw; others give the events that they have.</param>
    BackgroundTemplate Sample(RandomStream stream, double[] masses);

    /// <summary>ln p_SB(x | m) of each event for methods that score by p_SR/p_SB; null for those with a classifier.</summary>
    double[]? LogBackground(EventTable events) => null;
}
