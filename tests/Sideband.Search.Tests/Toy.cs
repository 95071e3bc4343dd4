using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Collect;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Work;

namespace Sideband.Search.Tests;

/// <summary>
/// Searches of small tables: mass m even in [3, 7), background with standard normal x and y, signal with m = 5.0 +- 0.1 and x, y
/// = 1.5 +- 0.5.
/// </summary>
internal static class Toy
{
    /// <summary>Labelled background; <paramref name="slope"/> adds slope (m - 5) to x.</summary>
    public static EventTable Background(string name, int count, double slope = 0) =>
        Table(name, count, 0, random => (3 + (4 * random.NextDouble()), random.NextGaussian(), random.NextGaussian()), slope);

    /// <summary>Labelled signal.</summary>
    public static EventTable Signal(string name, int count) => Table(
        name, count, 1, random => (5 + (0.1 * random.NextGaussian()), 1.5 + (0.5 * random.NextGaussian()), 1.5 + (0.5 * random.NextGaussian())), 0);

    /// <summary>Windows [3.5, 4.5), [4.5, 5.5), [5.5, 6.5) with sidebands of 0.5, 1 run, 3 folds, 3 members, and what is given.</summary>
    public static SearchSettings Settings(params (string Key, string Text)[] entries) => SettingsReader.Apply(new SearchSettings(), [
        .. new[]
        {
            ("mass", "m"), ("features", "x,y"), ("windows", "4:6:1:1"), ("sideband", "0.5"), ("working_points", "0.1,0.02"),
            ("runs", "1"), ("folds", "3"), ("members", "3"), ("threads", "2"),
        }.Concat(entries).Select(entry => (SettingKeys.ByName(entry.Item1, "test"), entry.Item2))]);

    public static SearchInputs Inputs(
        EventTable data, EventTable? monteCarlo = null, EventTable? ideal = null, EventTable? signal = null, EventTable? test = null) =>
        new(data, monteCarlo, ideal, signal, test, [], []);

    /// <summary>The whole search.</summary>
    /// <param name="settings">See <see cref="Settings"/>.</param>
    /// <param name="inputs">See <see cref="Inputs"/>.</param>
    /// <param name="summaries">Takes the windows' summaries.</param>
    /// <param name="densities">Trains the densities of methods that learn one.</param>
    public static ScanResult Run(SearchSettings settings, SearchInputs inputs, List<WindowSummary>? summaries = null, IDensityEngine? densities = null)
    {
        using var folder = new TemporaryFolder();
        var plan = Planner.Make(settings, inputs, densities);
        var run = new SearchRun(plan, RunDirectory.Create(folder.PathOf("run"), settings));
        run.Work(plan.Units, _ => { }, CancellationToken.None);
        return run.Collect(new NoFiles(summaries ?? []), "test", DateTimeOffset.UnixEpoch);
    }

    private static EventTable Table(string name, int count, byte label, Func<RandomStream, (double M, double X, double Y)> draw, double slope)
    {
        var random = RandomStream.For(1, name);
        var (mass, x, y) = (new double[count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var drawn = draw(random);
            (mass[i], x[i], y[i]) = (drawn.M, (float)(drawn.X + (slope * (drawn.M - 5))), (float)drawn.Y);
        }

        return new EventTable(
            "m", mass, ["x", "y"], [x, y], [EventSource.Simulated(name)], new short[count], [.. Enumerable.Range(0, count)], [.. Enumerable.Repeat(label, count)]);
    }

    private sealed class NoFiles(List<WindowSummary> summaries) : ICollectSink
    {
        public void Summary(WindowSummary summary) => summaries.Add(summary);

        public void Scores(WindowScores scores)
        {
        }
    }
}
