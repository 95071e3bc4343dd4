using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Units;

/// <summary>Counts events of one sample by their sorted masses.</summary>
internal sealed class EventCounts(SearchContext context, ChainSample sample) : IEventCounts
{
    private readonly Dictionary<(InputRole, bool), double[]> _masses = [];

    /// <summary>Events that are searched in the window that is looked at.</summary>
    public int Searched { get; private set; }

    /// <summary>Looks at a window.</summary>
    public EventCounts At(MassWindow window)
    {
        var inside = In(InputRole.Searched, window.SignalRegion);
        Searched = sample.OutsideOfRegion ? Math.Min(inside, All(InputRole.Searched) - inside) : inside;
        return this;
    }

    public int All(InputRole role) => Masses(role, false).Length;

    public int In(InputRole role, MassInterval interval, bool backgroundOnly = false)
    {
        var masses = Masses(role, backgroundOnly);
        return Math.Max(0, Below(masses, interval.High) - Below(masses, interval.Low));
    }

    public bool Has(InputRole role) => context.Events(Experiment.Search, sample, role) is not null;

    private double[] Masses(InputRole role, bool backgroundOnly)
    {
        if (!_masses.TryGetValue((role, backgroundOnly), out var masses))
        {
            var events = context.Events(Experiment.Search, sample, role);
            masses = events is null ? [] : events.Mass.ToArray();
            if (backgroundOnly && events is not null)
            {
                masses = [.. masses.Where((_, i) => events.Labels[i] == 0)];
            }

            Array.Sort(masses);
            _masses[(role, backgroundOnly)] = masses;
        }

        return masses;
    }

    // The number of masses below a limit, by bisection.
    private static int Below(double[] masses, double limit)
    {
        var (low, high) = (0, masses.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = masses[middle] < limit ? (middle + 1, high) : (low, middle);
        }

        return low;
    }
}
