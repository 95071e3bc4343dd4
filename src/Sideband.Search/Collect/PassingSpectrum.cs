using Sideband.Inference.Counting;
using Sideband.Search.Inputs;

namespace Sideband.Search.Collect;

/// <summary>Mass spectra after a cut at each working point.</summary>
internal static class PassingSpectrum
{
    /// <summary>
    /// [working point][bin] events that pass, mean over the runs. Every event, at any mass, is cut at the R_c of its own fold, or the
    /// spectrum after the cut would have a step at the edges of the signal region.
    /// </summary>
    public static double[][] Of(WindowScores scores, SpectrumBins bins, IReadOnlyList<double> workingPoints)
    {
        var counts = workingPoints.Select(_ => new double[SpectrumBins.Count]).ToArray();
        foreach (var run in scores.Runs)
        {
            foreach (var fold in run.Folds.Where(fold => fold.Product.Failure is null))
            {
                var template = new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights);
                for (var w = 0; w < workingPoints.Count; w++)
                {
                    if (Threshold.At(workingPoints[w], template) is { Failure: null } threshold)
                    {
                        Fill(counts[w], run, fold, threshold.Score, bins);
                    }
                }
            }
        }

        return [.. counts.Select(count => Array.ConvertAll(count, sum => sum / scores.Runs.Count))];
    }

    private static void Fill(double[] counts, RunScores run, FoldScores fold, float threshold, SpectrumBins bins)
    {
        var scores = fold.Product.DataScores;
        for (var i = 0; i < scores.Length; i++)
        {
            if (scores[i] >= threshold)
            {
                counts[bins.IndexOf(run.Scored.Mass[fold.Indices[i]])]++;
            }
        }
    }
}
