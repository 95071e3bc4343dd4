using Sideband.Events;
using Sideband.Inference.Counting;

namespace Sideband.Search.Collect;

/// <summary>Which events of a window pass the cuts, as weights for histograms.</summary>
/// <param name="Data">[working point][event] fraction of the runs in which a signal-region event passes.</param>
/// <param name="Template">
/// [working point][event] weight of a template event times the fraction of the runs, or of the folds where each scores all of them, in
/// which it passes.
/// </param>
/// <param name="Thresholds">[working point] R_c, mean over the runs and folds that have one; NaN where none has.</param>
internal sealed record PassingEvents(IReadOnlyList<double[]> Data, IReadOnlyList<double[]> Template, IReadOnlyList<double> Thresholds)
{
    /// <param name="scores">The window's units.</param>
    /// <param name="shown">The template events that are shown.</param>
    /// <param name="foldsOf">Every event's fold, by run.</param>
    /// <param name="workingPoints">Background efficiencies of the cuts.</param>
    public static PassingEvents Of(
        WindowScores scores, ShownTemplate shown, Func<int, FoldAssignment> foldsOf, IReadOnlyList<double> workingPoints)
    {
        var data = workingPoints.Select(_ => new double[scores.Data.Count]).ToArray();
        var template = workingPoints.Select(_ => new double[shown.Events.Count]).ToArray();
        var (sums, counts) = (new double[workingPoints.Count], new int[workingPoints.Count]);
        foreach (var run in scores.Runs)
        {
            var ofShown = shown.IsOf(run) ? foldsOf(run.Run) : null;
            var repetitions = (shown.Run == 0 ? scores.Runs.Count : 1) * (shown.IsFolded ? 1 : run.Folds.Count);
            foreach (var fold in run.Folds)
            {
                var weights = fold.Product.TemplateWeights;
                var distribution = new ScoreDistribution(fold.Product.TemplateScores, weights);
                var indices = ofShown is null ? [] : shown.IndicesOf(ofShown, fold);
                for (var w = 0; w < workingPoints.Count; w++)
                {
                    if (Threshold.At(workingPoints[w], distribution) is { Failure: null } threshold)
                    {
                        (sums[w], counts[w]) = (sums[w] + threshold.Score, counts[w] + 1);
                        Add(data[w], fold.InRegion.Indices, fold.InRegion.Scores, [], threshold.Score, scores.Runs.Count);
                        Add(template[w], indices, fold.Product.TemplateScores, weights, threshold.Score, repetitions);
                    }
                }
            }
        }

        return new PassingEvents(data, template, [.. sums.Select((sum, w) => sum / counts[w])]);
    }

    private static void Add(double[] events, int[] indices, ReadOnlySpan<float> scores, double[] weights, float threshold, int repetitions)
    {
        for (var i = 0; i < indices.Length; i++)
        {
            events[indices[i]] += scores[i] >= threshold ? (weights.Length == 0 ? 1.0 : weights[i]) / repetitions : 0;
        }
    }
}
