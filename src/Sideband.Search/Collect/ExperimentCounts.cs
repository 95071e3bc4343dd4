using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The counts of one experiment in every searched window.</summary>
public static class ExperimentCounts
{
    /// <param name="search">The search that the experiment repeats.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <param name="units">All units of the experiment.</param>
    /// <returns>[window][working point][run], in the order of the search's windows.</returns>
    public static IReadOnlyList<WindowCount[][]> Load(SearchPlan search, UnitStore store, IEnumerable<WorkUnit> units)
    {
        // Copies are those of the file: an experiment that draws an event twice says nothing about it.
        WorkUnit[] all = [.. units];
        var repetition = search.RepetitionOf(all[0].Experiment.Source.Origins[0]);
        var folds = all.Where(unit => unit.Stage is CountStage).ToLookup(unit => (unit.Window.SignalRegion, unit.Run));
        return [.. search.Windows.Searched.Select(window => Enumerable.Range(0, search.Settings.WorkingPoints.Count).Select(e =>
            Enumerable.Range(1, search.Settings.Runs).Select(run =>
            {
                CountProduct[] products = [.. folds[(window.SignalRegion, run)].Select(unit => (CountProduct)store.Read(unit))];
                var epsilon = search.Settings.WorkingPoints[e];
                return products.FirstOrDefault(product => product.Failure is not null) is { } failed
                    ? WindowCount.Of(
                        epsilon,
                        [new FoldCount(default, default, default, default, CountFlags.None, failed.Failure)],
                        failed.TemplateEvents)
                    : WindowCount.Of(epsilon, [.. products.Select(product => product.All[e])], products[0].TemplateEvents)
                        with { Repetition = repetition };
            }).ToArray()).ToArray())];
    }
}
