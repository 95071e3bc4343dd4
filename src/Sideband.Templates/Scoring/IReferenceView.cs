using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Templates.Scoring;

/// <summary>
/// Events as they would be at one reference mass: what a score of them still knows of the mass is gone (LaCATHODE, arXiv:2210.14924,
/// footnote 2).
/// </summary>
public interface IReferenceView : IEventView
{
    /// <summary>Background at the reference mass, in the features that the scorer sees.</summary>
    /// <param name="like">Names of mass and features.</param>
    /// <param name="count">Number of events.</param>
    /// <param name="stream">Their random numbers.</param>
    EventTable Draw(EventTable like, int count, RandomStream stream);
}
