using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>Counts events of one sample.</summary>
internal sealed class EventCounts(SearchContext context, ChainSample sample) : IEventCounts
{
    private MassInterval? _hidden;

    /// <summary>Events that are searched in the window that is looked at.</summary>
    public int Searched { get; private set; }

    /// <summary>Looks at a window.</summary>
    public EventCounts At(MassWindow window)
    {
        _hidden = window.Hidden;
        var inside = In(InputRole.Searched, window.SignalRegion);
        Searched = sample.OutsideOfRegion ? Math.Min(inside, All(InputRole.Searched) - inside) : inside;
        return this;
    }

    public int All(InputRole role) => In(role, new MassInterval(double.NegativeInfinity, double.PositiveInfinity));

    public int In(InputRole role, MassInterval interval, bool backgroundOnly = false)
    {
        if (Events(role) is not { } events)
        {
            return 0;
        }

        int Count(MassInterval part) =>
            backgroundOnly ? events.IndicesIn(part).Count(i => events.Labels[i] == 0) : events.CountIn(part);

        return _hidden is { } hidden
            ? Count(interval) - Count(new MassInterval(Math.Max(interval.Low, hidden.Low), Math.Min(interval.High, hidden.High)))
            : Count(interval);
    }

    public bool Has(InputRole role) => Events(role) is not null;

    private EventTable? Events(InputRole role) => context.Events(Experiment.Search, sample, role);
}
