using Sideband.Inference.Counting;

namespace Sideband.Search.Collect;

/// <summary>Which events of a window pass the cuts, as weights for histograms.</summary>
/// <param name="Data">[working point][event] fraction of the runs in which a signal-region event passes.</param>
/// <param name="Template">[working point][event] weight of a template event times the fraction of the runs, or of the folds where each scores all of them, in which it passes.</param>
/// <param name="Thresholds">[working point] R_c, mean over the runs and folds that have one; NaN where none has.</param>
internal sealed record PassingEvents(IReadOnlyList<double[]> Data, IReadOnlyList<double[]> Template, IReadOnlyList<double> Thresholds)
{
    /// <param name="scores">The window's units.</param>
    /// <param name="workingPoints">Background efficiencies of the cuts.</param>
    public static PassingEvents Of(WindowScores scores, IReadOnlyList<double> workingPoints)
    {
        var data = workingPoints.Select(_ => new double[scores.Data.Count]).ToArray();
        var template = workingPoints.Select(_ => new double[scores.Template.Count]).ToArray();
        var (sums, counts) = (new double[workingPoints.Count], new int[workingPoints.Count]);
        foreach (var fold in scores.Runs.SelectMany(run => run))
        {
            var weights = fold.TemplateWeights();
            var distribution = new ScoreDistribution(fold.Result.TemplateScores, weights);
            for (var w = 0; w < workingPoints.Count; w++)
            {
                if (Threshold.At(workingPoints[w], distribution) is not { Failure: null } threshold)
                {
                    continue;
                }

                (sums[w], counts[w]) = (sums[w] + threshold.Score, counts[w] + 1);
                Add(data[w], fold.DataIndices, fold.Result.DataScores, [], threshold.Score, scores.Runs.Count);
                if (scores.TemplateRun == 0)
                {
                    Add(template[w], fold.TemplateIndices, fold.Result.TemplateScores, weights, threshold.Score, scores.Runs.Count);
                }
                else if (fold.Unit.Run == scores.TemplateRun)
                {
                    // Every fold scores all events of this run's template, of which there may be more than are shown.
                    Add(template[w], fold.TemplateIndices, fold.Result.TemplateScores.AsSpan(0, template[w].Length), weights, threshold.Score, scores.Runs[0].Count);
                }
            }
        }

        return new PassingEvents(data, template, [.. sums.Select((sum, w) => sum / counts[w])]);
    }

    private static void Add(double[] events, int[] indices, ReadOnlySpan<float> scores, double[] weights, float threshold, int repetitions)
    {
        for (var i = 0; i < scores.Length; i++)
        {
            events[indices[i]] += scores[i] >= threshold ? (weights.Length == 0 ? 1.0 : weights[i]) / repetitions : 0;
        }
    }
}
