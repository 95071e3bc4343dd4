using System.Globalization;
using Sideband.Events;
using Sideband.Search.Experiments;

namespace Sideband.Search.Plan;

/// <summary>Fills in what an injection scan was not told: windows, strengths and where its background comes from.</summary>
public static class InjectionScanPlan
{
    /// <summary>A window with a smaller part of the signal says little about it.</summary>
    private const double SmallestFraction = 0.1;

    // S/sqrt(B) in the window before the cut; with them the default strengths.
    private static readonly double[] Steps = [0, 0.5, 1, 1.5, 2, 3, 4, 6];

    /// <param name="search">The search, with the signal among its inputs where it comes from a file.</param>
    /// <param name="strengths">
    /// Signal events over all masses, ascending, 0 added where it is not among them; null: eight up to S/sqrt(B) = 6.
    /// </param>
    /// <param name="draws">Redraws at each.</param>
    /// <param name="windows">Numbers; null: those that hold a tenth of the signal.</param>
    /// <param name="from">"mc" or "simulator"; null: the simulator for the built-in example, else the Monte Carlo.</param>
    /// <param name="signal">The signal's file and its hash; null: the simulator's signal.</param>
    /// <exception cref="ConfigurationException">A window that was not searched, or none that holds the signal.</exception>
    public static InjectionRequest Make(
        SearchPlan search,
        IReadOnlyList<double>? strengths,
        int draws,
        IReadOnlyList<int>? windows,
        string? from,
        (string File, string Sha256)? signal)
    {
        var fractions = SignalShares.Of(search);
        if (windows?.FirstOrDefault(number => !fractions.ContainsKey(number)) is { } unknown and > 0)
        {
            throw new ConfigurationException(
                $"--windows: {unknown} was not searched; allowed: {string.Join(", ", fractions.Keys)}");
        }

        int[] looked = [.. windows ?? [.. fractions.Where(entry => entry.Value >= SmallestFraction).Select(entry => entry.Key)]];
        if (looked.Length == 0 || looked.All(number => fractions[number] == 0))
        {
            throw new ConfigurationException(
                "--windows: no searched window holds a tenth of the signal events; give windows near its mass, or another --signal");
        }

        double[] filled = strengths is null
            ? Default(search, looked.MaxBy(number => fractions[number]), fractions)
            : [.. strengths[0] == 0 ? strengths : strengths.Prepend(0)];
        return new InjectionRequest(
            filled,
            draws,
            looked,
            from ?? (search.Settings.IsBuiltInExample ? InjectionRequest.Simulator : InjectionRequest.MonteCarlo),
            signal?.File,
            signal?.Sha256);
    }

    private static double[] Default(SearchPlan search, int window, IReadOnlyDictionary<int, double> fractions)
    {
        var events = search.Rows.First(row => row.Window.Number == window).Events;
        return [.. Steps.Select(step => TwoDigits(step * Math.Sqrt(events) / fractions[window]))];
    }

    private static double TwoDigits(double value) =>
        double.Parse(value.ToString("G2", CultureInfo.InvariantCulture), NumberStyles.Float, CultureInfo.InvariantCulture);
}
