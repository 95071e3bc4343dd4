using System.Globalization;
using Sideband.Events;
using Sideband.Search.Inputs;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Checks;

/// <summary>Where masses lie: of injected signal in the windows, and of the files of one sample to each other.</summary>
internal static class MassPlaces
{
    public const string Name = "masses";

    /// <summary>The role under which results.json has the file of <c>--inject</c>.</summary>
    public const string InjectedRole = "inject";

    /// <summary>Typical masses of files of one sample that are further apart are in different units: MeV, GeV, TeV.</summary>
    private const double ToleratedRatio = 100;

    /// <summary>More windows are not listed.</summary>
    private const int MostListed = 10;

    /// <summary>One result for the injected signal, where there is some, and one for each role with several files.</summary>
    public static IEnumerable<CheckResult> Of(SearchSettings settings, SearchInputs inputs)
    {
        if (inputs.Injected is { } injected)
        {
            yield return Injected(settings, injected);
        }

        foreach (var (role, events) in inputs.Tables.Where(entry => entry.Value.Sources.Count > 1 && entry.Key != InputRole.Injected))
        {
            yield return Files(settings, inputs, role, events);
        }
    }

    private static CheckResult Injected(SearchSettings settings, EventTable injected)
    {
        var windows = settings.Windows.Windows;
        var inside = windows.Select(window => (window.Number, Count: injected.CountIn(window.SignalRegion)))
            .Where(window => window.Count > 0).ToArray();
        var most = inside.OrderByDescending(window => window.Count).FirstOrDefault();
        var lies = inside.Length > MostListed
            ? $"are in {inside.Length} windows, at most {most.Count}, in window {most.Number}"
            : string.Join(", ", inside.Select(window => $"{window.Count} in window {window.Number}"));
        return inside.Length > 0
            ? Result(InjectedRole, CheckResult.Ok, $"inject: of {injected.Count} events {lies}")
            : Result(
                InjectedRole,
                CheckResult.Warning,
                $"inject: none of the {injected.Count} events of {injected.Sources[0].Name} is in a window"
                + (injected.Count == 0 ? "" : string.Create(
                    CultureInfo.InvariantCulture,
                    $"; their {settings.Mass} runs from {injected.Mass[0]:G6} to {injected.Mass[^1]:G6}, windows from "
                    + $"{windows.Min(window => window.SignalRegion.Low):G6} to {windows.Max(window => window.SignalRegion.High):G6}")));
    }

    private static CheckResult Files(SearchSettings settings, SearchInputs inputs, InputRole role, EventTable events)
    {
        // Of a signal that lies elsewhere its own check tells.
        var files = events.Sources.Select((source, i) => (Source: source, source.Name, Masses: Masses(events, i)))
            .Where(file => file.Masses.Length > 0 && !(role == InputRole.Data && inputs.Injected?.Sources[0] == file.Source)).ToArray();
        foreach (var (source, name, masses) in files)
        {
            var others = files.Where(other => other.Source != source).ToArray();
            if (others.Length > 0 && others.All(other => Ratio(Median(masses), Median(other.Masses)) > ToleratedRatio))
            {
                return Result(role.Name, CheckResult.Warning, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{role.Name}: half of the events of {name} have {settings.Mass} above {Median(masses):G6}, of {others[0].Name} above "
                    + $"{Median(others[0].Masses):G6}: are the units the same?"));
            }

            if (others.Length > 0 && LooksNearWindows(settings) && !masses.Any(mass => IsSearched(settings, mass)))
            {
                return Result(role.Name, CheckResult.Warning, string.Create(
                    CultureInfo.InvariantCulture,
                    $"{role.Name}: no event of {name} is in a window or a strip beside it; its {settings.Mass} runs from "
                    + $"{masses[0]:G6} to {masses[^1]:G6}"));
            }
        }

        return Result(role.Name, CheckResult.Ok, $"{role.Name}: its {files.Length} files have masses of one size");
    }

    // Strips, or a sample of the window itself; the others learn at all masses.
    private static bool LooksNearWindows(SearchSettings settings) =>
        settings.Method.Traits is { StandsMassDependence: false } or { StandsTurnOn: true };

    private static bool IsSearched(SearchSettings settings, double mass) => settings.Windows.Windows.Any(window =>
    {
        var (lower, upper) = window.ShortSidebands(settings.SidebandWidth);
        return new MassInterval(lower.Low, upper.High).Contains(mass);
    });

    // Rising, as the table is.
    private static double[] Masses(EventTable events, int source)
    {
        var masses = new List<double>();
        for (var i = 0; i < events.Count; i++)
        {
            if (events.SourceIndex[i] == source)
            {
                masses.Add(events.Mass[i]);
            }
        }

        return [.. masses];
    }

    private static double Median(double[] masses) => masses[masses.Length / 2];

    // 1 where one is not positive: then there is no size to compare.
    private static double Ratio(double one, double other) =>
        one > 0 && other > 0 ? Math.Max(one, other) / Math.Min(one, other) : 1;

    private static CheckResult Result(string role, string outcome, string reason) =>
        new(Name, role, null, null, null, null, null, outcome, reason);
}
