using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Engines.Batch;

/// <summary>The units that workers have not finished yet, as the store tells it.</summary>
internal sealed class UnitsLeft
{
    private readonly IReadOnlyList<WorkUnit> _units;
    private readonly UnitStore _store;
    private readonly Action<WorkUnit> _finished;

    /// <param name="units">What is to be done.</param>
    /// <param name="store">Where workers write to.</param>
    /// <param name="finished">Called after each unit that was not finished at first.</param>
    public UnitsLeft(IReadOnlyList<WorkUnit> units, UnitStore store, Action<WorkUnit> finished)
    {
        (_units, _store, _finished) = (units, store, finished);
        Open = OpenUnits.Of(units, store);
    }

    /// <summary>Those that were left when it was looked last, with what they need, in plan order.</summary>
    public IReadOnlyList<WorkUnit> Open { get; private set; }

    /// <summary>Looks again.</summary>
    public IReadOnlyList<WorkUnit> Update()
    {
        _store.Refresh();
        var open = OpenUnits.Of(_units, _store);
        var keys = open.Select(unit => unit.Key).ToHashSet();
        foreach (var unit in Open.Where(unit => !keys.Contains(unit.Key)))
        {
            _finished(unit);
        }

        return Open = open;
    }
}
