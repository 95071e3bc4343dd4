using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Engines;

/// <summary>Where units run: on this machine, or on a batch system that starts workers and waits for them.</summary>
public interface IUnitEngine
{
    /// <summary>
    /// Does the units that are not in the store yet, and what they need. A unit's failure is a result; a user's or the disk's error
    /// ends the run.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="store">Holds the products.</param>
    /// <param name="units">Units of the plan, in plan order.</param>
    /// <param name="finished">Called, one at a time, after each unit.</param>
    /// <param name="cancellation">Ends the run; finished units are kept.</param>
    /// <returns>Wall seconds spent inside units, by stage.</returns>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    /// <exception cref="Events.SidebandException">A result cannot be written.</exception>
    IReadOnlyDictionary<string, double> Run(
        SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation);
}
