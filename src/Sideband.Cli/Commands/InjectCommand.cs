using System.CommandLine;
using System.Globalization;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Runs;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband inject</c>: an injection scan beside a finished search.</summary>
internal static class InjectCommand
{
    private const int DefaultDraws = 20;

    public static Command Create()
    {
        var command = new Command(
                "inject", "An injection scan: the whole search again on redrawn background with signal of several strengths.")
            .WithExamples(
                "Example: sideband inject runs/first --signal signal.h5 --windows 5",
                "Example: sideband inject runs/first --strengths 200,400,800 --draws 20",
                "Goes on where it was. 'sideband limit DIR' makes upper limits of it.");
        var directory = SharedOptions.RunDirectory();
        var signal = new Option<string?>("--signal")
        {
            HelpName = "FILE",
            Description = "Signal events (rows of label 1, or all without labels) [default: the built-in simulator's]",
        };
        var strengths = Text(
            "--strengths", "LIST", "Signal events before any cut, over all masses [default: 8, up to S/sqrt(B) = 6 in the window]");
        var draws = Text("--draws", "K", $"Redraws of background and signal at each strength [default: {DefaultDraws}]");
        var windows = Text("--windows", "LIST", "Windows, for example 5 or 4-6 [default: those that hold a tenth of the signal]");
        var from = Text("--from", "mc|simulator", "Background events [default: mc; simulator for the built-in example]");
        from.CompletionSources.Add(InjectionRequest.MonteCarlo, InjectionRequest.Simulator);
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what is to be done and stop" };
        var threads = SharedOptions.Threads();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        foreach (var option in (Option[])[signal, strengths, draws, windows, from, dryRun, threads])
        {
            command.Options.Add(option);
        }

        var place = new PlaceOptions(command);
        command.Options.Add(quiet);

        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var settings = RunDirectory.Open(root).Settings.WithThreads(parsed.GetValue(threads));
            var wish = new InjectionWish(
                parsed.GetValue(signal) is { } file ? EventFileSpec.Parse(Path.GetFullPath(file)) : null,
                Strengths(parsed.GetValue(strengths)),
                Draws(parsed.GetValue(draws)),
                Windows(parsed.GetValue(windows)),
                From(parsed.GetValue(from)));
            var (engine, memory) = place.Read(parsed);
            var session = new SearchSession(root, settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow)
            {
                Engine = engine,
                Memory = memory,
            };
            return Task.Run(() => new InjectJob(session).Run(wish, parsed.GetValue(dryRun), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static double[]? Strengths(string? text)
    {
        double[]? strengths = text?.Split(',').Select(Strength).ToArray();
        for (var i = 1; i < strengths?.Length; i++)
        {
            if (strengths[i] <= strengths[i - 1])
            {
                throw new ConfigurationException(string.Create(
                    CultureInfo.InvariantCulture,
                    $"--strengths: {strengths[i]:R} follows {strengths[i - 1]:R}; allowed: ascending numbers, for example 0,200,400,800"));
            }
        }

        return strengths is [0]
            ? throw new ConfigurationException("--strengths: 0 alone is no signal; allowed: ascending numbers, at least one above 0")
            : strengths;
    }

    private static double Strength(string text) =>
        double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value) && value >= 0
            ? value
            : throw new ConfigurationException(
                $"--strengths: '{text}' is not allowed; allowed: numbers of at least 0, separated by commas");

    private static int Draws(string? text) => text is null ? DefaultDraws
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= 2 ? number
        : throw new ConfigurationException($"--draws: '{text}' is not allowed; allowed: a whole number from 2");

    private static int[]? Windows(string? text) => text?.Split(',').SelectMany(item =>
    {
        var ends = item.Split('-');
        return ends.Length <= 2
            && int.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out var first)
            && int.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out var last)
            && first <= last
            ? Enumerable.Range(first, last - first + 1)
            : throw new ConfigurationException($"--windows: '{item}' is not allowed; allowed: numbers of windows, for example 5 or 4-6");
    }).Distinct().Order().ToArray();

    private static string? From(string? text) => text is null or InjectionRequest.MonteCarlo or InjectionRequest.Simulator
        ? text
        : throw new ConfigurationException($"--from: '{text}' is not allowed; allowed: mc, simulator");
}
