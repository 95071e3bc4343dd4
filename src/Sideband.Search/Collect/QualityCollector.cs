using Sideband.Inference;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Work;

namespace Sideband.Search.Collect;

/// <summary>The quality report of every learned template.</summary>
internal static class QualityCollector
{
    /// <summary>One entry a sample and window, in plan order; none where the method learns no density.</summary>
    public static IReadOnlyList<TemplateQualityResult> Of(SearchPlan plan, UnitStore store) =>
    [
        .. plan.Units.Where(unit => unit.Kind == UnitKind.Density).GroupBy(unit => (unit.Sample, unit.Window)).Select(group =>
        {
            DensityProduct[] runs = [.. group.Select(store.Read<DensityProduct>)];
            return new TemplateQualityResult(
                group.Key.Sample.Name(),
                group.Key.Window.Number,
                Values(runs, quality => quality.Auc),
                [.. plan.Inputs.Data.FeatureNames.Select((name, f) => new FeatureDistanceResult(name, Values(runs, quality => quality.KolmogorovSmirnov[f])))],
                Values(runs, quality => quality.LogLikelihood),
                Values(runs, quality => quality.Undefined),
                [.. runs.Select(run => run.PooledEpochs)]);
        }),
    ];

    /// <summary>Training curves and quality of one window's data density, mean over the runs.</summary>
    public static IEnumerable<SummaryArray> Summary(SearchPlan plan, UnitStore store, Events.MassWindow window)
    {
        DensityProduct[] runs =
        [
            .. plan.Units
                .Where(unit => unit.Kind == UnitKind.Density && unit.Sample == SampleRole.Data && unit.Window.SignalRegion == window.SignalRegion)
                .Select(store.Read<DensityProduct>),
        ];
        if (runs.Length == 0)
        {
            yield break;
        }

        var known = runs.Where(run => run.Quality is not null).ToArray();
        yield return SummaryArray.Vector("density_training_loss", "loss of the density's training by epoch, mean over runs", LossCurves.Mean(runs, run => run.TrainingLoss));
        yield return SummaryArray.Vector("density_validation_loss", "loss on its held-out events by epoch, mean over runs", LossCurves.Mean(runs, run => run.ValidationLoss));
        yield return SummaryArray.Vector("template_auc", "[run] AUC of a classifier of sideband data against samples at their masses", [.. known.Select(run => run.Quality!.Auc)]);
        yield return SummaryArray.Matrix("template_ks", "[run, feature] Kolmogorov-Smirnov distance of sideband data and samples", [.. known.Select(run => run.Quality!.KolmogorovSmirnov)]);
        yield return SummaryArray.Vector("template_log_likelihood", "[run] mean ln p(x | m) of held-out sideband events", [.. known.Select(run => run.Quality!.LogLikelihood)]);
    }

    private static RunValues Values(DensityProduct[] runs, Func<DensityQuality, double> value) => WorkingPointResults.Values(RunStatistics.Of(
        [.. runs.Select(run => run.Quality is { } quality && double.IsFinite(value(quality))
            ? Measured.Of(value(quality))
            : Measured.Undefined(run.Failure ?? "not a finite number"))]));
}
