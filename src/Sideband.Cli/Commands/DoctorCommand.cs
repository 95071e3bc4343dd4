using System.CommandLine;
using Sideband.Reporting.Terminal;
using Sideband.Search.Runs;
using Spectre.Console;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband doctor</c>: what this machine offers, and what it lacks for which command.</summary>
internal static class DoctorCommand
{
    /// <summary>Of the first column.</summary>
    private const int Width = 19;

    public static Command Create()
    {
        var command = new Command("doctor", "What this machine offers, and what is missing for which command.")
            .WithExamples(
                "Example: sideband doctor");
        command.Options.Add(SharedOptions.Quiet());
        command.SetAction(int (ParseResult _) =>
        {
            foreach (var (item, found) in Machine.Describe())
            {
                Consoles.Output.WriteLine($"{item,-Width}{found}");
            }

            Consoles.Output.WriteLine();
            foreach (var (commands, missing) in Requirements.Of(Environment.CurrentDirectory))
            {
                Consoles.Output.WriteLine($"{commands,-Width}{missing ?? "nothing is missing"}");
            }

            return CommandHost.Done;
        });
        return command;
    }
}
