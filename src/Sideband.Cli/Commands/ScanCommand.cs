using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband scan</c>: the main job.</summary>
internal static class ScanCommand
{
    public static Command Create()
    {
        var command = new Command("scan", "A sliding-window search: from event files to signed significances.")
            .WithExamples(
                "Example: sideband scan --data events.h5 --mc simulation.h5 --method cwola --windows 1-9 --out runs/first",
                "Example: sideband scan",
                "Example: sideband scan --data table.csv --mass m_ll --features pt_ratio,isolation --windows 300:600:20:60 "
                + "--sideband 30 --systematics none",
                "Without arguments it searches the built-in example; with a run directory it continues that run.");
        var search = new Argument<string?>("SEARCH.yaml | DIR")
        {
            Arity = ArgumentArity.ZeroOrOne,
            Description = "Settings file, or run directory to continue",
        };
        var outFolder = new Option<string?>("--out") { HelpName = "DIR", Description = "Run directory [default: runs/METHOD-TIME]" };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show the plan and stop" };
        var unblind = new Option<bool>("--unblind") { Description = "Go on from a blind search, with its frozen settings" };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(search);
        command.Options.Add(outFolder);
        var options = new SettingOptions(command);
        command.Options.Add(dryRun);
        command.Options.Add(unblind);
        var place = new PlaceOptions(command);
        command.Options.Add(quiet);
        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var started = DateTimeOffset.UtcNow;
            var source = parsed.GetValue(search);
            var settings = options.Read(parsed, source);
            var root = parsed.GetValue(outFolder)
                ?? (source is not null && Directory.Exists(source) ? source : DefaultFolder(settings, started));
            var (engine, memory) = place.Read(parsed);
            var session = new SearchSession(root, settings, parsed.GetValue(quiet), started)
            {
                Engine = engine,
                Memory = memory,
                AsksForBlind = options.AskForBlind(parsed, settings, source),
            };
            var job = new ScanJob(session, source is null ? null : RunDirectory.Of(source));
            return Task.Run(() => job.Run(parsed.GetValue(dryRun), parsed.GetValue(unblind), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static string DefaultFolder(SearchSettings settings, DateTimeOffset now) =>
        Path.Combine("runs", FormattableString.Invariant($"{settings.Method.Name}-{now.ToLocalTime():yyyyMMdd-HHmmss}"));
}
