using System.CommandLine;
using Sideband.Events;
using Sideband.Reporting.Exports;
using Sideband.Reporting.Runs;
using Sideband.Search.Runs;
using Sideband.Templates;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband export</c>: a run's results for other programs.</summary>
internal static class ExportCommand
{
    private const double LhcEnergy = 13000;
    private const string Dijets = "P P --> JET JET X";

    public static Command Create()
    {
        var command = new Command("export", "The results of a run for other programs: pyhf workspaces and a HEPData submission.")
            .WithExamples(
                "Example: sideband export runs/first --pyhf --hepdata",
                "Writes DIR/export/pyhf/window_N.json, DIR/export/hepdata/ and DIR/export/README.md with the Python that reads them.");
        var directory = SharedOptions.RunDirectory();
        var pyhf = new Option<bool>("--pyhf") { Description = "HistFactory workspaces (JSON 1.0.0), one a window" };
        var hepData = new Option<bool>("--hepdata") { Description = "A HEPData submission (format 1.1.1) with workspaces and tables" };
        var energy = new Option<string?>("--energy")
        {
            HelpName = "GEV",
            Description = "Energy of the collisions in GeV, for HEPData [default: 13000 for mjj, else not stated]",
        };
        var reaction = new Option<string?>("--reaction")
        {
            HelpName = "TEXT",
            Description = $"The reaction in HEPData's words [default: {Dijets} for mjj, else not stated]",
        };
        var unit = new Option<string?>("--unit")
        {
            HelpName = "UNIT",
            Description = "Unit of the mass, for HEPData [default: TeV for mjj, else not stated]",
        };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        Option[] options = [pyhf, hepData, energy, reaction, unit, quiet];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(int (ParseResult parsed) =>
        {
            if (!parsed.GetValue(pyhf) && !parsed.GetValue(hepData))
            {
                throw new ConfigurationException("export: nothing is asked for; give --pyhf, --hepdata or both");
            }

            foreach (var option in (Option<string?>[])[energy, reaction, unit])
            {
                if (parsed.GetValue(option) is not null && !parsed.GetValue(hepData))
                {
                    throw new ConfigurationException($"{option.Name}: it is for HEPData; give --hepdata with it");
                }
            }

            var root = parsed.GetValue(directory)!;
            if (RunDirectory.HasResults(root))
            {
                RunSeal.Require(RunDirectory.At(root));
            }

            var run = ReportedRun.Read(root);
            var isDijet = run.Result.Mass == "mjj";
            var export = new RunExport(run, new ExportOptions(parsed.GetValue(pyhf), parsed.GetValue(hepData))
            {
                Unit = parsed.GetValue(unit) ?? (isDijet ? "TeV" : null),
                Energy = parsed.GetValue(energy) is { } text
                    ? NumberList.ParseOne("--energy", text, value => value > 0, "a number above 0, in GeV")
                    : isDijet ? LhcEnergy : null,
                Reaction = parsed.GetValue(reaction) ?? (isDijet ? Dijets : null),
            });
            export.Write();
            foreach (var note in export.Notes)
            {
                CommandHost.Warn(note);
            }

            if (!parsed.GetValue(quiet))
            {
                Console.Error.WriteLine($"{export.Files.Count} files");
            }

            Console.Out.WriteLine($"wrote {export.Folder}");
            return CommandHost.Done;
        });
        return command;
    }
}
