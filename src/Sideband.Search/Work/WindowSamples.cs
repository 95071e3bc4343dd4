using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>Windows in memory: each is prepared once, by the first fold that needs it, and let go after its last.</summary>
internal sealed class WindowSamples
{
    private readonly ConcurrentDictionary<(SampleRole, MassInterval, int), Lazy<WindowSample>> _samples = new();
    private readonly Dictionary<(SampleRole, MassInterval, int), int> _left;
    private readonly SearchPlan _plan;
    private readonly UnitStore _store;

    /// <param name="plan">The plan.</param>
    /// <param name="store">Holds the finished units.</param>
    /// <param name="open">Units to do.</param>
    public WindowSamples(SearchPlan plan, UnitStore store, IEnumerable<WorkUnit> open)
    {
        (_plan, _store) = (plan, store);
        _left = open.Where(unit => unit.Kind == UnitKind.Fold).GroupBy(KeyOf).ToDictionary(group => group.Key, group => group.Count());
    }

    public WindowSample Of(WorkUnit fold) => _samples.GetOrAdd(
        KeyOf(fold), _ => new Lazy<WindowSample>(() => new WindowSample(RunSample.Load(_plan, _store, fold.Sample, fold.Window, fold.Run)))).Value;

    /// <summary>A fold is done. Not safe for several threads at once.</summary>
    public void Release(WorkUnit fold)
    {
        if (--_left[KeyOf(fold)] == 0)
        {
            _samples.TryRemove(KeyOf(fold), out _);
        }
    }

    // A given template is the same in all runs, a drawn one is not.
    private (SampleRole, MassInterval, int) KeyOf(WorkUnit unit) => (unit.Sample, unit.Window.SignalRegion, _plan.Density is null ? 0 : unit.Run);
}
