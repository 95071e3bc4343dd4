using System.CommandLine;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Reporting.Terminal;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Scores;
using Sideband.Search.Settings;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband score</c>: a finished search's classifiers on other events.</summary>
internal static class ScoreCommand
{
    public static Command Create()
    {
        var command = new Command(
                "score", "A finished search's classifiers on other events: scores, and efficiencies per window and working point.")
            .WithExamples(
                "Example: sideband score runs/first signal.h5 other_simulation.h5",
                "Writes DIR/scored/FILE.json and DIR/scored/FILE_window_N.npz. "
                + "An event that the search was trained on is scored by the classifier that",
                "did not see it, any other by the mean of all.");
        var directory = SharedOptions.RunDirectory();
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Event files with the search's columns; a row range FILE[a:b] is allowed",
        };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Arguments.Add(files);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            EventFileSpec[] specs = [.. parsed.GetValue(files)!.Select(EventFileSpec.Parse)];
            RefuseOneName(specs);
            var (run, frozen) = RunDirectory.Open(parsed.GetValue(directory)!);
            var settings = Unblinding.Applied(run, frozen);
            RunSeal.Check(run);
            var inputs = InputLoader.Load(settings);
            FrozenInputs.Check(run, frozen, inputs.Accounts);
            var plan = Planner.Make(settings, inputs);
            var scorer = new SearchRun(plan, run, CommandHost.Warn).Scorer();
            var folder = Path.Combine(run.Root, "scored");
            AtomicFile.CreateFolder(folder);
            AtomicFile.Clean(folder);
            foreach (var spec in specs)
            {
                var result = Score(plan, scorer, spec, settings, folder);
                if (!parsed.GetValue(quiet))
                {
                    ScoredFileTable.Write(Consoles.Output, result);
                }
            }

            return CommandHost.Done;
        });
        return command;
    }

    // Results are named after their file: a second file of a name would take the place of the first.
    private static string NameOf(EventFileSpec spec) => Path.GetFileNameWithoutExtension(spec.FilePath);

    private static void RefuseOneName(EventFileSpec[] specs)
    {
        if (specs.GroupBy(NameOf, StringComparer.OrdinalIgnoreCase).FirstOrDefault(same => same.Count() > 1) is { } same)
        {
            throw new ConfigurationException(
                $"score: {string.Join(" and ", same.Select(spec => $"'{spec}'"))} would both be written to scored/{same.Key}.json; "
                + "give one of the files another name");
        }
    }

    private static ScoredFile Score(SearchPlan plan, EventScorer scorer, EventFileSpec spec, SearchSettings settings, string folder)
    {
        var loaded = EventReader.Load(
            spec, new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing));
        var events = loaded.Events.Canonical();
        var name = NameOf(spec);
        var windows = new List<ScoredWindow>();
        foreach (var window in plan.Windows.Searched)
        {
            var scores = scorer.Score(window, events);
            ScoredFile.WriteScores(Path.Combine(folder, FormattableString.Invariant($"{name}_window_{window.Number}.npz")), scores);
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
        var path = Path.Combine(folder, name + ".json");
        result.Write(path);
        Console.Out.WriteLine($"wrote {path}");
        return result;
    }
}
