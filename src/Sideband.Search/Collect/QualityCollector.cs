using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Learned;
using Sideband.Templates.Quality;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Collect;

/// <summary>The quality report of every template that was compared with sidebands.</summary>
internal static class QualityCollector
{
    private const string NoDensity = "no density is learned";

    /// <summary>One entry a source, sample and window, in plan order; none where nothing is compared.</summary>
    public static IReadOnlyList<TemplateQualityResult> Of(SearchPlan plan, UnitStore store) =>
    [
        .. plan.Units.Where(unit => unit.Stage is QualityStage).GroupBy(unit => (unit.Sample, unit.Window)).Select(group =>
        {
            LearnedRun[] runs = [.. group.Select(unit => LearnedRun.Load(unit, store))];
            return new TemplateQualityResult(
                group.Key.Sample.Name,
                group.Key.Window.Number,
                Values(runs, quality => quality.Auc),
                [.. plan.Inputs.Data.FeatureNames.Select((name, f) =>
                    new FeatureDistanceResult(name, Values(runs, quality => quality.KolmogorovSmirnov[f])))],
                Values(runs, quality => quality.LogLikelihood),
                Values(runs, quality => quality.Undefined),
                WorkingPointResults.Values(RunStatistics.Of([.. runs.Select(Undescribed)])),
                [.. runs.Select(run => run.Density.PooledEpochs)]);
        }),
        .. plan.Units.Where(unit => unit.Stage is ComparisonStage)
            .GroupBy(unit => (unit.Sample, unit.Window, ((ComparisonStage)unit.Stage).Source))
            .Select(group => Compared(plan, group.Key, [.. group.Select(unit => (ComparisonProduct)store.Read(unit))])),
    ];

    private static TemplateQualityResult Compared(
        SearchPlan plan, (ChainSample Sample, MassWindow Window, string Source) of, ComparisonProduct[] runs)
    {
        RunValues Values(Func<ComparisonProduct, double> value) => WorkingPointResults.Values(RunStatistics.Of(
            [.. runs.Select(run => run.Failure is null && double.IsFinite(value(run))
                ? Measured.Of(value(run))
                : Measured.Undefined(run.Failure ?? "not a finite number"))]));

        var none = WorkingPointResults.Values(RunStatistics.Of([.. runs.Select(_ => Measured.Undefined(NoDensity))]));
        return new TemplateQualityResult(
            of.Sample.Name,
            of.Window.Number,
            Values(run => run.Auc),
            [.. plan.Inputs.Data.FeatureNames.Select((name, f) =>
                new FeatureDistanceResult(name, Values(run => run.KolmogorovSmirnov[f])))],
            none,
            none,
            none,
            [])
        {
            Source = of.Source,
        };
    }

    /// <summary>Training curves and quality of one window's data density, mean over the runs.</summary>
    public static IEnumerable<SummaryArray> Summary(SearchPlan plan, UnitStore store, MassWindow window)
    {
        LearnedRun[] runs =
        [
            .. plan.UnitsOf(ChainSample.Data, window)
                .Where(unit => unit.Stage is QualityStage)
                .Select(unit => LearnedRun.Load(unit, store)),
        ];
        if (runs.Length == 0)
        {
            yield break;
        }

        var known = runs.Select(run => run.Quality.Quality).OfType<DensityQuality>().ToArray();
        yield return SummaryArray.Vector(
            "density_training_loss",
            "loss of the density's training by epoch, mean over runs",
            LossCurves.Mean(runs, run => run.Density.TrainingLoss));
        yield return SummaryArray.Vector(
            "density_validation_loss",
            "loss on its held-out events by epoch, mean over runs",
            LossCurves.Mean(runs, run => run.Density.ValidationLoss));
        yield return SummaryArray.Vector(
            "template_auc",
            "[run] AUC of a classifier of sideband data against samples at their masses",
            [.. known.Select(quality => quality.Auc)]);
        yield return SummaryArray.Matrix(
            "template_ks",
            "[run, feature] Kolmogorov-Smirnov distance of sideband data and samples",
            [.. known.Select(quality => quality.KolmogorovSmirnov)]);
        yield return SummaryArray.Vector(
            "template_log_likelihood",
            "[run] mean ln p(x | m) of held-out sideband events",
            [.. known.Select(quality => quality.LogLikelihood)]);
    }

    private static RunValues Values(LearnedRun[] runs, Func<DensityQuality, double> value) => WorkingPointResults.Values(RunStatistics.Of(
        [.. runs.Select(run => run.Quality.Quality is { } quality && double.IsFinite(value(quality))
            ? Measured.Of(value(quality))
            : Measured.Undefined(run.Quality.Failure ?? "not a finite number"))]));

    private static Measured Undescribed(LearnedRun run) =>
        run.Density.Failure is { } reason ? Measured.Undefined(reason) : Measured.Of(run.Density.Undescribed);

    private sealed record LearnedRun(QualityProduct Quality, DensityProduct Density)
    {
        public static LearnedRun Load(WorkUnit quality, UnitStore store) => new(
            (QualityProduct)store.Read(quality), (DensityProduct)store.Read(quality.Needs.First(need => need.Stage is DensityStage)));
    }
}
