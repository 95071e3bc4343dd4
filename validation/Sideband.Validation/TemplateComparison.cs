using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Numerics;
using Sideband.Search.Settings;

namespace Sideband.Validation;

/// <summary>What an ensemble of trees finds between events and a template of them.</summary>
/// <param name="Auc">Area under the ROC curve, mean of the folds.</param>
/// <param name="Shifts">delta_sys at <see cref="WorkingPoints"/>, from labels: N_obs/N_exp - 1 of the background of all folds.</param>
/// <param name="Signal">Signal events that pass at <see cref="WorkingPoints"/>.</param>
/// <param name="Distance">The largest Kolmogorov-Smirnov distance of a feature.</param>
internal sealed record TemplateComparison(double Auc, double[] Shifts, double[] Signal, double Distance)
{
    /// <summary>Background efficiencies.</summary>
    public static readonly double[] WorkingPoints = [1e-2, 1e-3, 1e-4];

    /// <param name="data">[feature][event], the background first.</param>
    /// <param name="background">Events of <paramref name="data"/> that are background; the others are signal.</param>
    /// <param name="template">[feature][event].</param>
    /// <param name="options">Folds, members, threads and seed.</param>
    /// <param name="name">Names the random streams.</param>
    /// <exception cref="InputDataException">An ensemble has no member.</exception>
    public static TemplateComparison Of(float[][] data, int background, float[][] template, TemplateQualityOptions options, string name)
    {
        var (n, all) = (data[0].Length, data[0].Length + template[0].Length);
        float[][] columns = [.. data.Zip(template, (a, b) => (float[])[.. a, .. b])];
        var labels = new byte[all];
        labels.AsSpan(0, n).Fill(1);
        var sorted = SortedColumns.Of(columns, options.Threads);
        var auc = 0.0;
        var points = WorkingPoints.Length;
        var (passing, passingSignal, passingTemplate) = (new double[points], new double[points], new double[points]);
        for (var fold = 0; fold < options.Folds; fold++)
        {
            int[] Rows(int from, int to, bool test) =>
            [
                .. Enumerable.Range(from, to - from).Where(row => (row % options.Folds == fold) == test),
            ];

            var ensemble = EnsembleTrainer.Fit(
                sorted, Rows(0, all, test: false), labels, [], options.Members, SearchProfile.Standard.Boosting,
                member => RandomStream.For(options.Seed, name, FormattableString.Invariant($"fold {fold + 1} member {member + 1}")),
                options.Threads,
                CancellationToken.None);
            if (!ensemble.Succeeded)
            {
                throw new InputDataException($"{name}: {ensemble.Failures[0]}");
            }

            ScoreDistribution Scores(int[] rows)
            {
                var scores = new float[rows.Length];
                ensemble.Score(columns, rows, scores);
                return new ScoreDistribution(scores);
            }

            var (ofData, ofTemplate) = (Scores(Rows(0, n, test: true)), Scores(Rows(n, all, test: true)));
            var ofSignal = Scores(Rows(background, n, test: true));
            auc += RocCurve.Of(ofData, ofTemplate).Auc / options.Folds;
            for (var i = 0; i < WorkingPoints.Length; i++)
            {
                var threshold = ofTemplate.Quantile(1 - WorkingPoints[i]);
                var signal = ofSignal.Passing(threshold).SumWeights;
                passingSignal[i] += signal;
                passing[i] += ofData.Passing(threshold).SumWeights - signal;
                passingTemplate[i] += ofTemplate.Passing(threshold).SumWeights;
            }
        }

        return new TemplateComparison(
            auc,
            [.. passing.Zip(passingTemplate, (observed, template) => (observed / (template / (all - n) * background)) - 1)],
            passingSignal,
            data.Zip(template, (a, b) => KolmogorovSmirnov.Statistic(a, b)).Max());
    }
}
