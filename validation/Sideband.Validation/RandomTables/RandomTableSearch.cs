using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Validation.RandomTables;

/// <summary>Searches a random table, from its file on.</summary>
internal static class RandomTableSearch
{
    /// <summary>Fresh background events that tell how many of a window's are to be expected behind its cut.</summary>
    private const int FreshEvents = 40_000;

    private static readonly string[] LearnsDensity = ["cathode", "lacathode", "anode", "combined"];

    private static readonly string[] TakesSimulation = ["salad", "feta", "combined"];

    /// <summary>The numbers of one method. Methods that share densities learn them once if they share the folder.</summary>
    /// <param name="number">The table's.</param>
    /// <param name="method">One of <see cref="RandomTableRecipe.Methods"/>.</param>
    /// <param name="recipe">How it is searched.</param>
    /// <param name="folder">Files and units go into it.</param>
    public static IReadOnlyList<RandomTableNumber> Of(int number, string method, RandomTableRecipe recipe, string folder)
    {
        var table = new RandomTable(number);
        Directory.CreateDirectory(folder);
        var data = Path.Combine(folder, "data.npz");
        table.Write(data, "data", recipe.Events, recipe.Signal, recipe.Windows);
        var fresh = recipe.CountsFreshEvents ? Path.Combine(folder, "fresh.npz") : null;
        if (fresh is not null)
        {
            table.Write(fresh, "fresh", FreshEvents, 0, recipe.Windows);
        }

        return Search(
            table,
            SettingsReader.Apply(new SearchSettings(),
            [
                .. new[]
                {
                    ("data", data), ("method", method), ("mass", "m"), ("features", string.Join(',', table.FeatureNames)),
                    ("windows", table.Windows(recipe.Windows)),
                    ("sideband", FormattableString.Invariant($"{table.SidebandWidth(recipe.Windows):R}")),
                    ("working_points", RandomTableRecipe.WorkingPoints), ("profile", "quick"),
                    ("folds", $"{RandomTableRecipe.Folds}"), ("seed", $"{number + 1}"),
                    ("threads", "1"), ("store", Path.Combine(folder, "store")),
                }.Concat(OfMethod(table, method, recipe, folder))
                    .Select(entry => (SettingKeys.ByName(entry.Item1, "random table"), entry.Item2)),
            ]),
            Path.Combine(folder, method),
            fresh);
    }

    private static IEnumerable<(string Setting, string Value)> OfMethod(
        RandomTable table, string method, RandomTableRecipe recipe, string folder)
    {
        if (TemplateMethods.ByName(method).Traits.ScoresByClassifier)
        {
            yield return ("members", $"{recipe.Members}");
        }

        if (method == "ideal")
        {
            var ideal = Path.Combine(folder, "ideal.npz");
            var weighted = table.WriteIdeal(ideal, recipe.Events);
            yield return ("ideal_background", ideal);
            if (weighted)
            {
                yield return ("weight", "w");
            }
        }
        else if (LearnsDensity.Contains(method))
        {
            yield return ("density_recipe", recipe.Density);
        }

        if (TakesSimulation.Contains(method))
        {
            var simulation = Path.Combine(folder, "distorted.npz");
            table.WriteSimulation(simulation, recipe.Events);
            yield return ("simulation", simulation);
        }

        if (!recipe.EstimatesShift)
        {
            yield return ("systematics", "none");
        }
        else if (RandomTableRecipe.DefaultEstimate(method).StartsWith("mc", StringComparison.Ordinal))
        {
            var simulation = Path.Combine(folder, "simulation.npz");
            table.Write(simulation, "simulation", recipe.Events, 0, recipe.Windows);
            yield return ("mc", simulation);
        }
    }

    private static IReadOnlyList<RandomTableNumber> Search(RandomTable table, SearchSettings settings, string folder, string? fresh)
    {
        var plan = Planner.Make(settings, InputLoader.Load(settings));
        var run = new SearchRun(plan, RunDirectory.Create(folder, settings));
        run.Work(new LocalEngine(settings.Threads), [.. plan.ToCollect], _ => { }, CancellationToken.None);
        var result = run.Collect(new Nowhere(), "random table", DateTimeOffset.UnixEpoch);
        if (fresh is null)
        {
            return [.. RandomTableNumber.Of(table, result, (_, _) => null)];
        }

        var request = new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing);
        var events = EventReader.Load(EventFileSpec.Parse(fresh), request).Events.Canonical();
        var scorer = run.Scorer();
        var efficiencies = plan.Windows.Searched.ToDictionary(
            window => window.Number,
            window => result.Windows.First(searched => searched.Number == window.Number).State == WindowState.TemplateFails
                ? []
                : scorer.Score(window, events).Efficiencies(null));
        return
        [
            .. RandomTableNumber.Of(
                table, result, (window, point) => efficiencies[window].FirstOrDefault(entry => entry.EpsilonB == point)?.Efficiency),
        ];
    }

    private sealed class Nowhere : ICollectSink
    {
        public void Summary(WindowSummary summary)
        {
        }

        public void Scores(ScoreTable data, ScoreTable? template)
        {
        }

        public void Experiments(ExperimentSummary experiments)
        {
        }
    }
}
