using Sideband.Templates.Scoring;

namespace Sideband.Templates.Combined;

/// <summary>A source's scorer with the mean and standard deviation of its scores on the threshold events.</summary>
internal sealed record ScaledScorer(IScorer Scorer, double Mean, double Deviation)
{
    /// <param name="scorer">A trained one.</param>
    /// <param name="view">The threshold events as it sees them.</param>
    /// <param name="rows">Those that it was not trained on.</param>
    /// <param name="weights">One an event of the view.</param>
    public static ScaledScorer Of(IScorer scorer, ScoredView view, int[] rows, ReadOnlySpan<double> weights)
    {
        var (scores, undefined) = scorer.Score(view, rows);
        var (sum, first, second, without) = (0.0, 0.0, 0.0, undefined.ToHashSet());
        for (var i = 0; i < scores.Length; i++)
        {
            var weight = without.Contains(i) ? 0 : weights[rows[i]];
            (sum, first, second) = (sum + weight, first + (weight * scores[i]), second + (weight * scores[i] * scores[i]));
        }

        var mean = sum > 0 ? first / sum : 0;
        var variance = sum > 0 ? (second / sum) - (mean * mean) : 0;

        // Scores that are all the same tell nothing apart, on any scale.
        return new ScaledScorer(scorer, mean, variance > 0 ? Math.Sqrt(variance) : 1);
    }
}
