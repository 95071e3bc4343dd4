using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>Counts events of one sample.</summary>
internal sealed class EventCounts(SearchContext context, ChainSample sample) : IEventCounts
{
    /// <summary>Events that are searched in the window that is looked at.</summary>
    public int Searched { get; private set; }

    /// <summary>Looks at a window.</summary>
    public EventCounts At(MassWindow window)
    {
        var inside = In(InputRole.Searched, window.SignalRegion);
        Searched = sample.OutsideOfRegion ? Math.Min(inside, All(InputRole.Searched) - inside) : inside;
        return this;
    }

    public int All(InputRole role) => Events(role)?.Count ?? 0;

    public int In(InputRole role, MassInterval interval, bool backgroundOnly = false) => Events(role) switch
    {
        null => 0,
        var events when backgroundOnly => events.IndicesIn(interval).Count(i => events.Labels[i] == 0),
        var events => events.CountIn(interval),
    };

    public bool Has(InputRole role) => Events(role) is not null;

    private EventTable? Events(InputRole role) => context.Events(Experiment.Search, sample, role);
}
