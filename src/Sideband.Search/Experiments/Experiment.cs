namespace Sideband.Search.Experiments;

/// <summary>The search itself, or a pseudo-experiment: the same graph of units on other events.</summary>
/// <param name="Number">0: the search; others from 1.</param>
public sealed record Experiment(int Number)
{
    /// <summary>The search of the inputs as they are.</summary>
    public static Experiment Search { get; } = new(0);

    /// <summary>Part of every unit's name and random streams.</summary>
    public string Name => FormattableString.Invariant($"experiment {Number}");
}
