using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Search.Inputs;
using Sideband.Templates;

namespace Sideband.Search.Experiments;

/// <summary>Where the background events of pseudo-experiments come from.</summary>
internal static class BackgroundSource
{
    /// <summary>
    /// With this many times the events, draws with replacement are independent enough. A file as large as the data, drawn with
    /// replacement, widens the null distribution from 1.35 to 1.81.
    /// </summary>
    private const int EnoughToReplace = 10;

    /// <summary>
    /// As many events as the data have, drawn from the Monte Carlo: each once, or with replacement from ten times as many.
    /// </summary>
    /// <exception cref="ConfigurationException">No Monte Carlo, a weighted one, or one with fewer events than the data.</exception>
    public static DrawnRows OfMonteCarlo(SearchInputs inputs)
    {
        if (!inputs.Tables.TryGetValue(InputRole.MonteCarlo, out var events))
        {
            throw new ConfigurationException("--from mc: the search has no Monte Carlo; start one with --mc FILE, or permute");
        }

        var wanted = inputs.Data.Count;
        return events.HasWeights ? throw new ConfigurationException("--from mc: its events have weights, and those of data have none")
            : events.Count < wanted ? throw new ConfigurationException(
                $"--from mc: it has {events.Count} events and the data {wanted}; as many are needed, for independent experiments far more")
            : new DrawnRows(InputRole.MonteCarlo, wanted, WithReplacement: events.Count >= (long)EnoughToReplace * wanted);
    }

    /// <summary>As many events as the data have, drawn at their masses from a density of them.</summary>
    /// <param name="inputs">Of the search.</param>
    /// <param name="without">Masses that it is learned without.</param>
    /// <exception cref="ConfigurationException">Events with weights or missing values, which no density is learned from.</exception>
    public static DrawnFromDensity OfDensity(SearchInputs inputs, MassInterval? without)
    {
        var data = inputs.Data;
        var missing = Enumerable.Range(0, data.FeatureNames.Count)
            .FirstOrDefault(f => Array.Exists(data.Feature(f).ToArray(), float.IsNaN), -1);
        return data.HasWeights ? throw new ConfigurationException("--from density: the data have weights, and events of a density none")
            : missing >= 0 ? throw new ConfigurationException(
                $"--from density: feature '{data.FeatureNames[missing]}' has missing values, and a density is learned of events that have "
                + "all; search with --missing drop, or give experiments from mc or simulator")
            : new DrawnFromDensity(without ?? throw new ConfigurationException(
                "experiments: those from a density need the masses that it is learned without"));
    }

    /// <summary>Whether the simulator has the data's mass and features.</summary>
    public static bool SimulatorHas(SearchInputs inputs) =>
        inputs.Data.MassName == "mjj" && !inputs.Data.FeatureNames.Except(DijetFeatures.All).Any();

    /// <summary>As many events as the data have, of the simulator's default background.</summary>
    /// <exception cref="ConfigurationException">Mass or features that the simulator does not have.</exception>
    public static SimulatedDijets OfSimulator(SearchInputs inputs)
    {
        if (!SimulatorHas(inputs))
        {
            throw new ConfigurationException(
                $"--from simulator: it has the mass mjj and the features {string.Join(", ", DijetFeatures.All)} only");
        }

        return new SimulatedDijets(new SimulationRequest { Events = inputs.Data.Count });
    }
}
