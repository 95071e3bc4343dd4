using Sideband.Events;

namespace Sideband.Search.Fits;

/// <summary>The masses of the events that one cut leaves, over all masses, run by run.</summary>
/// <param name="EpsilonB">The working point; null for all events, without a cut.</param>
/// <param name="Runs">One a run: every event judged by the classifier, and at the R_c, of its own fold. Without a cut there is one.</param>
internal sealed record SelectedMasses(double? EpsilonB, IReadOnlyList<SelectedRun> Runs)
{
    /// <summary>How random streams and results name the cut.</summary>
    public string Name => EpsilonB is { } epsilon ? FormattableString.Invariant($"epsilon_b {epsilon}") : "inclusive";

    /// <param name="data">All events.</param>
    /// <param name="distinct">Those that are fitted where some are copies of others; null: all.</param>
    public static SelectedMasses Inclusive(EventTable data, bool[]? distinct) => new(
        null, [new SelectedRun(1, distinct is null ? data.Mass.ToArray() : Masses(data, distinct, null), null)]);

    /// <summary>The masses of events that pass and are distinct.</summary>
    /// <param name="data">All events.</param>
    /// <param name="passes">One flag an event.</param>
    /// <param name="distinct">Likewise; null: all.</param>
    public static double[] Masses(EventTable data, bool[] passes, bool[]? distinct) =>
        [.. Enumerable.Range(0, passes.Length).Where(i => passes[i] && (distinct?[i] ?? true)).Select(i => data.Mass[i])];
}

/// <summary>One run's selection.</summary>
/// <param name="Run">From 1.</param>
/// <param name="Masses">Masses of the events that pass, at any mass, in the order of the data.</param>
/// <param name="Failure">Why there is no selection; null where there is one.</param>
internal sealed record SelectedRun(int Run, double[] Masses, string? Failure);
