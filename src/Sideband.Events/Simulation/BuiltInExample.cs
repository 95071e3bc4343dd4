namespace Sideband.Events.Simulation;

/// <summary>
/// The events of a search without files: data with a hidden resonance, and an independent Monte Carlo of the background.
/// </summary>
public static class BuiltInExample
{
    /// <summary>Background events of the data.</summary>
    public const int BackgroundEvents = 300_000;

    /// <summary>
    /// Signal events of the data over all masses; in 3.3 to 3.7 TeV they are about 1.4 % of the background, too few to see in the
    /// mass spectrum.
    /// </summary>
    public const int SignalEvents = 670;

    /// <summary>Events of the Monte Carlo, background only.</summary>
    public const int MonteCarloEvents = 2 * BackgroundEvents;

    /// <summary>What plays the data.</summary>
    public static SimulationRequest Data(ulong seed) => new()
    {
        Events = BackgroundEvents,
        Signal = SignalEvents,
        Seed = seed,
        Features = DijetFeatures.Baseline,
    };

    /// <summary>What plays the Monte Carlo: the alternative background, so that it is like the data's but not the same.</summary>
    public static SimulationRequest MonteCarlo(ulong seed) => new()
    {
        Events = MonteCarloEvents,
        Background = DijetBackground.Alternative,
        Seed = seed,
        Features = DijetFeatures.Baseline,
    };
}
