using System.Collections.Concurrent;
using Sideband.Search.Experiments;
using Sideband.Search.Units;
using Sideband.Templates.Stages;

namespace Sideband.Search.Engines;

/// <summary>
/// What the units of experiments leave for each other: densities and samples that counts are made of and that nobody wants to keep. They
/// stay in memory until the last unit that needs them is done, and so do the events of an experiment.
/// </summary>
internal sealed class ExperimentProducts
{
    private readonly SearchContext _context;
    private readonly ConcurrentDictionary<string, IStageProduct> _products = new();
    private readonly Dictionary<string, int> _dependants = [];
    private readonly Dictionary<Experiment, int> _units = [];

    /// <param name="context">Holds the events of experiments.</param>
    /// <param name="open">Units to do.</param>
    public ExperimentProducts(SearchContext context, IEnumerable<WorkUnit> open)
    {
        _context = context;
        foreach (var unit in open.Where(unit => !unit.Experiment.IsSearch))
        {
            _units[unit.Experiment] = _units.GetValueOrDefault(unit.Experiment) + 1;
            foreach (var need in unit.Needs)
            {
                _dependants[need.Key] = _dependants.GetValueOrDefault(need.Key) + 1;
            }
        }
    }

    public IStageProduct? Find(WorkUnit unit) => _products.GetValueOrDefault(unit.Key);

    public void Keep(WorkUnit unit, IStageProduct product) => _products[unit.Key] = product;

    /// <summary>A unit is done. Not safe for several threads at once.</summary>
    public void Release(WorkUnit unit)
    {
        if (unit.Experiment.IsSearch)
        {
            return;
        }

        foreach (var need in unit.Needs)
        {
            if (--_dependants[need.Key] == 0)
            {
                _products.TryRemove(need.Key, out _);
            }
        }

        if (--_units[unit.Experiment] == 0)
        {
            _context.Release(unit.Experiment);
        }
    }
}
