using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Work;

namespace Sideband.Search.Collect;

/// <summary>The finished units of one window of one sample, by run and fold.</summary>
/// <param name="Sample">The sample.</param>
/// <param name="Window">The window.</param>
/// <param name="Data">The sample's events in the signal region.</param>
/// <param name="Template">The background template.</param>
/// <param name="Runs">Per run the folds' events and results.</param>
public sealed record WindowScores(
    SampleRole Sample, MassWindow Window, EventTable Data, EventTable Template, IReadOnlyList<IReadOnlyList<FoldScores>> Runs)
{
    /// <summary>Reads a window's units.</summary>
    /// <exception cref="InputDataException">A unit's file is damaged; it is deleted, so that the unit is done again.</exception>
    public static WindowScores Load(SearchPlan plan, UnitStore store, SampleRole sample, MassWindow window)
    {
        var inputs = plan.TemplateInputs(sample);
        var data = inputs.Data.Select(inputs.Data.IndicesIn(window.SignalRegion));
        var template = plan.Settings.Method.Prepare(inputs, window).Template;
        var runs = new List<IReadOnlyList<FoldScores>>();
        foreach (var run in plan.Units.Where(unit => unit.Sample == sample && unit.Window == window).GroupBy(unit => unit.Run))
        {
            var folds = new FoldAssignment(plan.Settings.Seed, run.Key, plan.Settings.Folds);
            var (dataFolds, templateFolds) = (folds.Of(data), folds.Of(template));
            runs.Add([.. run.Select(unit => new FoldScores(
                unit,
                IndicesOf(dataFolds, unit.Fold - 1),
                IndicesOf(templateFolds, unit.Fold - 1),
                store.Find(unit.Key) ?? throw new InputDataException($"{unit.Name}: its file in the store was damaged and is deleted; the same command does the unit again")))]);
        }

        return new WindowScores(sample, window, data, template, runs);
    }

    /// <summary>Weights of a fold's template events, in the order of its scores; empty where all are 1.</summary>
    public double[] WeightsOf(FoldScores fold) => Template.HasWeights ? [.. fold.TemplateIndices.Select(index => Template.Weights[index])] : [];

    private static int[] IndicesOf(byte[] folds, int fold) => [.. Enumerable.Range(0, folds.Length).Where(i => folds[i] == fold)];
}

/// <summary>One fold's result and the events that its scores belong to.</summary>
/// <param name="DataIndices">Index into <see cref="WindowScores.Data"/> of each data score.</param>
/// <param name="TemplateIndices">Index into <see cref="WindowScores.Template"/> of each template score.</param>
public sealed record FoldScores(WorkUnit Unit, int[] DataIndices, int[] TemplateIndices, UnitResult Result);
