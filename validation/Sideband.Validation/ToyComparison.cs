using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Settings;

namespace Sideband.Validation;

/// <summary>One sample that is compared with the target.</summary>
/// <param name="Name">Of the sample.</param>
/// <param name="Events">Of all masses.</param>
/// <param name="Weights">One an event; empty: all 1.</param>
internal sealed record ToyRow(string Name, EventTable Events, double[] Weights)
{
    /// <summary>The events of a band with their weights.</summary>
    public (EventTable Events, double[] Weights) In(MassInterval masses)
    {
        var rows = Events.IndicesIn(masses);
        return (Events.Select(rows), Weights.Length == 0 ? [] : Array.ConvertAll(rows, row => Weights[row]));
    }
}

/// <summary>Measures of two samples.</summary>
internal static class ToyComparison
{
    private const int Folds = 5;
    private const int Members = 5;

    /// <summary>
    /// Area under the ROC curve of trees that see features and mass, each trained on four folds and tested on the fifth: mean of the folds.
    /// </summary>
    public static double Auc(EventTable truth, ToyRow row, MassInterval masses, RandomStream stream, int threads)
    {
        var (events, rowWeights) = row.In(masses);
        float[][] columns =
        [
            .. Enumerable.Range(0, truth.FeatureNames.Count).Select(k => (float[])[.. truth.Feature(k), .. events.Feature(k)]),
            [.. truth.Mass.ToArray().Concat(events.Mass.ToArray()).Select(mass => (float)mass)],
        ];
        var all = columns[0].Length;
        var labels = new byte[all];
        labels.AsSpan(0, truth.Count).Fill(1);
        double[] weights = rowWeights.Length == 0 ? [] : [.. Enumerable.Repeat(1.0, truth.Count), .. rowWeights];
        var sorted = SortedColumns.Of(columns, threads);
        RandomStream[] streams = [.. Enumerable.Range(0, Folds * Members).Select(i => RandomStream.For(stream.NextUInt64(), $"{i}"))];
        var sum = 0.0;
        for (var fold = 0; fold < Folds; fold++)
        {
            int[] Rows(int from, int to, bool test) =>
                [.. Enumerable.Range(from, to - from).Where(i => (i % Folds == fold) == test)];

            var ensemble = EnsembleTrainer.Fit(
                sorted, Rows(0, all, test: false), labels, weights, Members, SearchProfile.Standard.Boosting,
                member => streams[(fold * Members) + member], threads, CancellationToken.None);
            if (!ensemble.Succeeded)
            {
                throw new InputDataException($"{row.Name}: {ensemble.Failures[0]}");
            }

            ScoreDistribution Scores(int[] rows)
            {
                var scores = new float[rows.Length];
                ensemble.Score(columns, rows, scores);
                return new ScoreDistribution(scores, weights.Length == 0 ? [] : Array.ConvertAll(rows, i => weights[i]));
            }

            sum += RocCurve.Of(Scores(Rows(0, truth.Count, test: true)), Scores(Rows(truth.Count, all, test: true))).Auc;
        }

        return sum / Folds;
    }

    /// <summary>The largest Kolmogorov-Smirnov distance of a feature.</summary>
    public static double Distance(EventTable truth, ToyRow row, MassInterval masses)
    {
        var (events, weights) = row.In(masses);
        return Enumerable.Range(0, truth.FeatureNames.Count)
            .Max(k => KolmogorovSmirnov.Statistic(truth.Feature(k), events.Feature(k), default, weights));
    }

    /// <summary>Density of the first feature in bins from 0 to an upper end.</summary>
    public static double[] Histogram(ToyRow row, MassInterval masses, int bins, double high)
    {
        var (events, weights) = row.In(masses);
        var density = new double[bins];
        var sum = 0.0;
        for (var i = 0; i < events.Count; i++)
        {
            var weight = weights.Length == 0 ? 1 : weights[i];
            sum += weight;
            var bin = (int)(events.Feature(0)[i] / high * bins);
            if (bin >= 0 && bin < bins)
            {
                density[bin] += weight;
            }
        }

        return Array.ConvertAll(density, count => count / sum * bins / high);
    }
}
