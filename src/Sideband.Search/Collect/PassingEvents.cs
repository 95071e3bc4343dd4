using Sideband.Events;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Collect;

/// <summary>Which events of a window pass the cuts, as weights for histograms; null at a working point where no run has counts.</summary>
/// <param name="Data">[working point][event] fraction of the runs with counts in which a signal-region event passes.</param>
/// <param name="Template">
/// [working point][event] weight of a template event times the fraction of the runs with counts, or of the folds where each scores all of
/// them, in which it passes.
/// </param>
/// <param name="Thresholds">[working point] R_c, mean over those runs and their folds; NaN without.</param>
internal sealed record PassingEvents(IReadOnlyList<double[]?> Data, IReadOnlyList<double[]?> Template, IReadOnlyList<double> Thresholds)
{
    /// <param name="scores">The window's units.</param>
    /// <param name="shown">The template events that are shown.</param>
    /// <param name="foldsOf">Every event's fold, by run.</param>
    /// <param name="cuts">[working point][run].</param>
    public static PassingEvents Of(
        WindowScores scores, ShownTemplate shown, Func<int, FoldAssignment> foldsOf, IReadOnlyList<IReadOnlyList<RunCut>> cuts)
    {
        var thresholds = cuts.Select(runs => runs.SelectMany(cut => cut.Thresholds.Select(threshold => (double)threshold)));
        return new PassingEvents(
            [.. cuts.Select(runs => OfData(scores.Data.Count, runs))],
            [.. cuts.Select(runs => OfTemplate(shown, foldsOf, [.. runs.Where(cut => shown.IsOf(cut.Run))]))],
            [.. thresholds.Select(ofFolds => ofFolds.DefaultIfEmpty(double.NaN).Average())]);
    }

    private static double[]? OfData(int events, IReadOnlyList<RunCut> runs)
    {
        var data = new double[events];
        foreach (var (run, thresholds) in runs)
        {
            foreach (var (fold, threshold) in run.Folds.Zip(thresholds))
            {
                Add(data, fold.InRegion.Indices, fold.InRegion.Scored, [], threshold, runs.Count);
            }
        }

        return runs.Count == 0 ? null : data;
    }

    private static double[]? OfTemplate(ShownTemplate shown, Func<int, FoldAssignment> foldsOf, RunCut[] runs)
    {
        var template = new double[shown.Events.Count];
        foreach (var (run, thresholds) in runs)
        {
            var repetitions = runs.Length * (shown.IsFolded ? 1 : run.Folds.Count);
            foreach (var (fold, threshold) in run.Folds.Zip(thresholds))
            {
                var indices = shown.IndicesOf(foldsOf(run.Run), fold);
                Add(template, indices, new(fold.Product.TemplateScores, []), fold.Product.TemplateWeights, threshold, repetitions);
            }
        }

        return runs.Length == 0 ? null : template;
    }

    private static void Add(double[] events, int[] indices, ScoredRows scores, double[] weights, float threshold, int repetitions)
    {
        var passing = scores.Passing(threshold);
        for (var i = 0; i < indices.Length; i++)
        {
            events[indices[i]] += passing[i] ? (weights.Length == 0 ? 1.0 : weights[i]) / repetitions : 0;
        }
    }
}
