using Sideband.Events;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Salad;

/// <summary>
/// The weights that make simulation like data (SALAD, arXiv:2001.05001): a classifier of data (1) against simulation (0) that sees
/// features and mass gives p, and w(x, m) = p/(1 - p) is the ratio of the two densities where it learned, and interpolated between.
/// </summary>
public sealed class SimulationReweighting
{
    private readonly ClassifierScorer _classifier;

    internal SimulationReweighting(ClassifierScorer classifier) => _classifier = classifier;

    /// <summary>
    /// w of each event, above 0. Both classes had the same summed weight in the training, so that w is relative: its mean over the
    /// simulation that was learned is near 1.
    /// </summary>
    public double[] Of(EventTable events)
    {
        var view = new ScoredView(WithMass(events));
        var scores = _classifier.Score(view, view.AllRows()).Scores;
        return Array.ConvertAll(scores, score => score / (1.0 - score));
    }

    /// <summary>The events with their mass as the last feature.</summary>
    internal static EventTable WithMass(EventTable events)
    {
        var mass = new float[events.Count];
        for (var i = 0; i < mass.Length; i++)
        {
            mass[i] = (float)events.Mass[i];
        }

        return new EventTable(
            events.MassName,
            events.Mass.ToArray(),
            [.. events.FeatureNames, events.MassName],
            [.. EventColumns.Of(events), mass],
            events.Sources,
            events.SourceIndex.ToArray(),
            events.Rows.ToArray(),
            weights: events.HasWeights ? events.Weights.ToArray() : null,
            identity: events.Identity.ToArray());
    }
}
