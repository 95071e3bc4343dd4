using System.CommandLine;
using Sideband.Events;
using Sideband.Reporting.Terminal;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband inspect</c>: what is in a file.</summary>
internal static class InspectCommand
{
    public static Command Create()
    {
        var command = new Command("inspect", "What is in a file: columns, ranges, counts, mass spectrum, feature-mass correlations.")
            .WithExamples(
                "Example: sideband inspect events.h5");
        var files = new Argument<string[]>("FILE")
        {
            Arity = ArgumentArity.OneOrMore,
            Description = "Event files: HDF5, ROOT, Parquet, CSV, NPY, NPZ; FILE:OBJECT names a tree or key, FILE[a:b] rows",
        };
        var mass = new Option<string?>("--mass")
        {
            HelpName = "COLUMN",
            Description = "Resonant variable [default: mjj where the file has it or its jets]",
        };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(files);
        command.Options.Add(mass);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            foreach (var file in parsed.GetValue(files)!)
            {
                var summary = FileSummary.Of(EventFileSpec.Parse(file), parsed.GetValue(mass));
                if (!parsed.GetValue(quiet))
                {
                    InspectTable.Write(Consoles.Output, summary);
                }
            }

            return CommandHost.Done;
        });
        return command;
    }
}
