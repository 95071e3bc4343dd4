using Sideband.Events;
using Sideband.Templates.Scoring;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Combined;

/// <summary>A window whose sources are trained each on its own template, and whose scores are combined.</summary>
internal static class CombinedScores
{
    /// <param name="sources">The methods.</param>
    /// <param name="inputs">Of the window and run.</param>
    /// <param name="prepared">What the methods made of them.</param>
    public static PreparedSample Of(Sources sources, IStageInputs inputs, IReadOnlyList<PreparedSample> prepared)
    {
        IEventView[] views = [.. sources.Methods.Select(method => method.PrepareView(inputs))];

        // Every source's threshold events in the data's own features, so that all sources can score them.
        var mixture = EqualParts.Of([.. prepared.Zip(views, (sample, view) =>
            sample.Region.IsMapped ? Mapped(view.Unmap(sample.Threshold.Events)) : sample.Threshold.Events)]);
        var threshold = new CombinedView(views).Of(mixture);
        ScoredView All(EventTable events, Func<PreparedSample, ScoredView> part) =>
            new(events) { Parts = [.. prepared.Select(sample => new Lazy<ScoredView>(part(sample)))] };

        var region = All(inputs.Region(), sample => sample.Region);
        return new PreparedSample
        {
            Region = region,
            Scored = sources.Traits.ScoresAtEveryMass ? All(inputs.Scored(), sample => sample.Scored) : region,
            Template = new BackgroundTemplate(mixture),
            Threshold = threshold,
            Scoring = new CombinedScoring([.. sources.Methods.Zip(prepared, (method, sample) => (method.Name, sample.Scoring))], threshold),
        };
    }

    // An event without image is none of the features' space.
    private static EventTable Mapped(EventTable events)
    {
        var columns = EventColumns.Of(events);
        return events.Select([.. Enumerable.Range(0, events.Count).Where(i => columns.All(column => float.IsFinite(column[i])))]);
    }
}
