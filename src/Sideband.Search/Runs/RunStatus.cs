using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>How far the units are that one command asked for.</summary>
/// <param name="Name">See <see cref="RequestedUnits.Name"/>.</param>
/// <param name="Stages">Stage by stage.</param>
/// <param name="Open">Units that are not done, in plan order.</param>
/// <param name="Failed">Units that are done and have no result, with the reason.</param>
/// <param name="Seconds">Expected CPU time of the open units.</param>
public sealed record RunStatus(
    string Name,
    IReadOnlyList<StageStatus> Stages,
    IReadOnlyList<WorkUnit> Open,
    IReadOnlyList<(WorkUnit Unit, string Reason)> Failed,
    double Seconds)
{
    /// <summary>Looks at the store.</summary>
    internal static RunStatus Of(RequestedUnits requested, UnitStore store)
    {
        WorkUnit[] units = [.. requested.Units.Where(unit => !unit.Stage.IsIntermediate)];
        WorkUnit[] open = [.. units.Where(unit => !store.Has(unit))];
        var keys = open.Select(unit => unit.Key).ToHashSet();
        return new RunStatus(
            requested.Name,
            [.. units.GroupBy(unit => unit.Stage.Kind).Select(stage =>
                new StageStatus(stage.Key, stage.Count(), stage.Count(unit => !keys.Contains(unit.Key))))],
            open,
            [.. units.Where(unit => !keys.Contains(unit.Key)).Select(unit => (unit, ReasonOf(unit, store)))
                .Where(entry => entry.Item2 is not null).Select(entry => (entry.unit, entry.Item2!))],
            Engines.OpenUnits.Of(open, store).Sum(unit => unit.Cost));
    }

    private static string? ReasonOf(WorkUnit unit, UnitStore store) => unit.Stage is FoldStage or CountStage
        ? store.Read(unit) switch
        {
            FoldProduct fold => fold.Failure,
            CountProduct count => count.Failure,
            _ => null,
        }
        : null;
}

/// <summary>How far a stage is.</summary>
/// <param name="Name">Its kind: density, sample, fold, ...</param>
/// <param name="Units">Units that results need.</param>
/// <param name="Done">Those that are finished.</param>
public sealed record StageStatus(string Name, int Units, int Done);
