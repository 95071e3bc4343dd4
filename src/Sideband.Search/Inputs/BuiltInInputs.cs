using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Templates;

namespace Sideband.Search.Inputs;

/// <summary>
/// The built-in example: simulated data with a hidden resonance, and a Monte Carlo that is like the background but not the same.
/// </summary>
internal static class BuiltInInputs
{
    private const int SignalForTraining = 100_000;

    /// <exception cref="ConfigurationException">A setting that needs event files.</exception>
    public static SearchInputs Make(SearchSettings settings)
    {
        RefuseFiles(settings);
        var features = FeatureSets.Resolve(settings.Features);
        var data = Simulate(BuiltInExample.Data(settings.Seed), features, settings);
        var monteCarlo = Simulate(BuiltInExample.MonteCarlo(settings.Seed), features, settings);

        // Other seeds: independent events of the same densities.
        var needsMore = !settings.Method.Traits.RepeatableOnPseudoData;
        var another = BuiltInExample.Data(settings.Seed + 1);
        (InputRole Role, EventTable? Events)[] tables =
        [
            (InputRole.Data, data),
            (InputRole.MonteCarlo, monteCarlo),
            (InputRole.IdealBackground, needsMore ? Simulate(another with { Signal = 0 }, features, settings) : null),
            (
                InputRole.Signal,
                needsMore ? Simulate(another with { Events = 0, Signal = SignalForTraining }, features, settings) : null),
        ];
        return SearchInputs.Of(
            tables,
            [.. tables.Where(entry => entry.Events is not null).Select(entry => Account(entry.Role.Name, entry.Events!))],
            []);
    }

    private static void RefuseFiles(SearchSettings settings)
    {
        var needsData = SettingKeys.All.FirstOrDefault(key =>
            key.Name is "inject" or "mc" or "simulation" or "ideal_background" or "test" or "signal" or "weight"
                && key.Show(settings) is not null);
        if (needsData is not null)
        {
            throw new ConfigurationException(
                $"{needsData.Name}: needs data; give --data FILE (without it the built-in example is searched)");
        }

        if (settings.Mass != "mjj")
        {
            throw new ConfigurationException($"mass: '{settings.Mass}' is not in the built-in example; allowed: mjj, or give --data FILE");
        }
    }

    private static EventTable Simulate(SimulationRequest request, IReadOnlyList<string> features, SearchSettings settings)
    {
        var events = DijetSimulator.Generate(request with { Features = features });
        if (settings.BackgroundOnly)
        {
            events = events.Select([.. Enumerable.Range(0, events.Count).Where(i => events.Labels[i] == 0)]);
        }

        return settings.MassRange is { } range ? events.In(range) : events;
    }

    private static InputResult Account(string role, EventTable events) => new(
        role,
        "built-in example: " + events.Sources[0].Name,
        events.Sources[0].Sha256,
        "all",
        events.Count,
        events.Count,
        new Dictionary<string, long>(),
        new Dictionary<string, long>());
}
