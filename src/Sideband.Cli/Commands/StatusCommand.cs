using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband status</c>: how far a run is.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var command = new Command(
                "status", "What of a run is done, running and failed. Changes nothing. With --quiet only what is open or failed.")
            .WithExamples(
                "Example: sideband status runs/first");
        var directory = SharedOptions.RunDirectory();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            var root = parsed.GetValue(directory)!;
            var session = new SearchSession(root, RunDirectory.Open(root).Settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return new StatusJob(session).Run();
        });
        return command;
    }
}
