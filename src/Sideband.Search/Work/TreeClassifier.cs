using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>The mean score of an ensemble of boosted trees.</summary>
internal sealed class TreeClassifier(TreeEnsemble ensemble) : IFoldClassifier
{
    public static FoldTraining Train(WorkUnit unit, SearchPlan plan, WindowSample sample, FoldRows rows, int threads, CancellationToken cancellation)
    {
        var ensemble = EnsembleTrainer.Fit(
            sample.Sorted,
            rows.Training,
            rows.Labels,
            sample.Weights,
            plan.Settings.Members,
            plan.Boosting,
            member => RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, FormattableString.Invariant($"member {member + 1}")]),
            threads,
            cancellation);
        return ensemble.Succeeded
            ? new FoldTraining(
                new TreeClassifier(ensemble),
                ensemble.Failures,
                [.. ensemble.Members.Select(member => member.Training.BestIteration)],
                LossCurves.Mean(ensemble.Members, member => member.Training.TrainingLoss),
                LossCurves.Mean(ensemble.Members, member => member.Training.ValidationLoss))
            : new FoldTraining(null, ensemble.Failures, [], [], []);
    }

    public float[] Score(float[][] columns, int[] rows)
    {
        var scores = new float[rows.Length];
        ensemble.Score(columns, rows, scores);
        return scores;
    }
}
