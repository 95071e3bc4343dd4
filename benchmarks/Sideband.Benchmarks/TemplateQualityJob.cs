using System.Globalization;
using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Inference.Metrics;
using Sideband.Learning.Boosting;
using Sideband.Learning.Densities;
using Sideband.Numerics;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Benchmarks;

/// <summary>
/// How good a template is where it counts: a density learned on the sidebands draws events at the masses of the blinded signal region,
/// and an ensemble of trees tries to tell them from the true background there. validation/density starts it.
/// </summary>
internal static class TemplateQualityJob
{
    private const int Oversampling = 4;

    private static readonly double[] WorkingPoints = [1e-2, 1e-3, 1e-4];

    public static int Run(TemplateQualityOptions options)
    {
        var data = Load(options.Data, options);
        var region = data.Select(data.IndicesIn(options.Window));
        var truth = Load(options.Truth, options);
        Print("truth, once as many", "", Compare(DrawnEvents.Features(region), DrawnEvents.Features(truth.Select(truth.IndicesIn(options.Window))), options, "truth"));

        if (options.Signal is { } signal)
        {
            data = data.Concat(Injection.Take(Load(signal, options), options.Injected).Injected);
        }

        var learned = options.OneModel ? data : data.Select([.. Enumerable.Range(0, data.Count).Where(i => !options.Window.Contains(data.Mass[i]))]);
        double[] masses = [.. Enumerable.Range(0, Oversampling).SelectMany(_ => region.Mass.ToArray())];
        for (var number = 1; number <= options.Densities; number++)
        {
            var name = FormattableString.Invariant($"density {number}");
            var start = ProcessorTime.Seconds;
            var fit = DensityTrainer.Fit(
                options.Recipe.For(options.Kind), DrawnEvents.Features(learned), learned.Mass, RandomStream.For(options.Seed, name), options.Threads, CancellationToken.None);
            var fitted = ProcessorTime.Seconds;
            if (fit.Density is not { } density)
            {
                Console.Error.WriteLine($"{name}: {fit.Failure}");
                return 1;
            }

            var stream = RandomStream.For(options.Seed, name, "samples");
            var samples = options.OneModel ? InterpolatedSampling.Sample(density, options.Window, masses, stream) : density.Sample(masses, stream);
            var sampled = ProcessorTime.Seconds;
            var quality = Compare(DrawnEvents.Features(region), samples, options, name);
            Print(
                name,
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{options.Kind} {options.Recipe}, fit {fitted - start:F0} CPU s, {masses.Length / (sampled - fitted):F0} samples/CPU s, ln p {LogDensity(density, region):F4}"),
                quality);
        }

        return 0;
    }

    /// <summary>Area under the ROC curve, delta_sys at the working points from labels, the largest distance of a feature's distributions.</summary>
    private sealed record Quality(double Auc, double[] Shifts, double Distance);

    private static Quality Compare(float[][] data, float[][] template, TemplateQualityOptions options, string name)
    {
        var (n, all) = (data[0].Length, data[0].Length + template[0].Length);
        float[][] columns = [.. data.Zip(template, (a, b) => (float[])[.. a, .. b])];
        var labels = new byte[all];
        labels.AsSpan(0, n).Fill(1);
        var sorted = SortedColumns.Of(columns, options.Threads);
        var (auc, passing, passingTemplate) = (0.0, new double[WorkingPoints.Length], new double[WorkingPoints.Length]);
        for (var fold = 0; fold < options.Folds; fold++)
        {
            int[] Rows(int from, int to, bool test) => [.. Enumerable.Range(from, to - from).Where(row => (row % options.Folds == fold) == test)];

            var ensemble = EnsembleTrainer.Fit(
                sorted, Rows(0, all, test: false), labels, [], options.Members, SearchProfile.Standard.Boosting,
                member => RandomStream.For(options.Seed, name, FormattableString.Invariant($"fold {fold + 1} member {member + 1}")), options.Threads, CancellationToken.None);
            ScoreDistribution Scores(int[] rows)
            {
                var scores = new float[rows.Length];
                ensemble.Score(columns, rows, scores);
                return new ScoreDistribution(scores);
            }

            var (ofData, ofTemplate) = (Scores(Rows(0, n, test: true)), Scores(Rows(n, all, test: true)));
            auc += RocCurve.Of(ofData, ofTemplate).Auc / options.Folds;
            for (var i = 0; i < WorkingPoints.Length; i++)
            {
                var threshold = ofTemplate.Quantile(1 - WorkingPoints[i]);
                passing[i] += ofData.Passing(threshold).SumWeights;
                passingTemplate[i] += ofTemplate.Passing(threshold).SumWeights;
            }
        }

        return new Quality(
            auc,
            [.. passing.Zip(passingTemplate, (observed, template) => (observed / (template / (all - n) * n)) - 1)],
            data.Zip(template, (a, b) => KolmogorovSmirnov.Statistic(a, b)).Max());
    }

    private static double LogDensity(IConditionalDensity density, EventTable region)
    {
        var some = region.Select([.. Enumerable.Range(0, Math.Min(20_000, region.Count))]);
        var values = new double[some.Count];
        density.LogDensity(DrawnEvents.Features(some), some.Mass, values);
        return values.Where(double.IsFinite).Average();
    }

    private static void Print(string name, string training, Quality quality) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-20} AUC {quality.Auc:F4}  KS {quality.Distance:F4}  delta_sys {quality.Shifts[0]:+0.000;-0.000} {quality.Shifts[1]:+0.000;-0.000} {quality.Shifts[2]:+0.000;-0.000}  {training}").TrimEnd());

    private static EventTable Load(EventFileSpec file, TemplateQualityOptions options) =>
        EventReader.Load(file, new ColumnRequest("mjj", FeatureSets.Resolve(options.Features))).Events;
}
