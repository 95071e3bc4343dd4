using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Templates;
using Sideband.Templates.Learned;

namespace Sideband.Search.Tests;

/// <summary>Searches of <see cref="ToyEvents"/>.</summary>
internal static class Toy
{
    /// <inheritdoc cref="ToyEvents.Background"/>
    public static EventTable Background(string name, int count, double slope = 0) => ToyEvents.Background(name, count, slope);

    /// <inheritdoc cref="ToyEvents.Signal"/>
    public static EventTable Signal(string name, int count) => ToyEvents.Signal(name, count);

    /// <summary>
    /// Windows [3.5, 4.5), [4.5, 5.5), [5.5, 6.5) with sidebands of 0.5, 1 run, 3 folds, 3 members where there are classifiers, and what is
    /// given.
    /// </summary>
    public static SearchSettings Settings(params (string Key, string Text)[] entries)
    {
        var settings = SettingsReader.Apply(new SearchSettings(), [
            .. new[]
            {
                ("mass", "m"), ("features", "x,y"), ("windows", "4:6:1:1"), ("sideband", "0.5"), ("working_points", "0.1,0.02"),
                ("runs", "1"), ("folds", "3"), ("members", "3"), ("threads", "2"),
            }.Concat(entries).Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2))]);
        return settings.Method.Traits.ScoresByClassifier ? settings : settings with { MembersOverride = null };
    }

    public static SearchInputs Inputs(
        EventTable data,
        EventTable? monteCarlo = null,
        EventTable? ideal = null,
        EventTable? signal = null,
        EventTable? test = null,
        EventTable? simulation = null) =>
        SearchInputs.Of(
            [
                (InputRole.Data, data),
                (InputRole.MonteCarlo, monteCarlo),
                (InputRole.Simulation, simulation),
                (InputRole.IdealBackground, ideal),
                (InputRole.Signal, signal),
                (InputRole.Test, test),
            ],
            [],
            []);

    /// <summary>The whole search.</summary>
    /// <param name="settings">See <see cref="Settings"/>.</param>
    /// <param name="inputs">See <see cref="Inputs"/>.</param>
    /// <param name="summaries">Takes the windows' summaries.</param>
    /// <param name="densities">Trains the densities of methods that learn one.</param>
    public static ScanResult Run(
        SearchSettings settings, SearchInputs inputs, List<WindowSummary>? summaries = null, IDensityEngine? densities = null)
    {
        using var folder = new TemporaryFolder();
        var plan = Planner.Make(settings, inputs, densities);
        var run = new SearchRun(plan, RunDirectory.Create(folder.PathOf("run"), settings));
        run.Work(new LocalEngine(settings.Threads), plan.Units, _ => { }, CancellationToken.None);
        return run.Collect(new NoFiles(summaries ?? []), "test", DateTimeOffset.UnixEpoch);
    }

    internal sealed class NoFiles(List<WindowSummary> summaries) : ICollectSink
    {
        public void Summary(WindowSummary summary) => summaries.Add(summary);

        public void Experiments(ExperimentSummary experiments)
        {
        }

        public void Scores(ScoreTable data, ScoreTable? template)
        {
        }
    }
}
