using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates;

/// <summary>Prepared samples that several methods have.</summary>
public static class PreparedSamples
{
    /// <summary>Below this a template says little, and a cut on it hardly anything.</summary>
    private const double FewestEffectiveEvents = 100;

    /// <summary>There is no template.</summary>
    public static PreparedSample Failed(string reason, EventTable region) => new()
    {
        Failure = reason,
        Region = new ScoredView(region),
        Scored = new ScoredView(region),
        Template = new BackgroundTemplate(region.Select([])),
        Threshold = new ScoredView(region.Select([])),
        Scoring = new NoScoring(reason),
    };

    /// <summary>The template consists of given events, folded like the data, and the classifier sees the events' own features.</summary>
    /// <param name="inputs">Must declare the searched sample and <see cref="ClassifierOptions"/>.</param>
    /// <param name="template">Class 0.</param>
    /// <param name="target">Class 1; null: the data in the region.</param>
    /// <param name="threshold">Events that set thresholds, folded like the template; null: the template's.</param>
    public static PreparedSample Given(
        IStageInputs inputs, EventTable template, EventTable? target = null, EventTable? threshold = null)
    {
        var region = new ScoredView(inputs.Region());
        double[]? rowWeights = null;
        if (template.HasWeights && target is null)
        {
            // The weights of the template are the last of those of all rows: one array for both.
            rowWeights = TrainingMatrix.WeightsOf(region.Events, template);
            template = template.WithWeights(rowWeights.AsMemory(region.Events.Count));
        }

        var background = new BackgroundTemplate(template, target, threshold);
        return new PreparedSample
        {
            Region = region,
            Scored = new ScoredView(inputs.Scored()),
            Template = background,
            Threshold = new ScoredView(background.ThresholdEvents),
            Scoring = new ClassifierScoring(region, background, inputs.Option<ClassifierOptions>(), rowWeights),
        };
    }

    /// <summary>As <see cref="Given"/>, of events whose weights the method made.</summary>
    /// <param name="inputs">As there.</param>
    /// <param name="template">Class 0.</param>
    /// <param name="what">What the events are, for the message.</param>
    /// <param name="threshold">As there.</param>
    /// <returns>A failure where the weights leave too few events.</returns>
    public static PreparedSample Weighted(IStageInputs inputs, EventTable template, string what, EventTable? threshold = null)
    {
        EventTable[] parts = threshold is null ? [template] : [template, threshold];
        foreach (var events in parts)
        {
            var effective = EventCount.Of(events.WeightOfEach()).EffectiveEvents;
            if (!(effective >= FewestEffectiveEvents))
            {
                return Failed(
                    FormattableString.Invariant($"the weights of {events.Count} {what} are worth {effective:F0} events; ")
                        + $"{FewestEffectiveEvents} are needed",
                    inputs.Region());
            }
        }

        return Given(inputs, template, null, threshold);
    }

    private sealed class NoScoring(string reason) : IFoldScoring
    {
        public FoldTraining Train(FoldRequest request) => FoldTraining.Failed(reason);
    }
}
