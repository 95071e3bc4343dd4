using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Numerics;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;
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
                "a blind search has no classifiers of the data; unblind it first with 'sideband scan DIR --unblind'");
        }

        foreach (var role in plan.Settings.Method.PreparationReads.Roles)
        {
            if (plan.Context.Events(Experiment.Search, ChainSample.Data, role) is { } events)
            {
                _trainedOn.UnionWith(events.Identity.ToArray());
            }
        }
    }

    /// <summary>Scores in one window; the events are in canonical order where the search's own have an identity each.</summary>
    /// <param name="window">A searched window.</param>
    /// <param name="events">With the columns of the data.</param>
    /// <exception cref="InputDataException">A unit of the search is not there.</exception>
    public EventScores Score(MassWindow window, EventTable events)
    {
        // Equal events are the k-th of their kind as in the data, and so in the k-th one's fold.
        if (_plan.Checks.CountVariance(InputRole.Data) <= 1)
        {
            events = events.Canonical().WithEqualEventsApart();
        }

        var scored = _plan.Settings.Method.Traits.ScoresAtEveryMass ? events : events.In(window.SignalRegion);
        bool[] trained = [.. scored.Identity.ToArray().Select(_trainedOn.Contains)];
        var total = new ScoreSums(scored.Count, _plan.Settings.WorkingPoints);
        foreach (var run in _plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is FoldStage).GroupBy(unit => unit.Run))
        {
            OfRun([.. run], scored, trained).AddMeansTo(total);
        }

        return total.Scores(window, scored, trained);
    }

    /// <summary>Scores in one run as the data have them: every event by the classifier of its own fold alone.</summary>
    /// <param name="window">A searched window.</param>
    /// <param name="events">With the columns of the data, scored at every mass.</param>
    /// <param name="run">From 1.</param>
    /// <param name="atReferenceMass">
    /// True: the scores that the events would have at the window's centre, with thresholds of template events drawn there.
    /// </param>
    /// <exception cref="ConfigurationException">The method cannot map events to a mass.</exception>
    public EventScores ScoreByOwnFold(MassWindow window, EventTable events, int run, bool atReferenceMass = false)
    {
        var own = new bool[events.Count];
        Array.Fill(own, true);
        WorkUnit[] folds = [.. _plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is FoldStage && unit.Run == run)];
        return OfRun(folds, events, own, atReferenceMass).Scores(window, events, own);
    }

    // Each event's scores by the folds of one run, and whether it passes; events that were trained on by their own fold alone.
    private ScoreSums OfRun(WorkUnit[] folds, EventTable events, bool[] trained, bool atReferenceMass = false)
    {
        var method = _plan.Settings.Method;
        var sums = new ScoreSums(events.Count, _plan.Settings.WorkingPoints);
        var inputs = FinishedInputs.Of(_plan, _store, folds[0].Place, atReferenceMass ? method.ReferenceReads : method.ViewReads);
        var foldOf = new FoldAssignment(_plan.Settings.Seed, folds[0].Run, _plan.Settings.Folds).Of(events);
        var (view, drawn) = ((ScoredView?)null, (ScoredView?)null);
        foreach (var unit in folds)
        {
            var product = (FoldProduct)_store.Read(unit);
            if (product.Failure is { } reason)
            {
                sums.Fail(NameOf(unit), reason);
                continue;
            }

            if (view is null)
            {
                // The folds of a run are judged by the same template events, as in the search.
                var reference = atReferenceMass ? ReferenceView(method, inputs) : null;
                view = (reference ?? method.PrepareView(inputs)).Of(events);
                drawn = reference is null ? null : new ScoredView(reference.Draw(events, product.TemplateScores.Length, StreamOf(unit)));
            }

            using var kept = new MemoryStream(product.Scorer, writable: false);
            var fold = ((FoldStage)unit.Stage).Fold - 1;
            int[] rows = [.. Enumerable.Range(0, events.Count).Where(i => !trained[i] || foldOf[i] == fold)];
            var scorer = method.LoadScorer(kept, inputs);
            var template = drawn is null
                ? new ScoreDistribution(product.TemplateScores, product.TemplateWeights)
                : new ScoreDistribution(scorer.Score(drawn, drawn.AllRows()).Scores);
            sums.Add(
                scorer.Score(view, rows),
                rows,
                [.. _plan.Settings.WorkingPoints.Select(epsilon => Threshold.At(epsilon, template))],
                NameOf(unit));
        }

        return sums;
    }

    private static IReferenceView ReferenceView(ITemplateMethod method, UnitInputs inputs)
    {
        var region = inputs.Window.SignalRegion;
        return method.PrepareReferenceView(inputs, 0.5 * (region.Low + region.High))
            ?? throw new ConfigurationException(
                $"--score: method {method.Name} cannot map events to a reference mass; allowed: event (its own score)");
    }

    private RandomStream StreamOf(WorkUnit fold) => RandomStream.For(
        _plan.Settings.Seed, "reference", fold.Window.Name, FormattableString.Invariant($"run {fold.Run}"));

    private static string NameOf(WorkUnit fold) => FormattableString.Invariant($"run {fold.Run}, {fold.Stage.Name}");
}
