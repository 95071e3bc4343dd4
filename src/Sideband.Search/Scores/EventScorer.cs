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
        var method = _plan.Settings.Method;
        var scored = method.Traits.ScoresAtEveryMass ? events : events.Select(events.IndicesIn(window.SignalRegion));
        bool[] trained = [.. scored.Identity.ToArray().Select(_trainedOn.Contains)];
        var points = _plan.Settings.WorkingPoints;
        var (sums, runs) = (new double[scored.Count], new int[scored.Count]);
        double[][] passing = [.. points.Select(_ => new double[scored.Count])];
        foreach (var run in _plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is FoldStage).GroupBy(unit => unit.Run))
        {
            AddRun([.. run], scored, trained, sums, runs, passing);
        }

        foreach (var point in passing)
        {
            for (var i = 0; i < point.Length; i++)
            {
                point[i] = runs[i] == 0 ? 0 : point[i] / runs[i];
            }
        }

        float[] means = [.. sums.Select((sum, i) => runs[i] == 0 ? float.NaN : (float)(sum / runs[i]))];
        return new EventScores(window, scored, means, trained, passing, runs.Count(count => count == 0));
    }

    // Adds one run's score of each event, and whether it passes.
    private void AddRun(WorkUnit[] folds, EventTable events, bool[] trained, double[] sums, int[] runs, double[][] passing)
    {
        var points = _plan.Settings.WorkingPoints;
        var (of, count) = (new double[events.Count], new int[events.Count]);
        double[][] pass = [.. points.Select(_ => new double[events.Count])];
        var foldOf = new FoldAssignment(_plan.Settings.Seed, folds[0].Run, _plan.Settings.Folds).Of(events);
        ScoredView? view = null;
        foreach (var unit in folds)
        {
            var product = (FoldProduct)_store.Read(unit);
            if (product.Failure is not null)
            {
                continue;
            }

            var inputs = InputsOf(unit);
            view ??= _plan.Settings.Method.PrepareView(inputs).Of(events);
            using var kept = new MemoryStream(product.Scorer, writable: false);
            var fold = ((FoldStage)unit.Stage).Fold - 1;
            int[] rows = [.. Enumerable.Range(0, events.Count).Where(i => !trained[i] || foldOf[i] == fold)];
            var scores = _plan.Settings.Method.LoadScorer(kept, inputs).Score(view, rows);
            var template = new ScoreDistribution(product.TemplateScores, product.TemplateWeights);
            float?[] cuts =
            [
                .. points.Select(epsilon => Threshold.At(epsilon, template) is { Failure: null } cut ? cut.Score : (float?)null),
            ];
            var undefined = scores.Undefined.ToHashSet();
            for (var i = 0; i < rows.Length; i++)
            {
                if (!undefined.Contains(i))
                {
                    (of[rows[i]], count[rows[i]]) = (of[rows[i]] + scores.Scores[i], count[rows[i]] + 1);
                    for (var w = 0; w < cuts.Length; w++)
                    {
                        pass[w][rows[i]] += scores.Scores[i] >= cuts[w] ? 1 : 0;
                    }
                }
            }
        }

        for (var i = 0; i < of.Length; i++)
        {
            if (count[i] > 0)
            {
                (sums[i], runs[i]) = (sums[i] + (of[i] / count[i]), runs[i] + 1);
                for (var w = 0; w < pass.Length; w++)
                {
                    passing[w][i] += pass[w][i] / count[i];
                }
            }
        }
    }

    private UnitInputs InputsOf(WorkUnit unit)
    {
        var others = _plan.UnitsOf(unit.Sample, unit.Window).Where(other => other.Run == unit.Run).ToLookup(other => other.Stage.Name);
        return new UnitInputs(
            _plan.Context,
            unit.Place,
            new ReadLog("score", _plan.Settings.Method.ViewReads),
            stage => _store.Read(others[stage].First()),
            new PreparedCache(_plan.Settings.Method, []));
    }
}
