using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Learned;

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
        RoleCopies.Refuse(inputs);
        FeatureContent.Refuse(inputs);
        var context = new SearchContext(settings, inputs, densities ?? new LearnedDensities());
        var windows = PlanWindows.Of(settings);
        var sizes = ChainSample.All.ToDictionary(
            sample => sample, sample => (IReadOnlyList<WindowSize>)Sizes(context, sample, windows.Of(sample)));
        WindowSize[] searched = [.. sizes[ChainSample.Data].Take(windows.Searched.Count)];
        return new SearchPlan(
            context,
            settings.Estimate,
            windows,
            searched,
            new UnitFactory(context).Make(Experiment.Search, sizes),
            [.. searched.Select(size => new PlanRow(
                size.Window,
                size.Events,
                size.Template.Template,
                size.Template.Parts(settings.Folds),
                [.. settings.WorkingPoints.Select(epsilon => epsilon * size.Events)]))]);
    }

    /// <summary>
    /// The search in two halves: the classifier of one is applied to the other, both ways, in one run, delta_sys included. It shares
    /// what it does not split, such as densities, with the search.
    /// </summary>
    public static SearchPlan Halves(SearchPlan plan) => Make(
        plan.Settings with { Folds = 2, RunsOverride = 1 }, plan.Inputs, (IDensityEngine)plan.Context.Options[typeof(IDensityEngine)]);

    private static List<WindowSize> Sizes(SearchContext context, ChainSample sample, IReadOnlyList<MassWindow> windows)
    {
        var counts = new EventCounts(context, sample);
        var sizes = new List<WindowSize>();
        foreach (var window in windows)
        {
            counts.At(window);
            var size = new WindowSize(window, counts.Searched, context.Settings.Method.Size(counts, window, context.Options));
            PlanChecks.Window(context, sample, size);
            WeightChecks.Window(context, sample, window);
            sizes.Add(size);
        }

        return sizes;
    }
}
