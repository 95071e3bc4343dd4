using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>The weights of a window's template.</summary>
/// <param name="SumW">Sum of w.</param>
/// <param name="SumW2">Sum of w^2.</param>
/// <param name="Largest">Largest w, in units of the mean; null where there is no template to ask.</param>
internal readonly record struct TemplateWeights(double SumW, double SumW2, double? Largest)
{
    /// <summary>Of the first run: that of a given template is every run's.</summary>
    public static TemplateWeights Of(SearchPlan plan, UnitStore store, PlanRow row) => plan.Settings.Method.Stages.Count == 0
        ? OfEvents(Given(plan, store, row.Window))
        : Made(plan, store, row);

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
                row.TemplateEvents, row.TemplateEvents, folds.Length > 0 && folds.All(fold => fold.Failure is null) ? 1 : null);
    }

    private static TemplateWeights OfEvents(EventTable template) =>
        template.HasWeights ? OfWeights(template.Weights) : new TemplateWeights(template.Count, template.Count, 1);

    private static TemplateWeights OfWeights(ReadOnlySpan<double> weights)
    {
        var count = EventCount.Of(weights);
        var largest = 0.0;
        foreach (var weight in weights)
        {
            largest = Math.Max(largest, weight);
        }

        return new TemplateWeights(
            count.SumWeights, count.SumSquaredWeights, count.SumWeights > 0 ? largest * weights.Length / count.SumWeights : null);
    }
}
