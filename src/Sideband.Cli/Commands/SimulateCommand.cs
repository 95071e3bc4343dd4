using System.CommandLine;
using System.Globalization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Events.Writers;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband simulate</c>: events with a known answer.</summary>
internal static class SimulateCommand
{
    /// <summary>Beyond it single precision has nothing left of a feature's own width.</summary>
    private const double LargestCorrelation = 1000;

    public static Command Create()
    {
        var command = new Command(
                "simulate", "Write simulated events with a known answer: dijets with a resonance, or the toys of the papers.")
            .WithExamples(
                "Example: sideband simulate --events 1000000 --signal 1000 --truth --out events.npz");
        var events = new Option<int>("--events")
        {
            HelpName = "N",
            Description = "Background events",
            DefaultValueFactory = _ => 1_000_000,
        };
        var signal = new Option<int>("--signal") { HelpName = "N", Description = "Signal events, over all masses [default: 0]" };
        var background = new Option<string>("--background")
        {
            HelpName = "default|alternative",
            Description = "The data's background, or one that plays the Monte Carlo; of toy feta the target and the reference",
            DefaultValueFactory = _ => "default",
        };
        var toy = new Option<string?>("--toy") { HelpName = "lacathode|feta", Description = "A toy instead of dijets" };
        var correlation = new Option<double?>("--correlation") { HelpName = "C", Description = "c of toy lacathode [default: 0.1]" };
        var truth = new Option<bool>("--truth")
        {
            Description = "Write exact densities and likelihood ratios beside the events, as NAME.truth.npz",
        };
        var seed = new Option<ulong>("--seed") { HelpName = "N", Description = "Seed", DefaultValueFactory = _ => 1 };
        var output = new Option<string>("--out") { HelpName = "FILE", Description = "File to write: .npz or .csv", Required = true };
        var quiet = SharedOptions.Quiet();
        foreach (var option in new Option[] { events, signal, background, toy, correlation, truth, seed, output, quiet })
        {
            command.Options.Add(option);
        }

        command.SetAction(int (ParseResult parsed) =>
        {
            var path = parsed.GetValue(output)!;
            var alternative = Choice("--background", parsed.GetValue(background)!, "default", "alternative") == "alternative";
            var (table, exact) = parsed.GetValue(toy) is { } name
                ? Toy(
                    Choice("--toy", name, "lacathode", "feta"),
                    parsed.GetValue(events),
                    parsed.GetValue(signal),
                    alternative,
                    parsed.GetValue(correlation),
                    parsed.GetValue(seed))
                : Dijets(parsed.GetValue(correlation), new SimulationRequest
                {
                    Events = parsed.GetValue(events),
                    Signal = parsed.GetValue(signal),
                    Background = alternative ? DijetBackground.Alternative : DijetBackground.Default,
                    Seed = parsed.GetValue(seed),
                });
            EventWriter.Write(path, table);
            Console.Out.WriteLine($"wrote {path}: {table.Count} events, {table.MassName}, {string.Join(", ", table.FeatureNames)}, label");
            if (parsed.GetValue(truth))
            {
                WriteTruth(Path.ChangeExtension(path, ".truth.npz"), exact());
            }

            return CommandHost.Done;
        });
        return command;
    }

    private static (EventTable Events, Func<TruthTable> Truth) Dijets(double? correlation, SimulationRequest request)
    {
        RefuseUnread(correlation, "without --toy lacathode");
        var events = DijetSimulator.Generate(request);
        return (events, () => TruthTable.OfDijets(events, request.Background));
    }

    private static (EventTable Events, Func<TruthTable> Truth) Toy(
        string name, int count, int signal, bool alternative, double? correlation, ulong seed)
    {
        if (signal != 0)
        {
            throw new ConfigurationException($"--signal: {signal} is not allowed; toy {name} has no signal");
        }

        if (count is < 1 or > SimulationRequest.MostEvents)
        {
            throw new ConfigurationException($"events: {count} is out of range; allowed: 1 to {SimulationRequest.MostEvents}");
        }

        if (name == "feta")
        {
            RefuseUnread(correlation, "with --toy feta");
            var sample = FetaToy.Generate(count, seed, target: !alternative);
            return (sample, () => FetaToy.Truth(sample));
        }

        if (alternative)
        {
            throw new ConfigurationException("--background: 'alternative' is not allowed with --toy lacathode, which has one background");
        }

        var toy = new LaCathodeToy(Correlation(correlation ?? 0.1));
        var events = toy.Generate(count, seed);
        return (events, () => toy.Truth(events));
    }

    private static void RefuseUnread(double? correlation, string where)
    {
        if (correlation is { } given)
        {
            throw new ConfigurationException(string.Create(
                CultureInfo.InvariantCulture, $"--correlation: {given:R} is not allowed {where}; it is c of toy lacathode"));
        }
    }

    private static double Correlation(double value) => Math.Abs(value) <= LargestCorrelation
        ? value
        : throw new ConfigurationException(string.Create(
            CultureInfo.InvariantCulture,
            $"--correlation: {value:R} is not allowed; allowed: -{LargestCorrelation:R} to {LargestCorrelation:R}"));

    private static void WriteTruth(string path, TruthTable truth)
    {
        NpzWriter.Write(path, archive =>
        {
            for (var c = 0; c < truth.Names.Count; c++)
            {
                archive.Add<double>(truth.Names[c], truth.Columns[c]);
            }
        });
        Console.Out.WriteLine($"wrote {path}: {string.Join(", ", truth.Names)}");
    }

    private static string Choice(string option, string value, params string[] allowed) =>
        allowed.Contains(value)
            ? value
            : throw new ConfigurationException(
                $"{option}: '{value}' is not allowed; allowed: {string.Join(", ", allowed)}" + NearestName.Hint(value, allowed));
}
