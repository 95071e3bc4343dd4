namespace Sideband.Search.Experiments;

/// <summary>The search itself, or a pseudo-experiment: the same graph of units on other events.</summary>
/// <param name="Number">0: the search; others from 1. With the search's seed it fixes all random numbers.</param>
/// <param name="Source">Where the events come from.</param>
public sealed record Experiment(int Number, ExperimentSource Source)
{
    /// <summary>The search of the inputs as they are.</summary>
    public static Experiment Search { get; } = new(0, new DataAsTheyAre());

    /// <summary>Part of every unit's name and random streams.</summary>
    public string Name => FormattableString.Invariant($"experiment {Number}");

    /// <summary>
    /// True where the masses of the events that pass are kept beside the counts, at all masses, for fits of their spectrum; false where the
    /// region's events alone are scored.
    /// </summary>
    public bool KeepsSpectra { get; init; }

    /// <summary>True for the search itself, of which scores and classifiers are kept; of others only counts are.</summary>
    public bool IsSearch => Number == 0;
}
