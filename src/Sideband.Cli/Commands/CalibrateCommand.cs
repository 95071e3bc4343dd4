using System.CommandLine;
using System.Globalization;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband calibrate</c>: p-values from experiments, beside a finished search.</summary>
internal static class CalibrateCommand
{
    private const int DefaultPermutations = 200;

    public static Command Create()
    {
        var command = new Command(
                "calibrate", "Calibrated p-values of a finished search, local and global, from experiments without signal.")
            .WithExamples(
                "Example: sideband calibrate runs/first --permutations 200",
                "Example: sideband calibrate runs/first --split half",
                "Example: sideband calibrate runs/first --experiments 200 --from mc",
                "Goes on where it was, and adds experiments to those that exist. results.json, summary/ and the report take them in.");
        var directory = SharedOptions.RunDirectory();
        var permutations = Number("--permutations", "B", $"Permuted experiments [default: {DefaultPermutations}]");
        var over = new Option<string?>("--over")
        {
            HelpName = "window|all",
            Description = "Exchange data and template within each window, or features and masses over all of them "
                + "[default: all where the method learns no density, else window]",
        };
        over.CompletionSources.Add("window", "all");
        var split = new Option<string?>("--split")
        {
            HelpName = "half",
            Description = "No experiments: classifiers of one half of the events count in the other; exact local p-values",
        };
        split.CompletionSources.Add("half");
        var experiments = Number("--experiments", "N", "Pseudo-experiments through the whole chain, in place of permutations");
        var from = new Option<string?>("--from")
        {
            HelpName = "mc|simulator|density",
            Description = "Where their background events come from; a density is learned of the data without the window of the largest S",
        };
        from.CompletionSources.Add("mc", "simulator", "density");
        var stopAfter = Number(
            "--stop-after", "H", "End when H experiments reach the largest S (10 know p to a third) [default: make all]");
        var spectra = new Option<bool>("--spectra")
        {
            Description = "Experiments keep the masses of what passes, so that 'sideband fit' is calibrated, too; scores all masses",
        };
        var dryRun = new Option<bool>("--dry-run") { Description = "Show what is to be done and stop" };
        var threads = SharedOptions.Threads();
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        foreach (var option in (Option[])
            [permutations, over, split, experiments, from, stopAfter, spectra, dryRun, threads])
        {
            command.Options.Add(option);
        }

        var place = new PlaceOptions(command);
        command.Options.Add(quiet);

        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var settings = RunDirectory.Open(root).Settings.WithThreads(parsed.GetValue(threads));
            var number = Whole("--permutations", parsed.GetValue(permutations), CalibrationRequest.FewestExperiments);
            var pseudo = Whole("--experiments", parsed.GetValue(experiments), CalibrationRequest.FewestExperiments);
            var early = Whole("--stop-after", parsed.GetValue(stopAfter), 1);
            var kind = (parsed.GetValue(from), pseudo) switch
            {
                (null, null) => Kind(settings, parsed.GetValue(over), parsed.GetValue(split)),
                (null, _) => throw new ConfigurationException("--experiments: give --from mc, --from simulator or --from density with it"),
                (_, null) => throw new ConfigurationException("--from: give --experiments N with it"),
                _ when (parsed.GetValue(permutations) ?? parsed.GetValue(over) ?? parsed.GetValue(split)) is not null =>
                    throw new ConfigurationException("--experiments: --permutations, --over and --split are not allowed with it"),
                ("mc", _) => CalibrationRequest.FromMonteCarlo,
                ("simulator", _) => CalibrationRequest.FromSimulator,
                ("density", _) => CalibrationRequest.FromDensity,
                var (other, _) => throw new ConfigurationException($"--from: '{other}' is not allowed; allowed: mc, simulator, density"),
            };
            if (kind == CalibrationRequest.HalfSplit && (number ?? early) is not null)
            {
                throw new ConfigurationException(
                    "--split half makes no experiments: --permutations and --stop-after are not allowed with it");
            }

            var request = new CalibrationRequest(
                kind, kind == CalibrationRequest.HalfSplit ? 0 : pseudo ?? number ?? DefaultPermutations, early)
            {
                Spectra = parsed.GetValue(spectra),
            };
            request.Check(settings.Method);
            var (engine, memory) = place.Read(parsed);
            var session = new SearchSession(root, settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow)
            {
                Engine = engine,
                Memory = memory,
            };
            return Task.Run(() => new CalibrateJob(session).Run(request, parsed.GetValue(dryRun), cancellation), CancellationToken.None);
        });
        return command;
    }

    private static Option<string?> Number(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };

    private static string Kind(SearchSettings settings, string? over, string? split) => (split, over) switch
    {
        (null, null) => CalibrationRequest.DefaultPermutation(settings.Method),
        (null, "window") => CalibrationRequest.WithinWindows,
        (null, "all") => CalibrationRequest.OverAllWindows,
        ("half", null) => CalibrationRequest.HalfSplit,
        ("half", _) => throw new ConfigurationException("--split half makes no experiments: --over is not allowed with it"),
        (null, _) => throw new ConfigurationException($"--over: '{over}' is not allowed; allowed: window, all"),
        _ => throw new ConfigurationException($"--split: '{split}' is not allowed; allowed: half"),
    };

    private static int? Whole(string option, string? text, int fewest) =>
        text is null ? null
        : int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= fewest
            ? number
            : throw new ConfigurationException($"{option}: '{text}' is not allowed; allowed: a whole number from {fewest}");
}
