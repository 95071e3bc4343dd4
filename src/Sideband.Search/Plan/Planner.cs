using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Work;

namespace Sideband.Search.Plan;

/// <summary>Turns settings and inputs into the plan, and refuses searches that cannot work before anything is trained.</summary>
public static class Planner
{
    /// <exception cref="SidebandException">See <see cref="PlanChecks"/>.</exception>
    public static SearchPlan Make(SearchSettings settings, SearchInputs inputs)
    {
        PlanChecks.Settings(settings, inputs);
        RoleOverlap.Refuse(inputs);
        var (dataWindows, monteCarloWindows) = Windows(settings);
        var plan = new SearchPlan(
            settings,
            inputs,
            settings.Profile.Boosting,
            SpectrumBins.Of(inputs.Data),
            dataWindows,
            monteCarloWindows,
            [],
            []);
        var data = Sizes(plan, SampleRole.Data, dataWindows);
        var monteCarlo = Sizes(plan, SampleRole.MonteCarlo, monteCarloWindows);
        return plan with
        {
            Units = Units(plan, data, monteCarlo),
            Rows = [.. data.Take(settings.Windows.Windows.Count).Select(size => new PlanRow(
                size.Window,
                size.Data,
                size.Template,
                [.. settings.WorkingPoints.Select(epsilon => epsilon * size.Data)]))],
        };
    }

    // A blind search leaves the data unscored. Delta_sys from labels looks at the data in its own grid of windows, too.
    private static (MassWindow[] Data, MassWindow[] MonteCarlo) Windows(SearchSettings settings)
    {
        var searched = settings.Windows.Windows;
        var grid = settings.EffectiveDeltaSysWindows.Windows;
        var source = settings.EffectiveSystematics;
        MassWindow[] extra = source == SystematicsSource.Labels
            ? [.. grid.Where(window => searched.All(other => other.SignalRegion != window.SignalRegion))]
            : [];
        return ([.. searched, .. extra], source == SystematicsSource.MonteCarlo ? [.. grid] : []);
    }

    private static List<WindowSize> Sizes(SearchPlan plan, SampleRole sample, IReadOnlyList<MassWindow> windows)
    {
        var sizes = new List<WindowSize>();
        foreach (var window in windows)
        {
            var inputs = plan.TemplateInputs(sample);
            var samples = plan.Settings.Method.Prepare(inputs, window);
            var size = new WindowSize(window, inputs.Data.IndicesIn(window.SignalRegion).Length, samples.Template.Count, samples.Target?.Count);
            PlanChecks.Window(plan, sample, size);
            sizes.Add(size);
        }

        return sizes;
    }

    private static List<WorkUnit> Units(SearchPlan plan, List<WindowSize> data, List<WindowSize> monteCarlo)
    {
        var units = new List<WorkUnit>();
        var keys = new UnitKeys(plan);
        foreach (var (sample, sizes) in new[] { (SampleRole.Data, data), (SampleRole.MonteCarlo, monteCarlo) })
        {
            if (sample == SampleRole.Data && plan.Settings.Blind)
            {
                continue;
            }

            foreach (var size in sizes)
            {
                for (var run = 1; run <= plan.Settings.Runs; run++)
                {
                    for (var fold = 1; fold <= plan.Settings.Folds; fold++)
                    {
                        var key = keys.Of(sample, size.Window, run, fold);
                        units.Add(new WorkUnit(units.Count + 1, sample, size.Window, run, fold, key, size.UnitCost(plan.Settings)));
                    }
                }
            }
        }

        return units;
    }
}
