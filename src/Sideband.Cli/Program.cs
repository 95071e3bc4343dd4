using System.CommandLine;
using Sideband.Cli.Commands;

namespace Sideband.Cli;

/// <summary>The command line: commands only, everything else lies in the libraries.</summary>
public static class Program
{
    public static async Task<int> Main(string[] args)
    {
        var root = new RootCommand("Sideband looks for new particles in collider data without knowing what they look like.")
        {
            ScanCommand.Create(),
            PlanCommand.Create(),
            WorkCommand.Create(),
            CollectCommand.Create(),
            ScoreCommand.Create(),
            ReportCommand.Create(),
            SimulateCommand.Create(),
            InspectCommand.Create(),
            DoctorCommand.Create(),
            CompletionCommand.Create(),
        };
        root.Add(ManCommand.Create(root));
        root.WithExamples(
            "Example: sideband scan                                  searches a built-in example, in about a minute",
            "Example: sideband inspect events.csv                    shows what is in your own table",
            "'sideband COMMAND --help' explains a command.");
        CommandExamples.AddToHelp(root);
        return await CommandHost.Run(root, args is ["help", .. var command] ? [.. command, "--help"] : args);
    }
}
