using System.CommandLine;
using System.Text;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Reporting.Figures;
using Sideband.Reporting.Files;
using Sideband.Reporting.Page;
using Sideband.Reporting.Runs;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband report</c>: figures and numbers of one run, or of several side by side, as one HTML file.</summary>
internal static class ReportCommand
{
    public static Command Create()
    {
        var command = new Command("report", "An HTML report of one run, or of several side by side: one file that works offline.")
            .WithExamples(
                "Example: sideband report runs/first",
                "Example: sideband report runs/cwola runs/ideal --out comparison.html",
                "Example: sideband report runs/first --svg",
                "Every figure also goes to DIR/figures/, as Vega-Lite JSON, as CSV and, with --svg, as a picture.");
        var directories = new Argument<string[]>("DIR") { Arity = ArgumentArity.OneOrMore, Description = "Run directories" };
        var output = new Option<string?>("--out")
        {
            HelpName = "FILE",
            Description = "HTML file to write [default: DIR/report.html; of several runs comparison.html]",
        };
        var units = new Option<string[]>("--unit")
        {
            HelpName = "COLUMN=UNIT",
            Description = "Unit of a column of your own table, for the axes; may be repeated, and is remembered in the run directory. "
                + "COLUMN= says that it has none",
        };
        var svg = new Option<bool>("--svg") { Description = "Also write every figure as DIR/figures/NAME.svg" };
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directories);
        command.Options.Add(output);
        command.Options.Add(units);
        command.Options.Add(svg);
        command.Options.Add(quiet);
        command.SetAction(int (ParseResult parsed) =>
        {
            foreach (var directory in parsed.GetValue(directories)!.Where(RunDirectory.HasResults))
            {
                RunSeal.Require(RunDirectory.At(directory));
            }

            var runs = ReportedRun.ReadAll(parsed.GetValue(directories)!);
            var given = Units(runs, parsed.GetValue(units) ?? []);
            runs = [.. runs.Select(run => run.WithUnits(given))];
            var figures = FigureSet.Of(runs);
            var page = parsed.GetValue(output) ?? (runs.Count == 1 ? Path.Combine(runs[0].Folder, "report.html") : "comparison.html");
            AtomicFile.Clean(Path.GetDirectoryName(Path.GetFullPath(page))!);
            AtomicFile.Write(page, stream => stream.Write(Encoding.UTF8.GetBytes(ReportPage.Write(runs, figures))));
            foreach (var (run, own) in runs.Zip(figures))
            {
                FigureFiles.Write(Path.Combine(run.Folder, "figures"), own, parsed.GetValue(svg));
                if (given.Count > 0)
                {
                    ColumnUnits.Write(run.Folder, run.Units);
                }
            }

            Console.Out.WriteLine($"wrote {page}");
            return CommandHost.Done;
        });
        return command;
    }

    private static Dictionary<string, string> Units(IReadOnlyList<ReportedRun> runs, string[] given)
    {
        string[] columns = [.. runs.SelectMany(run => run.Result.Features.Append(run.Result.Mass)).Distinct()];
        var units = new Dictionary<string, string>();
        foreach (var text in given)
        {
            var split = text.LastIndexOf('=');
            var column = split < 0 ? text : text[..split];
            if (split < 0 || !columns.Contains(column))
            {
                throw new ConfigurationException(
                    $"--unit: '{text}' is not allowed; allowed: COLUMN=UNIT with one of the columns {string.Join(", ", columns)}"
                    + NearestName.Hint(column, columns));
            }

            units[column] = text[(split + 1)..];
        }

        return units;
    }
}
