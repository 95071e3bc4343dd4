using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Work;

namespace Sideband.Search.Collect;

/// <summary>The finished units of one window of one sample, by run and fold.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Window">The window.</param>
/// <param name="Data">The events that are searched in the region (of the first run, in the sideband test), with their own features.</param>
/// <param name="Template">The background template of the first run that has one, with the data's features.</param>
/// <param name="TemplateRun">That run, whose folds all score each template event; 0 where the template is the same in all runs, and folded.</param>
/// <param name="Runs">Per run the folds' events and results.</param>
public sealed record WindowScores(
    SampleRole Sample, MassWindow Window, EventTable Data, EventTable Template, int TemplateRun, IReadOnlyList<IReadOnlyList<FoldScores>> Runs)
{
    /// <summary>Reads a window's units.</summary>
    /// <exception cref="InputDataException">A unit's file is damaged; it is deleted, so that the unit is done again.</exception>
    public static WindowScores Load(SearchPlan plan, UnitStore store, SampleRole sample, MassWindow window)
    {
        var runs = new List<IReadOnlyList<FoldScores>>();
        var (shown, shownRun) = ((EventTable?)null, 0);
        foreach (var run in plan.Units.Where(unit => unit.Kind == UnitKind.Fold && unit.Sample == sample && unit.Window == window).GroupBy(unit => unit.Run))
        {
            var events = RunSample.Load(plan, store, sample, window, run.Key);
            var folds = new FoldAssignment(plan.Settings.Seed, run.Key, plan.Settings.Folds);
            var (dataFolds, templateFolds) = (folds.Of(events.Data), events.Threshold is null ? folds.Of(events.Template.Events) : null);
            runs.Add([.. run.Select(unit => new FoldScores(
                unit,
                events.Data,
                IndicesOf(dataFolds, unit.Fold - 1),
                events.ThresholdEvents,
                templateFolds is null ? [.. Enumerable.Range(0, events.ThresholdEvents.Count)] : IndicesOf(templateFolds, unit.Fold - 1),
                store.Read<UnitResult>(unit)))]);
            if (shown is null && events.Failure is null)
            {
                (shown, shownRun) = (Shown(plan, store, events, run.First()), events.Template.Folded ? 0 : run.Key);
            }
        }

        var data = RegionEvents.Of(plan, sample, window, 1);
        return new WindowScores(sample, window, data, shown ?? data.Select([]), shownRun, runs);
    }

    // Latent template events are brought back to the data's features; as many as there are data will do for a histogram.
    private static EventTable Shown(SearchPlan plan, UnitStore store, RunSample events, WorkUnit unit)
    {
        if (!events.IsMapped)
        {
            return events.ThresholdEvents;
        }

        var prepared = PreparedMethods.Prepare(plan, unit.Sample, unit.Window, store.Read<DensityProduct>(unit.Needs[0].Needs[0]));
        return prepared.Unmap(events.ThresholdEvents.Select([.. Enumerable.Range(0, Math.Min(events.Data.Count, events.ThresholdEvents.Count))]));
    }

    private static int[] IndicesOf(byte[] folds, int fold) => [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)];
}

/// <summary>One fold's result and the events that its scores belong to.</summary>
/// <param name="Data">The run's data in the region.</param>
/// <param name="DataIndices">Index into <paramref name="Data"/> of each data score.</param>
/// <param name="Template">The run's template events that set thresholds; each is a distinct event.</param>
/// <param name="TemplateIndices">Index into <paramref name="Template"/> of each template score.</param>
public sealed record FoldScores(WorkUnit Unit, EventTable Data, int[] DataIndices, EventTable Template, int[] TemplateIndices, UnitResult Result)
{
    /// <summary>Weight of each template score; empty where all are 1.</summary>
    public double[] TemplateWeights() => Template.HasWeights ? [.. TemplateIndices.Select(index => Template.Weights[index])] : [];
}
