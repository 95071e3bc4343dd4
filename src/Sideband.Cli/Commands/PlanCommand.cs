using System.CommandLine;
using Sideband.Cli.Jobs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband plan</c>: the first of the three steps of a scan on a batch system.</summary>
internal static class PlanCommand
{
    public static Command Create()
    {
        var command = new Command("plan", "Write the plan of a search: its work units, by number.")
            .WithExamples(
                "Example: sideband plan runs/first --data events.h5 --mc simulation.h5");
        var directory = SharedOptions.RunDirectory();
        var search = new Option<string?>("--search") { HelpName = "SEARCH.yaml", Description = "Settings file" };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(search);
        var options = new SettingOptions(command);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            var root = parsed.GetValue(directory)!;
            var source = parsed.GetValue(search) ?? (Search.Runs.RunDirectory.Exists(root) ? root : null);
            var session = new SearchSession(root, options.Read(parsed, source), parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return new PlanJob(session).Run();
        });
        return command;
    }
}
