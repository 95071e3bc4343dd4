using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Learned;

/// <summary>How well a density describes the sidebands: its samples at the data's own masses against the data.</summary>
/// <param name="Events">Data events compared, and as many samples.</param>
/// <param name="Auc">
/// Area under the ROC curve of a classifier of data against samples that sees features and mass, trained on one half and tested on the
/// other, mean of both ways; 0.5 where they cannot be told apart.
/// </param>
/// <param name="KolmogorovSmirnov">Largest distance of the cumulative distributions of data and samples, one a feature.</param>
/// <param name="HeldOut">Events that the density was not trained on.</param>
/// <param name="Undefined">Those of them that it gives no finite log-density.</param>
/// <param name="LogLikelihood">Mean ln p(x | m) of the other held-out events, in the features' own units; NaN where there are none.</param>
public sealed record DensityQuality(int Events, double Auc, double[] KolmogorovSmirnov, int HeldOut, int Undefined, double LogLikelihood)
{
    // The AUC's statistical error is then 0.0013.
    public const int MostEvents = 100_000;
    private const int Members = 10;
    private const ulong HalvesSalt = 0x6a09e667f3bcc909;

    /// <param name="density">The density.</param>
    /// <param name="sidebands">Its events.</param>
    /// <param name="boosting">Options of the classifier.</param>
    /// <param name="stream">Random streams by name.</param>
    /// <param name="threads">At least 1.</param>
    /// <param name="cancellation">Looked at before each member.</param>
    internal static DensityQuality Of(
        IConditionalDensity density,
        LongSidebands sidebands,
        BoostingOptions boosting,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        var (all, heldOut) = sidebands;
        var data = all.Select([.. Enumerable.Range(0, Math.Min(MostEvents, all.Count))]);
        var features = DrawnEvents.Features(data);
        var samples = density.Sample(data.Mass, stream("quality"));
        var (undefined, logLikelihood) = LogLikelihoodOf(density, all.Select([.. Enumerable.Range(0, heldOut)]));
        return new DensityQuality(
            data.Count,
            AucOf(features, samples, data, boosting, stream, threads, cancellation),
            [.. features.Zip(samples, (column, sampled) => Distance(column, sampled))],
            heldOut,
            undefined,
            logLikelihood);
    }

    // A sample that is not a number is a fault of the density and the largest distance that there is.
    private static double Distance(float[] data, float[] samples) =>
        samples.Any(float.IsNaN) ? 1 : Inference.Metrics.KolmogorovSmirnov.Statistic(data, samples);

    private static (int Undefined, double Mean) LogLikelihoodOf(IConditionalDensity density, EventTable events)
    {
        var values = new double[events.Count];
        density.LogDensity(DrawnEvents.Features(events), events.Mass, values);
        var (sum, finite) = (0.0, 0);
        foreach (var value in values)
        {
            (sum, finite) = double.IsFinite(value) ? (sum + value, finite + 1) : (sum, finite);
        }

        return (values.Length - finite, finite > 0 ? sum / finite : double.NaN);
    }

    private static double AucOf(
        float[][] data,
        float[][] samples,
        EventTable events,
        BoostingOptions boosting,
        Func<string, RandomStream> stream,
        int threads,
        CancellationToken cancellation)
    {
        var count = events.Count;
        float[] masses = [.. events.Mass.ToArray().Select(value => (float)value)];

        // Copies of an event share a half, and a sample that of the event whose mass it has: else a half would know the other's events.
        bool[] second = [.. events.Identity.ToArray().Select(identity => SplitMix64.Mix(identity ^ HalvesSalt) % 2 == 1)];
        float[][] columns = [.. data.Zip(samples, (column, sampled) => (float[])[.. column, .. sampled]), [.. masses, .. masses]];
        var labels = new byte[2 * count];
        labels.AsSpan(0, count).Fill(1);
        var sorted = SortedColumns.Of(columns, threads);
        var sum = 0.0;
        for (var half = 0; half < 2; half++)
        {
            int[] Rows(int start, bool ofSecond) =>
                [.. Enumerable.Range(0, count).Where(row => second[row] == ofSecond).Select(row => start + row)];

            var number = half + 1;
            var ensemble = EnsembleTrainer.Fit(
                sorted,
                [.. Rows(0, half == 1), .. Rows(count, half == 1)],
                labels,
                [],
                Members,
                boosting,
                member => stream(FormattableString.Invariant($"quality half {number} member {member + 1}")),
                threads,
                cancellation);
            if (!ensemble.Succeeded)
            {
                return double.NaN;
            }

            sum += RocCurve.Of(Scores(ensemble, columns, Rows(0, half == 0)), Scores(ensemble, columns, Rows(count, half == 0))).Auc;
        }

        return sum / 2;
    }

    private static ScoreDistribution Scores(TreeEnsemble ensemble, float[][] columns, int[] rows)
    {
        var scores = new float[rows.Length];
        ensemble.Score(columns, rows, scores);
        return new ScoreDistribution(scores);
    }
}
