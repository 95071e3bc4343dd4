using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;

namespace Sideband.Search.Plan;

/// <summary>Turns settings and inputs into the plan, and refuses searches that cannot work before anything is trained.</summary>
public static class Planner
{
    /// <param name="settings">The complete settings.</param>
    /// <param name="inputs">The loaded events.</param>
    /// <param name="densities">Trains the densities; null: <see cref="LearnedDensities"/>.</param>
    /// <exception cref="SidebandException">See <see cref="PlanChecks"/>.</exception>
    public static SearchPlan Make(SearchSettings settings, SearchInputs inputs, IDensityEngine? densities = null)
    {
        PlanChecks.Settings(settings, inputs);
        RoleOverlap.Refuse(inputs);
        var plan = new SearchPlan(
            settings,
            inputs,
            settings.Profile.Boosting,
            settings.DensityOptions,
            densities ?? new LearnedDensities(),
            SpectrumBins.Of(inputs.Data),
            PlanWindows.Of(settings),
            [],
            []);
        var sizes = Enum.GetValues<SampleRole>().ToDictionary(sample => sample, sample => Sizes(plan, sample));
        return plan with
        {
            Units = new UnitFactory(plan).Make(sizes),
            Rows = [.. sizes[SampleRole.Data].Take(settings.Windows.Windows.Count).Select(size => new PlanRow(
                size.Window,
                size.Data,
                size.Template,
                [.. settings.WorkingPoints.Select(epsilon => epsilon * size.Data)]))],
        };
    }

    private static List<WindowSize> Sizes(SearchPlan plan, SampleRole sample)
    {
        var sizes = new List<WindowSize>();
        foreach (var window in plan.Windows.Of(sample))
        {
            var size = Size(plan, sample, window);
            PlanChecks.Window(plan, sample, size);
            sizes.Add(size);
        }

        return sizes;
    }

    private static WindowSize Size(SearchPlan plan, SampleRole sample, MassWindow window)
    {
        var inputs = plan.TemplateInputs(sample);
        var data = inputs.Data.IndicesIn(window.SignalRegion).Length;
        var outside = inputs.Data.Count - data;
        if (plan.Density is not null)
        {
            var events = sample == SampleRole.Sideband ? Math.Min(data, outside) : data;
            return new WindowSize(window, events, WindowSize.ThresholdOversampling * events, null, plan.Settings.Oversampling * events, outside);
        }

        var template = plan.Settings.Method.Prepare(inputs, window, null).Sample(RandomStream.For(0, "given"), []);
        return new WindowSize(window, data, template.Events.Count, template.Target?.Count, null, outside);
    }
}
