using Sideband.Events;

namespace Sideband.Templates.Scoring;

/// <summary>Events as a scorer sees them.</summary>
/// <param name="Events">With the features that are compared with the template's.</param>
/// <param name="IsMapped">
/// True where NaN in the first feature says that the event has no image there; false where it is a missing value.
/// </param>
/// <param name="LogBackground">ln p_SB(x | m) of each event, for scores that are a likelihood ratio.</param>
public sealed record ScoredView(EventTable Events, bool IsMapped = false, double[]? LogBackground = null)
{
    /// <summary>
    /// The same events as each scorer of several sees them, made when the first asks; empty where there is one scorer.
    /// </summary>
    public IReadOnlyList<Lazy<ScoredView>> Parts { get; init; } = [];

    /// <summary>[feature][event].</summary>
    public IReadOnlyList<ReadOnlyMemory<float>> Columns => Events.Features;

    /// <summary>The numbers of all events.</summary>
    public int[] AllRows() => [.. Enumerable.Range(0, Events.Count)];
}
