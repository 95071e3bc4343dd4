using Sideband.Inference.Counting;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>Mass spectra after a cut at each working point.</summary>
internal static class SpectrumCount
{
    /// <summary>[working point x <see cref="SpectrumBins.Count"/>] events that pass the threshold.</summary>
    public static int[] Passing(SearchPlan plan, ReadOnlySpan<double> mass, float[] scores, ScoreDistribution template)
    {
        var counts = new int[plan.Settings.WorkingPoints.Count * SpectrumBins.Count];
        for (var w = 0; w < plan.Settings.WorkingPoints.Count; w++)
        {
            var threshold = Threshold.At(plan.Settings.WorkingPoints[w], template);
            for (var i = 0; threshold.Failure is null && i < scores.Length; i++)
            {
                if (scores[i] >= threshold.Score)
                {
                    counts[(w * SpectrumBins.Count) + plan.Spectrum.IndexOf(mass[i])]++;
                }
            }
        }

        return counts;
    }
}
