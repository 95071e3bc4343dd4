using Sideband.Learning.Classifiers;
using Sideband.Numerics;
using Sideband.Search.Plan;

namespace Sideband.Search.Work;

/// <summary>The mean score of neural classifiers, each the mean of its best epochs.</summary>
internal sealed class NetworkFoldClassifier(IReadOnlyList<NetworkClassifier> members) : IFoldClassifier
{
    public static FoldTraining Train(WorkUnit unit, SearchPlan plan, WindowSample sample, FoldRows rows, int threads, CancellationToken cancellation)
    {
        NetworkClassifierFit[] fits = [.. Enumerable.Range(1, plan.Settings.Members).Select(member => NetworkClassifier.Fit(
            sample.Columns,
            rows.Training,
            rows.Labels,
            sample.Weights,
            plan.Settings.Profile.Network,
            RandomStream.For(plan.Settings.Seed, [.. unit.StreamPath, FormattableString.Invariant($"network {member}")]),
            threads,
            cancellation))];
        NetworkClassifierFit[] good = [.. fits.Where(fit => fit.Succeeded)];
        string[] failures = [.. fits.Where(fit => !fit.Succeeded).Select(fit => fit.Failure!)];
        return good.Length == 0
            ? new FoldTraining(null, failures, [], [], [])
            : new FoldTraining(
                new NetworkFoldClassifier([.. good.Select(fit => fit.Classifier!)]),
                failures,
                [.. good.Select(fit => fit.PooledEpochs[0])],
                LossCurves.Mean(good, fit => fit.TrainingLoss),
                LossCurves.Mean(good, fit => fit.ValidationLoss));
    }

    public float[] Score(float[][] columns, int[] rows)
    {
        float[][] chosen = [.. columns.Select(column => Array.ConvertAll(rows, row => column[row]))];
        var sums = new double[rows.Length];
        foreach (var member in members)
        {
            var scores = member.Score(chosen);
            for (var i = 0; i < sums.Length; i++)
            {
                sums[i] += scores[i];
            }
        }

        return Array.ConvertAll(sums, sum => (float)(sum / members.Count));
    }
}
