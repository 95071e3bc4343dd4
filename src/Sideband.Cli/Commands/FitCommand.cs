using System.CommandLine;
using Sideband.Cli.Jobs;
using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Fits;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Cli.Commands;

/// <summary><c>sideband fit</c>: the enhanced bump hunt on the scores of a finished search.</summary>
internal static class FitCommand
{
    private const double LhcSqrtS = 13;

    public static Command Create()
    {
        var command = new Command(
                "fit", "The enhanced bump hunt: fits a falling function to the mass spectrum that each cut of a finished search leaves.")
            .WithExamples(
                "Example: sideband fit runs/first",
                "Example: sideband fit runs/first --mass-range 2.6:6 --masses 3:4:0.02 --signal signal.h5",
                "Example: sideband fit runs/own --sqrt-s 13000                         masses in GeV",
                "Adds fits[] to DIR/results.json and summary/fits_N; the report shows them.");
        var directory = SharedOptions.RunDirectory();
        var sqrtS = Text("--sqrt-s", "E", "Energy of the collisions in the unit of the mass [default: 13 for mjj in TeV]");
        var range = Text(
            "--mass-range", "LOW:HIGH", "Masses to fit, above the turn-on [default: the falling part of the spectrum before any cut]");
        var masses = Text("--masses", "LIST", "Signal masses between the windows' centres, too: A,B,... or START:STOP:STEP");
        var signal = Text("--signal", "FILE", "Simulated signal of one mass, for the shape [default: S is the excess in the window]");
        var score = Text("--score", "NAME", "event; or reference, of events mapped to the window's centre (cathode) [default: event]");
        var parameters = Text(
            "--parameters", "N", "Fewest parameters of the function, 2 to 5; 2: as many as the F-test asks for, Z biased [default: 5]");
        var toys = Text(
            "--toys", "N", "Toys of each test; more for p-values and limits where few events are expected; 0: none [default: 400]");
        var quiet = SharedOptions.Quiet();
        command.Arguments.Add(directory);
        Option[] options = [sqrtS, range, masses, signal, score, parameters, toys, quiet];
        foreach (var option in options)
        {
            command.Options.Add(option);
        }

        command.SetAction(Task<int> (ParseResult parsed, CancellationToken cancellation) =>
        {
            var root = parsed.GetValue(directory)!;
            var settings = RunDirectory.Open(root).Settings;
            var given = new FitOptions
            {
                SqrtS = SqrtS(parsed.GetValue(sqrtS), settings),
                Range = parsed.GetValue(range) is { } text ? MassRangeText.Parse("--mass-range", text) : null,
                Masses = parsed.GetValue(masses) is { } list ? FitMasses.Parse(list) : [],
                Signal = parsed.GetValue(signal) is { } file ? Signal(file, settings) : null,
                AtReferenceMass = IsReference(parsed.GetValue(score)),
            };
            if (parsed.GetValue(toys) is { } number)
            {
                given = given with { Toys = Toys(number) };
            }

            if (parsed.GetValue(parameters) is { } fewest)
            {
                given = given with
                {
                    FewestParameters = NumberList.ParseWhole(
                        "--parameters", fewest, SpectrumFunction.FewestParameters, SpectrumFunction.MostParameters),
                };
            }

            var session = new SearchSession(root, settings, parsed.GetValue(quiet), DateTimeOffset.UtcNow);
            return Task.Run(() => new FitJob(session).Run(given, cancellation), CancellationToken.None);
        });
        return command;
    }

    private static double SqrtS(string? text, SearchSettings settings)
    {
        if (text is not null)
        {
            return NumberList.ParseOne("--sqrt-s", text, value => value > 0, "a number above 0, in the unit of the mass");
        }

        return settings.Mass == "mjj"
            ? LhcSqrtS
            : throw new ConfigurationException(
                $"--sqrt-s: the unit of '{settings.Mass}' is not known; "
                + "give the energy of the collisions in it, for example 13000 for GeV");
    }

    private static int Toys(string text)
    {
        var toys = NumberList.ParseWhole("--toys", text, 0, 100_000);
        return toys is 0 or >= FitOptions.FewestToys ? toys : throw new ConfigurationException(FormattableString.Invariant(
            $"--toys: {toys} toys cannot show that a fit is poor (p below 0.01; the smallest p-value of {toys} is 1/{toys + 1}); ")
            + FormattableString.Invariant($"give 0 for none, or {FitOptions.FewestToys} or more"));
    }

    private static bool IsReference(string? text) => text switch
    {
        null or "event" => false,
        "reference" => true,
        _ => throw new ConfigurationException(
            $"--score: '{text}' is not allowed; allowed: event, reference{NearestName.Hint(text, ["event", "reference"])}"),
    };

    private static EventTable Signal(string text, SearchSettings settings) => EventReader.Load(
        EventFileSpec.Parse(text),
        new ColumnRequest(settings.Mass, FeatureSets.Resolve(settings.Features), null, settings.Missing),
        RowFilter.SignalIfLabelled).Events.Canonical();

    private static Option<string?> Text(string name, string value, string description) =>
        new(name) { HelpName = value, Description = description };
}
