using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Units;

/// <summary>The scores of a fold's events in the region.</summary>
/// <param name="Region">All searched events of the window.</param>
/// <param name="Indices">Index into <paramref name="Region"/> of each score.</param>
/// <param name="Scores">One an event of the fold in the region.</param>
/// <param name="Undefined">Places in <paramref name="Scores"/> of events without a score of their own.</param>
public sealed record RegionScores(EventTable Region, int[] Indices, float[] Scores, int[] Undefined)
{
    /// <summary>Scores, and which of them are undefined.</summary>
    public ScoredRows Scored => new(Scores, Undefined);

    /// <param name="product">The fold's product.</param>
    /// <param name="scored">The events that are scored, of every mass or of the region alone.</param>
    /// <param name="region">The searched events, in the same order.</param>
    /// <param name="window">The window.</param>
    /// <param name="ofFold">Indices, into the scored events, of those of the fold.</param>
    public static RegionScores Of(FoldProduct product, EventTable scored, EventTable region, MassWindow window, int[] ofFold)
    {
        if (scored.Count == region.Count)
        {
            var indices = product.Failure is null ? ofFold : [];
            return new RegionScores(region, indices, product.DataScores, product.UndefinedData);
        }

        var first = 0;
        while (first < scored.Count && !window.SignalRegion.Contains(scored.Mass[first]))
        {
            first++;
        }

        // In canonical order the region is a slice of the events.
        bool IsInside(int index) => index >= first && index < first + region.Count;

        var (inside, undefined) = (new List<int>(), new List<int>());
        var without = product.UndefinedData.ToHashSet();
        for (var i = 0; i < product.DataScores.Length; i++)
        {
            if (IsInside(ofFold[i]))
            {
                undefined.AddRange(without.Contains(i) ? [inside.Count] : []);
                inside.Add(i);
            }
        }

        return new RegionScores(
            region,
            [.. inside.Select(i => ofFold[i] - first)],
            [.. inside.Select(i => product.DataScores[i])],
            [.. undefined]);
    }

    /// <summary>The scores of all events, or of those of label 0; of undefined ones a score below every cut.</summary>
    public ScoreDistribution Distribution(bool backgroundOnly)
    {
        int[] kept = [.. Enumerable.Range(0, Scores.Length).Where(i => !backgroundOnly || Region.Labels[Indices[i]] == 0)];
        var scores = Scored.ForCuts();
        return new ScoreDistribution(
            Array.ConvertAll(kept, i => scores[i]), Region.HasWeights ? Array.ConvertAll(kept, i => Region.Weights[Indices[i]]) : []);
    }
}
