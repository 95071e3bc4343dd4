using Sideband.Search.Inputs;

namespace Sideband.Search.Collect;

/// <summary>Mass spectra after a cut at each working point.</summary>
internal static class PassingSpectrum
{
    /// <summary>
    /// [working point][bin] events that pass, mean over the runs that have counts to compare, NaN where none has. Every event, at any mass,
    /// is cut at the R_c of its own fold, or the spectrum after the cut would have a step at the edges of the signal region.
    /// </summary>
    public static double[][] Of(IReadOnlyList<IReadOnlyList<RunCut>> cuts, SpectrumBins bins)
    {
        var counts = cuts.Select(_ => new double[bins.Count]).ToArray();
        foreach (var (w, runs) in cuts.Index())
        {
            foreach (var (run, thresholds) in runs)
            {
                foreach (var (fold, threshold) in run.Folds.Zip(thresholds))
                {
                    Fill(counts[w], run, fold, threshold, bins);
                }
            }
        }

        // 0 events of 0 runs are NaN.
        return [.. counts.Select((count, w) => Array.ConvertAll(count, sum => sum / cuts[w].Count))];
    }

    private static void Fill(double[] counts, RunScores run, FoldScores fold, float threshold, SpectrumBins bins)
    {
        var passing = fold.Product.Data.Passing(threshold);
        for (var i = 0; i < passing.Length; i++)
        {
            if (passing[i])
            {
                counts[bins.IndexOf(run.Scored.Mass[fold.Indices[i]])]++;
            }
        }
    }
}
