using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The weights of a window's template.</summary>
/// <param name="Sum">Of all that set thresholds: where the same events do in every fold, each as often.</param>
/// <param name="Largest">Largest w, in units of the mean; null where there is no template to ask.</param>
internal readonly record struct TemplateWeights(EventCount Sum, double? Largest)
{
    /// <summary>Of the first run: that of a given template is every run's.</summary>
    public static TemplateWeights Of(SearchPlan plan, UnitStore store, PlanRow row) => plan.Settings.Method.Stages.Count == 0
        ? OfEvents(Given(plan, store, row.Window))
        : Made(plan, store, row);

    /// <summary>sigma_exp^2 of counting all events of a window, without a cut and systematic errors.</summary>
    /// <param name="row">The window: its events, and how many different ones the template has.</param>
    /// <param name="repetition">Of data and template.</param>
    public double UncutVariance(PlanRow row, CountRepetition repetition) =>
        ((repetition.Data - 1) / row.Events)
            + (repetition.Template / Sum.EffectiveEvents * Sum.Events / row.TemplateEvents);

    private static EventTable Given(SearchPlan plan, UnitStore store, MassWindow window)
    {
        var place = new UnitPlace(Experiment.Search, ChainSample.Data, window, 1);
        return FinishedInputs.Of(plan, store, place, plan.Settings.Method.PreparationReads).Prepared().Template.Events;
    }

    // What stages made is in the folds of a search that is not blind, each with its part of the threshold's events, or with all of them.
    private static TemplateWeights Made(SearchPlan plan, UnitStore store, PlanRow row)
    {
        FoldProduct[] folds =
        [
            .. plan.UnitsOf(ChainSample.Data, row.Window).Where(unit => unit.Stage is FoldStage && unit.Run == 1)
                .Select(unit => (FoldProduct)store.Read(unit)),
        ];
        double[] weights = [.. folds.SelectMany(fold => fold.TemplateWeights)];
        return weights.Length > 0 ? OfWeights(weights)
            : new TemplateWeights(
                EventCount.Unweighted(row.TemplateEvents), folds.Length > 0 && folds.All(fold => fold.Failure is null) ? 1 : null);
    }

    private static TemplateWeights OfEvents(EventTable template) =>
        template.HasWeights ? OfWeights(template.Weights) : new TemplateWeights(EventCount.Unweighted(template.Count), 1);

    private static TemplateWeights OfWeights(ReadOnlySpan<double> weights)
    {
        var count = EventCount.Of(weights);
        var largest = 0.0;
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, weight);
        }

        return new TemplateWeights(count, count.SumWeights > 0 ? largest * weights.Length / count.SumWeights : null);
    }
}
