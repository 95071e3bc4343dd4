using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Validation.RandomTables;

/// <summary>Searches a random table by every method, from its file on, with statistical errors alone.</summary>
internal static class RandomTableSearch
{
    /// <summary>One result a method. Densities are learned once for the methods that share them.</summary>
    /// <param name="number">The table's.</param>
    /// <param name="recipe">How it is searched.</param>
    /// <param name="folder">Empty or not there; files and units go into it.</param>
    public static IEnumerable<ScanResult> Of(int number, RandomTableRecipe recipe, string folder)
    {
        var table = new RandomTable(number);
        Directory.CreateDirectory(folder);
        var (data, ideal) = (Path.Combine(folder, "data.npz"), Path.Combine(folder, "ideal.npz"));
        table.Write(data, "data", recipe.Events, recipe.Signal, recipe.Windows);
        var weighted = table.WriteIdeal(ideal, recipe.Events);
        foreach (var method in RandomTableRecipe.Methods)
        {
            (string, string)[] own = method switch
            {
                "ideal" => [("ideal_background", ideal), .. weighted ? [("weight", "w")] : Array.Empty<(string, string)>()],
                "cwola" => [],
                _ => [("density_recipe", recipe.Density)],
            };
            var settings = SettingsReader.Apply(new SearchSettings(),
            [
                .. new[]
                {
                    ("data", data), ("method", method), ("mass", "m"), ("features", string.Join(',', table.FeatureNames)),
                    ("windows", table.Windows(recipe.Windows)),
                    ("sideband", FormattableString.Invariant($"{table.SidebandWidth(recipe.Windows):R}")),
                    ("working_points", RandomTableRecipe.WorkingPoints), ("profile", "quick"),
                    ("folds", $"{RandomTableRecipe.Folds}"), ("members", $"{recipe.Members}"), ("seed", $"{number + 1}"),
                    ("threads", "1"), ("systematics", "none"), ("store", Path.Combine(folder, "store")),
                }.Concat(own).Select(entry => (SettingKeys.ByName(entry.Item1, "random table"), entry.Item2)),
            ]);
            yield return Search(settings, Path.Combine(folder, method));
        }
    }

    private static ScanResult Search(SearchSettings settings, string folder)
    {
        var plan = Planner.Make(settings, InputLoader.Load(settings));
        var run = new SearchRun(plan, RunDirectory.Create(folder, settings));
        run.Work(new LocalEngine(settings.Threads), [.. plan.ToCollect], _ => { }, CancellationToken.None);
        return run.Collect(new Nowhere(), "random table", DateTimeOffset.UnixEpoch);
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
