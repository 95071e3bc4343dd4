using Sideband.Events;
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
    /// <returns>[window][working point][run], in the order of the search's windows, of those that the units look at.</returns>
    public static IReadOnlyList<WindowCount[][]> Load(SearchPlan search, UnitStore store, IEnumerable<WorkUnit> units) =>
        Load(search, store, units, product => product.All);

    /// <summary>The same with the data cut to label 0; failed where labels are unknown.</summary>
    /// <inheritdoc cref="Load(SearchPlan, UnitStore, IEnumerable{WorkUnit})"/>
    public static IReadOnlyList<WindowCount[][]> LoadBackground(SearchPlan search, UnitStore store, IEnumerable<WorkUnit> units) =>
        Load(search, store, units, product => product.Background);

    /// <summary>The products of one window, [run][fold].</summary>
    internal static CountProduct[][] Products(
        SearchPlan search, UnitStore store, ILookup<(MassInterval Region, int Run), WorkUnit> folds, MassWindow window) =>
    [
        .. Enumerable.Range(1, search.Settings.Runs)
            .Select(run => folds[(window.SignalRegion, run)].Select(unit => (CountProduct)store.Read(unit)).ToArray()),
    ];

    private static IReadOnlyList<WindowCount[][]> Load(
        SearchPlan search, UnitStore store, IEnumerable<WorkUnit> units, Func<CountProduct, IReadOnlyList<FoldCount>> part)
    {
        // Copies are those of the file, as far as an experiment has them, and a simulator or a density has none.
        WorkUnit[] all = [.. units];
        var source = all[0].Experiment.Source;
        var repetition = search.RepetitionOf(source.Origins is [var origin, ..] ? origin : null, source.CopiesKept(search.Inputs));
        var folds = all.Where(unit => unit.Stage is CountStage).ToLookup(unit => (unit.Window.SignalRegion, unit.Run));
        var windows = search.Windows.Searched.Where(window => folds.Contains((window.SignalRegion, 1)));
        return [.. windows.Select(OfWindow)];

        // Each product is read once for all working points.
        WindowCount[][] OfWindow(MassWindow window)
        {
            var byRun = Products(search, store, folds, window);
            return [.. search.Settings.WorkingPoints.Select((epsilon, e) => byRun.Select(products => Of(epsilon, e, products)).ToArray())];
        }

        WindowCount Of(double epsilon, int e, CountProduct[] products)
        {
            var failure = products.FirstOrDefault(product => product.Failure is not null)?.Failure
                ?? (products.Any(product => part(product).Count == 0) ? "labels are not known" : null);
            FoldCount[] counts = failure is null
                ? [.. products.Select(product => part(product)[e])]
                : [new FoldCount(default, default, default, default, CountFlags.None, failure)];
            var count = WindowCount.Of(epsilon, counts, products[0].TemplateEvents);
            return failure is null ? count with { Repetition = repetition } : count;
        }
    }
}
