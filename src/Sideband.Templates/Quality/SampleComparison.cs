using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Numerics;

namespace Sideband.Templates.Quality;

/// <summary>How far two samples are from each other.</summary>
internal static class SampleComparison
{
    private const int Members = 10;

    /// <summary>
    /// Area under the ROC curve of a classifier of data against template that sees features and mass, trained on one half and tested on the
    /// other, mean of both ways; 0.5 where they cannot be told apart, NaN where no classifier could be trained.
    /// </summary>
    public static double Auc(
        ComparedSample data,
        ComparedSample template,
        BoostingOptions boosting,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        float[] masses = [.. data.Mass.Concat(template.Mass).Select(value => (float)value)];
        float[][] columns =
            [.. data.Features.Zip(template.Features, (column, other) => (float[])[.. column, .. other]), masses];
        var labels = new byte[masses.Length];
        labels.AsSpan(0, data.Count).Fill(1);
        double[] weights = data.Weights.Length + template.Weights.Length == 0 ? [] : [.. Each(data), .. Each(template)];
        bool[] second = [.. data.SecondHalf, .. template.SecondHalf];
        var sorted = SortedColumns.Of(columns, threads);
        var sum = 0.0;
        for (var half = 0; half < 2; half++)
        {
            int[] Rows(int start, int count, bool ofSecond) =>
                [.. Enumerable.Range(start, count).Where(row => second[row] == ofSecond)];

            ScoreDistribution Scores(TreeEnsemble ensemble, int[] rows)
            {
                var scores = new float[rows.Length];
                ensemble.Score(columns, rows, scores);
                return new ScoreDistribution(scores, weights.Length == 0 ? [] : Array.ConvertAll(rows, row => weights[row]));
            }

            var number = half + 1;
            var ensemble = EnsembleTrainer.Fit(
                sorted,
                [.. Rows(0, data.Count, half == 1), .. Rows(data.Count, template.Count, half == 1)],
                labels,
                weights,
                Members,
                boosting,
                member => stream(FormattableString.Invariant($"quality half {number} member {member + 1}")),
                threads,
                cancellation);
            if (!ensemble.Succeeded)
            {
                return double.NaN;
            }

            sum += RocCurve.Of(
                Scores(ensemble, Rows(0, data.Count, half == 0)), Scores(ensemble, Rows(data.Count, template.Count, half == 0))).Auc;
        }

        return sum / 2;
    }

    /// <summary>Kolmogorov-Smirnov distance of each feature; 1 where a template value is not a number.</summary>
    public static double[] Distances(ComparedSample data, ComparedSample template) =>
        [.. data.Features.Zip(template.Features, (column, other) => other.Any(float.IsNaN)
            ? 1
            : KolmogorovSmirnov.Statistic(column, other, data.Weights, template.Weights))];

    private static IEnumerable<double> Each(ComparedSample sample) =>
        sample.Weights.Length == 0 ? Enumerable.Repeat(1.0, sample.Count) : sample.Weights;
}
