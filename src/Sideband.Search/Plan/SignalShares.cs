using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Search.Experiments;
using Sideband.Templates;

namespace Sideband.Search.Plan;

/// <summary>Where the signal of an injection scan lies.</summary>
internal static class SignalShares
{
    // Known to 0.3 % of itself in the window that holds most.
    private const int SimulatedSignal = 20_000;

    /// <summary>The fraction of the signal events over all masses that lies in each searched window, by the window's number.</summary>
    /// <param name="search">The search, with the signal among its inputs where it comes from a file.</param>
    /// <exception cref="ConfigurationException">Mass or features that the simulator does not have, where the signal is its own.</exception>
    public static IReadOnlyDictionary<int, double> Of(SearchPlan search)
    {
        if (!search.Inputs.Tables.TryGetValue(InputRole.Injected, out var signal))
        {
            BackgroundSource.OfSimulator(search.Inputs);
            signal = DijetSimulator.Generate(
                new SimulationRequest { Events = 0, Signal = SimulatedSignal, Features = search.Inputs.Data.FeatureNames });
        }

        return search.Windows.Searched.ToDictionary(
            window => window.Number, window => (double)signal.CountIn(window.SignalRegion) / signal.Count);
    }
}
