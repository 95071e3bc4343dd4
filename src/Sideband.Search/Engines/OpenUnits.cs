using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Engines;

/// <summary>What is left to do.</summary>
public static class OpenUnits
{
    /// <summary>
    /// The given units that are not finished and, however deep, the unfinished ones that they need, in plan order. Part of a plan can
    /// so be done on its own; what two parts need is done by both, with the same bits.
    /// </summary>
    public static IReadOnlyList<WorkUnit> Of(IEnumerable<WorkUnit> units, UnitStore store) => Of(units, store.Has);

    /// <inheritdoc cref="Of(IEnumerable{WorkUnit}, UnitStore)"/>
    internal static IReadOnlyList<WorkUnit> Of(IEnumerable<WorkUnit> units, Func<WorkUnit, bool> isFinished)
    {
        var (seen, open) = (new HashSet<string>(), new List<WorkUnit>());
        void Add(WorkUnit unit)
        {
            if (seen.Add(unit.Key) && !isFinished(unit))
            {
                foreach (var need in unit.Needs)
                {
                    Add(need);
                }

                open.Add(unit);
            }
        }

        foreach (var unit in units)
        {
            Add(unit);
        }

        // Those of one index, that of no plan, keep their order: each behind its needs.
        return [.. open.OrderBy(unit => unit.Index)];
    }
}
