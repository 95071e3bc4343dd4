using Sideband.Learning.Densities;
using Sideband.Templates.Learned;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Anode;

/// <summary>Scores by R = p_SR/p_SB.</summary>
/// <param name="signalRegion">p_SR.</param>
internal sealed class LikelihoodRatioScorer(IConditionalDensity signalRegion) : IScorer
{
    public ScoredRows Score(ScoredView view, int[] rows)
    {
        var events = view.Events.Select(rows);
        var logSignal = new double[events.Count];
        signalRegion.LogDensity(DrawnEvents.Features(events), events.Mass, logSignal);
        var scores = new float[rows.Length];
        var undefined = new List<int>();
        for (var i = 0; i < scores.Length; i++)
        {
            scores[i] = LikelihoodRatio.Score(logSignal[i], view.LogBackground![rows[i]], out var isFinite);
            if (!isFinite)
            {
                undefined.Add(i);
            }
        }

        return new ScoredRows(scores, [.. undefined]);
    }

    public void Save(Stream stream) => signalRegion.Save(stream);
}
