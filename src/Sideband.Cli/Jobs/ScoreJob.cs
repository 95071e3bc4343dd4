using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Reporting.Terminal;
using Sideband.Search.Scores;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband score</c>: writes DIR/scored/NAME.json and DIR/scored/NAME_window_N.npz of each file.</summary>
internal sealed class ScoreJob(FinishedRun run, bool quiet)
{
    private readonly string _folder = Path.Combine(run.Directory.Root, "scored");

    /// <summary>Scores the events of every file.</summary>
    /// <exception cref="ConfigurationException">Two files have one name.</exception>
    public int Run(IReadOnlyList<EventFileSpec> files)
    {
        var scorer = run.Units.Scorer();
        AtomicFile.CreateFolder(_folder);
        AtomicFile.Clean(_folder);
        foreach (var file in files)
        {
            var result = Score(scorer, file);
            if (!quiet)
            {
                ScoredFileTable.Write(Consoles.Output, result);
            }
        }

        return CommandHost.Done;
    }

    /// <summary>Results are named after their file: a second file of a name would take the place of the first.</summary>
    public static void RefuseOneName(IEnumerable<EventFileSpec> files)
    {
        if (files.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } same)
        {
            throw new ConfigurationException(
                $"score: {string.Join(" and ", same.Select(file => $"'{file}'"))} would both be written to scored/{same.Key}.json; "
                + "give one of the files another name");
        }
    }

    private static string NameOf(EventFileSpec file) => Path.GetFileNameWithoutExtension(file.FilePath);

    private ScoredFile Score(EventScorer scorer, EventFileSpec file)
    {
        var settings = run.Plan.Settings;
        var loaded = EventReader.Load(
            file, new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing));
        var events = loaded.Events.Canonical();
        var name = NameOf(file);
        var windows = new List<ScoredWindow>();
        foreach (var window in run.Plan.Windows.Searched)
        {
            var scores = scorer.Score(window, events);
            ScoredFile.WriteScores(Path.Combine(_folder, FormattableString.Invariant($"{name}_window_{window.Number}.npz")), scores);
            windows.Add(ScoredWindow.Of(scores));
        }

        var result = new ScoredFile(
            ScoredFile.SchemaName,
            loaded.Account.FileName,
            loaded.Account.Sha256,
            events.Count,
            loaded.Account.Dropped.ToDictionary(reason => reason.Reason, reason => reason.Count),
            settings.Method.Traits.ScoresAtEveryMass
                ? null
                : $"method {settings.Method.Name} has no score outside of a window: only events inside are scored",
            windows);
        var path = Path.Combine(_folder, name + ".json");
        result.Write(path);
        Console.Out.WriteLine($"wrote {path}");
        return result;
    }
}
