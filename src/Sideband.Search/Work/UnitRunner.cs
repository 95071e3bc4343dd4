using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>Does one work unit: trains the fold's ensemble on the other folds and scores this one.</summary>
internal static class UnitRunner
{
    /// <param name="unit">The unit.</param>
    /// <param name="plan">Its plan.</param>
    /// <param name="sample">The unit's window, prepared.</param>
    /// <param name="threads">Threads for this unit's members; does not change the result.</param>
    /// <param name="cancellation">Stops between members.</param>
    public static UnitResult Run(WorkUnit unit, SearchPlan plan, WindowSample sample, int threads, CancellationToken cancellation)
    {
        var folds = new FoldAssignment(plan.Settings.Seed, unit.Run, plan.Settings.Folds);
        var split = FoldRows.Of(sample, folds, unit.Fold - 1);
        var ensemble = EnsembleTrainer.Fit(
            sample.Sorted,
            split.Training,
            split.Labels,
            sample.Weights,
            plan.Settings.Members,
            plan.Boosting,
            member => RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, FormattableString.Invariant($"member {member + 1}")]),
            threads,
            cancellation);
        if (!ensemble.Succeeded)
        {
            return new UnitResult { Failure = ensemble.Failures[0] };
        }

        var dataScores = Score(ensemble, sample.Columns, split.TestData);
        var templateScores = Score(ensemble, sample.Columns, split.TestTemplate);
        return new UnitResult
        {
            DataScores = dataScores,
            TemplateScores = templateScores,
            TestScores = unit.Sample == SampleRole.Data && plan.Inputs.Test is { } test ? Score(ensemble, test.Select(test.IndicesIn(unit.Window.SignalRegion))) : [],
            PassingSpectrum = unit.Sample == SampleRole.Data ? PassingSpectrum(unit, plan, sample, ensemble, folds, templateScores) : [],
            BestIterations = [.. ensemble.Members.Select(member => member.Training.BestIteration)],
            TrainingLoss = MeanCurve(ensemble.Members, member => member.Training.TrainingLoss),
            ValidationLoss = MeanCurve(ensemble.Members, member => member.Training.ValidationLoss),
            FailedMembers = ensemble.Failures,
        };
    }

    // Every event of the fold, at any mass, is scored by its own fold's classifier and cut at that fold's R_c, or the spectrum
    // after the cut would have a step at the edges of the signal region.
    private static int[] PassingSpectrum(
        WorkUnit unit, SearchPlan plan, WindowSample sample, TreeEnsemble ensemble, FoldAssignment folds, float[] templateScores)
    {
        var data = plan.Inputs.Data;
        var foldOf = folds.Of(data);
        var events = data.Select([.. Enumerable.Range(0, data.Count).Where(i => foldOf[i] == unit.Fold - 1)]);
        var scores = Score(ensemble, events);
        var template = new ScoreDistribution(templateScores, FoldRows.TestWeights(sample.Template, folds, unit.Fold - 1));
        var bins = plan.Spectrum;
        var counts = new int[plan.Settings.WorkingPoints.Count * SpectrumBins.Count];
        for (var w = 0; w < plan.Settings.WorkingPoints.Count; w++)
        {
            var threshold = Threshold.At(plan.Settings.WorkingPoints[w], template);
            for (var i = 0; threshold.Failure is null && i < scores.Length; i++)
            {
                if (scores[i] >= threshold.Score)
                {
                    counts[(w * SpectrumBins.Count) + bins.IndexOf(events.Mass[i])]++;
                }
            }
        }

        return counts;
    }

    private static double[] MeanCurve(IReadOnlyList<EnsembleMember> members, Func<EnsembleMember, IReadOnlyList<double>> curve) =>
        [.. Enumerable.Range(0, members.Max(member => curve(member).Count)).Select(i =>
        {
            var (sum, count) = (0.0, 0);
            foreach (var member in members)
            {
                (sum, count) = i < curve(member).Count ? (sum + curve(member)[i], count + 1) : (sum, count);
            }

            return sum / count;
        })];

    private static float[] Score(TreeEnsemble ensemble, EventTable events)
    {
        var scores = new float[events.Count];
        ensemble.Score(WindowSample.ColumnsOf(events), scores);
        return scores;
    }

    private static float[] Score(TreeEnsemble ensemble, float[][] columns, int[] rows)
    {
        var scores = new float[rows.Length];
        ensemble.Score(columns, rows, scores);
        return scores;
    }
}
