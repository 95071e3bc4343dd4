using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The template events that set thresholds, as they are shown: in the data's own features.</summary>
/// <param name="Events">Of a drawn latent template only as many as there are data: they will do for a histogram.</param>
/// <param name="Run">The run that they belong to; 0 where the template is the same in all runs.</param>
/// <param name="IsFolded">True where each fold scores its own part of them, false where every fold scores all.</param>
internal sealed record ShownTemplate(EventTable Events, int Run, bool IsFolded)
{
    /// <param name="plan">The plan.</param>
    /// <param name="store">Holds the units that the run's template is made from.</param>
    /// <param name="run">A run, with its folds.</param>
    public static ShownTemplate Of(SearchPlan plan, UnitStore store, RunScores run)
    {
        var method = plan.Settings.Method;
        var unit = run.Folds[0].Unit;
        var inputs = FinishedInputs.Of(plan, store, unit.Place, unit.Stage.Reads.With(method.ViewReads));
        var sample = inputs.Prepared();
        if (sample.Failure is not null)
        {
            return new ShownTemplate(run.Region.Select([]), unit.Run, IsFolded: false);
        }

        var events = sample.Threshold.Events;
        return new ShownTemplate(
            sample.Region.IsMapped
                ? method.PrepareView(inputs).Unmap(events.Select([.. Enumerable.Range(0, Math.Min(run.Region.Count, events.Count))]))
                : events,
            method.Stages.Count == 0 ? 0 : unit.Run,
            sample.Template.Folded);
    }

    /// <summary>True where a run's folds scored these events.</summary>
    public bool IsOf(RunScores run) => Run == 0 || Run == run.Run;

    /// <summary>Index of the event of each of a fold's template scores; there may be more scores than are shown.</summary>
    /// <param name="folds">The folds of the fold's run.</param>
    /// <param name="fold">The fold.</param>
    public int[] IndicesOf(FoldAssignment folds, FoldScores fold) =>
        IsFolded
            ? FoldEvents.Of(folds, Events, fold.Fold)
            : [.. Enumerable.Range(0, Math.Min(Events.Count, fold.Product.TemplateScores.Length))];
}
