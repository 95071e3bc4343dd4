using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Scores;

/// <summary>Scores any events with the classifiers of a finished search.</summary>
public sealed class EventScorer
{
    private readonly SearchPlan _plan;
    private readonly UnitStore _store;
    private readonly HashSet<ulong> _trainedOn = [];

    /// <param name="plan">The search's plan.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <exception cref="ConfigurationException">The search is blind, so that the data's classifiers do not exist yet.</exception>
    public EventScorer(SearchPlan plan, UnitStore store)
    {
        (_plan, _store) = (plan, store);
        if (plan.Settings.Blind)
        {
            throw new ConfigurationException(
                "score: a blind search has no classifiers of the data; unblind it first with 'sideband scan DIR --unblind'");
        }

        foreach (var role in plan.Settings.Method.PreparationReads.Roles)
        {
            if (plan.Context.Events(Experiment.Search, ChainSample.Data, role) is { } events)
            {
                _trainedOn.UnionWith(events.Identity.ToArray());
            }
        }
    }

    /// <summary>Scores in one window.</summary>
    /// <param name="window">A searched window.</param>
    /// <param name="events">With the columns of the data.</param>
    /// <exception cref="InputDataException">A unit of the search is not there.</exception>
    public EventScores Score(MassWindow window, EventTable events)
    {
        var scored = _plan.Settings.Method.Traits.ScoresAtEveryMass ? events : events.Select(events.IndicesIn(window.SignalRegion));
        bool[] trained = [.. scored.Identity.ToArray().Select(_trainedOn.Contains)];
        var total = new ScoreSums(scored.Count, _plan.Settings.WorkingPoints);
        foreach (var run in _plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is FoldStage).GroupBy(unit => unit.Run))
        {
            OfRun([.. run], scored, trained).AddMeansTo(total);
        }

        return total.Scores(window, scored, trained);
    }

    // Each event's scores by the folds of one run, and whether it passes.
    private ScoreSums OfRun(WorkUnit[] folds, EventTable events, bool[] trained)
    {
        var method = _plan.Settings.Method;
        var sums = new ScoreSums(events.Count, _plan.Settings.WorkingPoints);
        var inputs = FinishedInputs.Of(_plan, _store, folds[0].Place, method.ViewReads);
        var foldOf = new FoldAssignment(_plan.Settings.Seed, folds[0].Run, _plan.Settings.Folds).Of(events);
        ScoredView? view = null;
        foreach (var unit in folds)
        {
            var product = (FoldProduct)_store.Read(unit);
            if (product.Failure is { } reason)
            {
                sums.Fail(NameOf(unit), reason);
                continue;
            }

            view ??= method.PrepareView(inputs).Of(events);
            using var kept = new MemoryStream(product.Scorer, writable: false);
            var fold = ((FoldStage)unit.Stage).Fold - 1;
            int[] rows = [.. Enumerable.Range(0, events.Count).Where(i => !trained[i] || foldOf[i] == fold)];
            var template = new ScoreDistribution(product.TemplateScores, product.TemplateWeights);
            sums.Add(
                method.LoadScorer(kept, inputs).Score(view, rows),
                rows,
                [.. _plan.Settings.WorkingPoints.Select(epsilon => Threshold.At(epsilon, template))],
                NameOf(unit));
        }

        return sums;
    }

    private static string NameOf(WorkUnit fold) => FormattableString.Invariant($"run {fold.Run}, {fold.Stage.Name}");
}
