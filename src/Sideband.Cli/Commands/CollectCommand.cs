using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband collect</c>: merges the finished units of a search.</summary>
internal static class CollectCommand
{
    public static Command Create()
    {
        var command = new Command("collect", "Merge the finished units of a planned search into results.json.")
            .WithExamples(
                "Example: sideband collect runs/first");
        var directory = SharedOptions.RunDirectory();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(quiet);
        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var session = new SearchSession(root, RunDirectory.Open(root).Settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return Task.Run(() => new CollectJob(session).Run(cancellation), CancellationToken.None);
        });
        return command;
    }
}
