using Sideband.Inference.Counting;

namespace Sideband.Search.Collect;

/// <summary>The cuts of one run at one working point.</summary>
/// <param name="Run">A run whose every fold has a threshold there that separates: the only ones of which an expectation is made.</param>
/// <param name="Thresholds">R_c of each fold.</param>
internal sealed record RunCut(RunScores Run, float[] Thresholds)
{
    /// <summary>[working point][run] the runs that have counts to compare; none where all failed or do not separate.</summary>
    public static IReadOnlyList<IReadOnlyList<RunCut>> Of(WindowScores scores, IReadOnlyList<double> workingPoints)
    {
        var cuts = workingPoints.Select(_ => new List<RunCut>()).ToArray();
        foreach (var run in scores.Runs.Where(run => run.HasEveryClassifier))
        {
            ScoreDistribution[] templates =
            [
                .. run.Folds.Select(fold => new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights)),
            ];
            foreach (var (w, epsilon) in workingPoints.Index())
            {
                Threshold[] thresholds = [.. templates.Select(template => Threshold.At(epsilon, template))];
                if (thresholds.All(threshold => threshold.Unusable is null))
                {
                    cuts[w].Add(new RunCut(run, [.. thresholds.Select(threshold => threshold.Score)]));
                }
            }
        }

        return cuts;
    }
}
