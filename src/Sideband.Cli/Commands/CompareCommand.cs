using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Reporting.Files;
using Sideband.Reporting.Terminal;
using Sideband.Search.Compare;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband compare</c>: methods side by side on one data set.</summary>
internal static class CompareCommand
{
    private const string Folder = "comparison";
    private const int Most = 1000;

    public static Command Create()
    {
        var command = new Command(
                "compare",
                "Methods side by side on one data set: their templates, which events they score highest, how well they find signal.")
            .WithExamples(
                "Example: sideband compare runs/cwola runs/cathode runs/ideal",
                "Example: sideband compare runs/cathode_seed1 runs/cathode_seed2 --windows 5 --out seeds --svg",
                "Runs of the same data, windows, features and folds. Runs that differ in their seeds alone are trainings of one method.",
                "Writes comparison.html, comparison.json, tables/NAME.csv, and figures/NAME.csv and NAME.vl.json.");
        var directories = new Argument<string[]>("DIR") { Arity = ArgumentArity.OneOrMore, Description = "Run directories" };
        var output = Text("--out", "FOLDER", "Where the comparison goes [default: comparison]");
        var windows = Text("--windows", "LIST", "Numbers of windows, A,B,... [default: all that were searched]");
        var trainings = Text(
            "--trainings", "N", "Trainings of each classifier of templates; 0: neither AUC nor log posteriors [default: 3]");
        var members = Text("--members", "N", "Boosted trees of each of them [default: 50]");
        var svg = new Option<bool>("--svg") { Description = "Also write every figure as figures/NAME.svg" };
        var threads = SharedOptions.Threads();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directories);
        Option[] options = [output, windows, trainings, members, svg, threads, quiet];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction((parsed, cancellation) =>
        {
            var folder = parsed.GetValue(output) ?? Folder;
            ComparisonFiles.Check(folder);
            var asked = new CompareOptions
            {
                Windows = parsed.GetValue(windows) is { } list
                    ? [.. list.Split(',').Select(number => NumberList.ParseWhole("--windows", number, 1))]
                    : [],
            };
            asked = asked with
            {
                Trainings = parsed.GetValue(trainings) is { } times
                    ? NumberList.ParseWhole("--trainings", times, 0, Most)
                    : asked.Trainings,
                Members = parsed.GetValue(members) is { } trees ? NumberList.ParseWhole("--members", trees, 1, Most) : asked.Members,
            };
            if (asked.Trainings == 0 && parsed.GetValue(members) is not null)
            {
                throw new ConfigurationException("--members: --trainings 0 trains no classifier; leave --members out");
            }

            return Task.Run(
                () => Compare(
                    parsed.GetValue(directories)!,
                    folder,
                    asked,
                    parsed.GetValue(threads),
                    parsed.GetValue(svg),
                    parsed.GetValue(quiet),
                    cancellation),
                CancellationToken.None);
        });
        return command;
    }

    private static int Compare(
        string[] directories,
        string folder,
        CompareOptions options,
        string? threads,
        bool withSvg,
        bool quiet,
        CancellationToken cancellation)
    {
        string[] names = [.. directories.Select(root => Path.GetFileName(Path.TrimEndingDirectorySeparator(Path.GetFullPath(root))))];
        var inputs = new SharedInputs();
        ComparedRun Open(string root, string name) =>
            FinishedRun.Open(root, threads, inputs.Of).Units.Compared(names.Count(other => other == name) > 1 ? root : name);
        ComparedRun[] runs = [.. directories.Zip(names, Open)];
        var comparison = new MethodComparison(runs, options with { Threads = runs[0].Plan.Settings.Threads });
        var (result, curves) = comparison.Run(number => Progress(number, quiet), cancellation);
        var page = ComparisonFiles.Write(folder, result, curves, withSvg);
        if (!quiet)
        {
            ComparisonTable.Write(Consoles.Output, result);
        }

        Console.Out.WriteLine($"wrote {page}");
        return CommandHost.Done;
    }

    private static void Progress(int window, bool quiet)
    {
        if (!quiet)
        {
            Console.Error.WriteLine($"window {window} is compared");
        }
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
