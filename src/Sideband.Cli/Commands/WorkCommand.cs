using System.CommandLine;
using System.Globalization;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband work</c>: does units of a planned search.</summary>
internal static class WorkCommand
{
    public static Command Create()
    {
        var command = new Command("work", "Do work units A to B of a planned search, and before them the unfinished units that they need.")
            .WithExamples(
                "Example: sideband work runs/first --units 1-45",
                "Batch systems run 'sideband work DIR --task SUBMISSION:TASK', as the scripts in DIR/batch do.");
        var directory = SharedOptions.RunDirectory();
        var units = new Option<string?>("--units") { HelpName = "A-B", Description = "Numbers of the units, from 1, both included" };
        var task = new Option<string?>("--task") { HelpName = "N:TASK", Description = "Task, from 0, of submission N in DIR/batch" };
        var (threads, memory) = (SharedOptions.Threads(), SharedOptions.Memory());
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        command.Options.Add(units);
        command.Options.Add(task);
        command.Options.Add(threads);
        command.Options.Add(memory);
        command.Options.Add(quiet);
        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var (_, settings) = RunDirectory.Open(root);
            var session = new SearchSession(
                root, settings.WithThreads(parsed.GetValue(threads)), parsed.GetValue(quiet), DateTimeOffset.UtcNow)
            {
                Memory = MemoryLimit.Parse(parsed.GetValue(memory)),
            };
            var (first, second) = (parsed.GetValue(units), parsed.GetValue(task)) switch
            {
                ({ } range, null) => Pair("--units", range, '-', "A-B or A"),
                (null, { } number) => Pair("--task", number, ':', "N:TASK"),
                _ => throw new ConfigurationException("work: give --units A-B or --task N:TASK"),
            };
            return Task.Run(
                () => parsed.GetValue(task) is null
                    ? new WorkJob(session).Units(first, second, cancellation)
                    : new WorkJob(session).Task(first, second, cancellation),
                CancellationToken.None);
        });
        return command;
    }

    private static (int First, int Second) Pair(string option, string text, char between, string allowed)
    {
        var ends = text.Split(between);
        return ends.Length <= 2
            && (ends.Length == 2 || between == '-')
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var second)
            ? (first, second)
            : throw new ConfigurationException($"{option}: '{text}' is not allowed; allowed: {allowed}");
    }
}
