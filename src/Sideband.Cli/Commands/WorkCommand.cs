using System.CommandLine;
using System.Globalization;
using Sideband.Events;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband work</c>: does units of a planned search.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var command = new Command("work", "Do work units A to B of a planned search, and before them the unfinished units that they need.")
            .WithExamples(
                "Example: sideband work runs/first --units 1-45");
        var directory = SharedOptions.RunDirectory();
        var units = new Option<string>("--units")
        {
            HelpName = "A-B",
            Description = "Numbers of the units, from 1, both included",
            Required = true,
        };
        var threads = SharedOptions.Threads();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(units);
        command.Options.Add(threads);
        command.Options.Add(quiet);
        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var (_, settings) = RunDirectory.Open(root);
            var (first, last) = Range(parsed.GetValue(units)!);
            var job = new SearchJob(root, settings.WithThreads(parsed.GetValue(threads)), parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return Task.Run(() => job.WorkUnits(first, last, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static (int First, int Last) Range(string text)
    {
        var ends = text.Split('-');
        return ends.Length <= 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            ? (first, last)
            : throw new ConfigurationException($"--units: '{text}' is not allowed; allowed: A-B or A");
    }
}
