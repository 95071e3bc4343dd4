using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>Brings any events before a scorer: the map into a latent space, or what else the score needs to know of an event.</summary>
public interface IEventView
{
    /// <summary>The events' own features.</summary>
    static IEventView Identity { get; } = new OwnFeatures();

    /// <param name="events">With the columns of the data.</param>
    ScoredView Of(EventTable events);

    /// <summary>The inverse of <see cref="Of"/>, for template events that are shown in the data's own features.</summary>
    EventTable Unmap(EventTable drawn) => drawn;

    private sealed class OwnFeatures : IEventView
    {
        public ScoredView Of(EventTable events) => new(events);
    }
}
