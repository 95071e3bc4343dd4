using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Work;

/// <summary>Prepares a plan's method with the density of a finished unit.</summary>
internal static class PreparedMethods
{
    public static IPreparedMethod Prepare(SearchPlan plan, SampleRole sample, MassWindow window, DensityProduct density)
    {
        using var stream = new MemoryStream(density.Density, writable: false);
        return plan.Settings.Method.Prepare(plan.TemplateInputs(sample), window, plan.Densities.Load(stream));
    }
}
