using System.Globalization;
using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>An injection scan that was asked for.</summary>
/// <param name="Strengths">Signal events before any cut, over all masses; ascending from 0, at least two.</param>
/// <param name="Draws">Redraws of background and signal at each strength, at least 2.</param>
/// <param name="Windows">Numbers of the windows that are looked at.</param>
/// <param name="From">Background: <see cref="MonteCarlo"/> or <see cref="Simulator"/>.</param>
/// <param name="Signal">The signal's file with its rows, full path; null: the simulator's signal.</param>
/// <param name="SignalSha256">Hash of that file.</param>
public sealed record InjectionRequest(
    IReadOnlyList<double> Strengths, int Draws, IReadOnlyList<int> Windows, string From, string? Signal, string? SignalSha256)
{
    public const string MonteCarlo = "mc", Simulator = "simulator";

    /// <summary>One redraw of every strength after the other, so that more redraws add to those that exist.</summary>
    /// <exception cref="ConfigurationException">Inputs that such experiments cannot be made of.</exception>
    public IReadOnlyList<Experiment> Planned(SearchInputs inputs)
    {
        var rows = From == MonteCarlo ? BackgroundSource.OfMonteCarlo(inputs) : null;
        if (From != MonteCarlo)
        {
            BackgroundSource.OfSimulator(inputs);
        }
        else if (Signal is null && !BackgroundSource.SimulatorHas(inputs))
        {
            throw new ConfigurationException(
                "--signal: no file is given, and the simulator's signal has the mass mjj and the features "
                + $"{string.Join(", ", DijetFeatures.All)} only; give --signal FILE");
        }

        if (Signal is not null && inputs.Tables[InputRole.Injected].Count < 2 * Strengths[^1])
        {
            throw new ConfigurationException(FormattableString.Invariant(
                $"--strengths: {Strengths[^1]:G6} of {inputs.Tables[InputRole.Injected].Count} signal events would be injected")
                + $", and redraws would share most of them; {Signal} needs at least twice as many");
        }

        return
        [
            .. Enumerable.Range(0, Draws * Strengths.Count).Select(i => new Experiment(i + 1, new InjectedSignal(
                rows?.Count ?? inputs.Data.Count,
                rows is null,
                rows?.WithReplacement ?? false,
                Signal is not null,
                Strengths[i % Strengths.Count]))),
        ];
    }

    /// <summary>The options of <c>sideband inject</c> that ask for it.</summary>
    public string ToOptions()
    {
        static string List(IEnumerable<double> values) =>
            string.Join(',', values.Select(value => value.ToString("R", CultureInfo.InvariantCulture)));

        var strengths = List(Strengths.Where(strength => strength > 0));
        return string.Create(
            CultureInfo.InvariantCulture,
            $"--strengths {strengths} --draws {Draws} --windows {string.Join(',', Windows)} --from {From}")
            + (Signal is null ? "" : $" --signal {Signal}");
    }

    /// <summary>True where the redraws of one are among those of the other.</summary>
    public bool Extends(InjectionRequest? other) =>
        other is not null
        && Strengths.SequenceEqual(other.Strengths)
        && Windows.SequenceEqual(other.Windows)
        && (From, Signal, SignalSha256) == (other.From, other.Signal, other.SignalSha256);
}

/// <summary>How limits are quoted.</summary>
/// <param name="Confidence">Confidence level, in (0, 1).</param>
/// <param name="Luminosity">Integrated luminosity in 1/fb, above 0; null: no cross-sections.</param>
public sealed record LimitRequest(double Confidence, double? Luminosity)
{
    public static LimitRequest Default { get; } = new(0.95, null);
}
