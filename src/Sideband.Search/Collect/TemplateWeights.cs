using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>Sums of the weights of a window's template.</summary>
internal static class TemplateWeights
{
    /// <returns>Sum of w, sum of w^2; of a template that stages make, each event counts 1.</returns>
    public static (double SumW, double SumW2) Of(SearchPlan plan, UnitStore store, PlanRow row)
    {
        var method = plan.Settings.Method;
        if (method.Stages.Count > 0)
        {
            return (row.TemplateEvents, row.TemplateEvents);
        }

        var place = new UnitPlace(Experiment.Search, ChainSample.Data, row.Window, 1);
        var template = FinishedInputs.Of(plan, store, place, method.PreparationReads).Prepared().Template.Events;
        var (sumW, sumW2) = (0.0, 0.0);
        foreach (var weight in template.Weights)
        {
            (sumW, sumW2) = (sumW + weight, sumW2 + (weight * weight));
        }

        return template.HasWeights ? (sumW, sumW2) : (template.Count, template.Count);
    }
}
