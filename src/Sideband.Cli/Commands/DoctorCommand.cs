using System.CommandLine;
using Sideband.Reporting.Terminal;
using Sideband.Search.Runs;
using Spectre.Console;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband doctor</c>: what this machine offers.</summary>
internal static class DoctorCommand
{
    public static Command Create()
    {
        var command = new Command("doctor", "What this machine offers: cores, vector width, batch system.")
            .WithExamples(
                "Example: sideband doctor");
        command.Options.Add(SharedOptions.Quiet());
        command.SetAction(int (ParseResult _) =>
        {
            foreach (var (item, found) in Machine.Describe())
            {
                Consoles.Output.WriteLine($"{item,-16}{found}");
            }

            return CommandHost.Done;
        });
        return command;
    }
}
