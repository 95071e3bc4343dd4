using Sideband.Search.Collect;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Fits;

/// <summary>The masses that pass in one experiment, which kept them, in every searched window.</summary>
internal static class ExperimentSpectra
{
    /// <param name="search">The search that the experiment repeats.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <param name="units">All counts of the experiment.</param>
    /// <returns>
    /// [window][working point][run], in the order of the search's windows: masses of all folds, fold after fold, or why there are none.
    /// </returns>
    public static SelectedRun[][][] Load(SearchPlan search, UnitStore store, IEnumerable<WorkUnit> units)
    {
        var folds = units.ToLookup(unit => (unit.Window.SignalRegion, unit.Run));
        return
        [
            .. search.Windows.Searched.Select(window =>
            {
                var runs = ExperimentCounts.Products(search, store, folds, window);
                return search.Settings.WorkingPoints.Select((_, w) => runs.Select((run, r) => Of(run, r + 1, w)).ToArray()).ToArray();
            }),
        ];
    }

    private static SelectedRun Of(CountProduct[] folds, int run, int workingPoint)
    {
        var failure = folds.Select(fold => fold.Failure ?? fold.All[workingPoint].Unusable).FirstOrDefault(reason => reason is not null);
        return new SelectedRun(run, failure is null ? [.. folds.SelectMany(fold => fold.Masses[workingPoint])] : [], failure);
    }
}
