using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Compare;

/// <summary>
/// A method's template events in one window, in the data's own features: those that set the thresholds of its first run. Drawn ones are
/// drawn again, with the same bits, where the run kept none.
/// </summary>
/// <param name="Name">Of the method.</param>
/// <param name="Events">Null where there are none.</param>
/// <param name="Result">Their numbers, or why there are none.</param>
internal sealed record TemplateSample(string Name, EventTable? Events, ComparedTemplateResult Result)
{
    /// <param name="group">The method.</param>
    /// <param name="window">The window.</param>
    public static TemplateSample Of(MethodGroup group, MassWindow window)
    {
        var (plan, method) = (group.First.Plan, group.First.Settings.Method);
        var fold = plan.UnitsOf(ChainSample.Data, window).First(unit => unit.Stage is FoldStage);
        var inputs = FinishedInputs.Of(plan, group.First.Store, fold.Place, fold.Stage.Reads.With(method.ViewReads));
        var sample = inputs.Prepared();
        if (sample.Failure is { } reason)
        {
            return None(group, reason);
        }

        var threshold = sample.Threshold.Events;
        var events = sample.Region.IsMapped ? Finite(method.PrepareView(inputs).Unmap(threshold)) : threshold;
        if (events.Count == 0)
        {
            return None(group, "the template has no events");
        }

        var note = method.Traits.ScoresByClassifier
            ? null
            : $"{method.Name} learns no difference to a template; these events of its sideband density set its thresholds";
        var count = events.HasWeights ? EventCount.Of(events.Weights) : EventCount.Unweighted(events.Count);
        return new TemplateSample(
            group.Name, events, new ComparedTemplateResult(group.Name, events.Count, count.EffectiveEvents, note, null));
    }

    private static TemplateSample None(MethodGroup group, string reason) =>
        new(group.Name, null, new ComparedTemplateResult(group.Name, 0, 0, null, reason));

    // Latent events whose image is not a number stand for nothing.
    private static EventTable Finite(EventTable events) => events.Select([.. Enumerable.Range(0, events.Count).Where(i =>
        Enumerable.Range(0, events.FeatureNames.Count).All(f => float.IsFinite(events.Feature(f)[i])))]);
}
