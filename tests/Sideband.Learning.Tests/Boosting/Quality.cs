namespace Sideband.Learning.Tests.Boosting;

/// <summary>Area under the ROC curve and significance improvement, as make_reference.py computes them.</summary>
internal static class Quality
{
    /// <summary>P(score of class 1 above score of class 0), ties one half.</summary>
    public static double Auc(float[] scores, ReadOnlySpan<byte> labels)
    {
        var order = Enumerable.Range(0, scores.Length).OrderBy(i => scores[i]).ToArray();
        var (ones, zeros, below) = (0L, 0L, 0.0);
        for (var start = 0; start < order.Length;)
        {
            var (groupOnes, groupZeros) = (0L, 0L);
            var end = start;
            for (; end < order.Length && scores[order[end]] == scores[order[start]]; end++)
            {
                groupOnes += labels[order[end]];
                groupZeros += 1 - labels[order[end]];
            }

            below += groupOnes * (zeros + (0.5 * groupZeros));
            ones += groupOnes;
            zeros += groupZeros;
            start = end;
        }

        return below / ((double)ones * zeros);
    }

    /// <summary>eps_S / sqrt(eps_B) above the score that eps_B of the background events reach.</summary>
    public static double Sic(float[] scores, byte[] labels, double epsB)
    {
        var background = scores.Where((_, i) => labels[i] == 0).OrderDescending().ToArray();
        var threshold = background[(int)Math.Round(epsB * background.Length) - 1];
        return scores.Where((s, i) => labels[i] == 1 && s >= threshold).Count() / (double)labels.Count(l => l == 1) / Math.Sqrt(epsB);
    }
}
