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
                MeanCurve(ensemble.Members, member => member.Training.TrainingLoss),
                MeanCurve(ensemble.Members, member => member.Training.ValidationLoss))
            : new FoldTraining(null, ensemble.Failures, [], [], []);
    }

    public float[] Score(float[][] columns, int[] rows)
    {
        var scores = new float[rows.Length];
        ensemble.Score(columns, rows, scores);
        return scores;
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
}
