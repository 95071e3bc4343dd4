using Sideband.Events;
using Sideband.Search.Experiments;
using Sideband.Search.Systematics;

namespace Sideband.Search.Units;

/// <summary>What a unit works on.</summary>
/// <param name="Experiment">The search, or a pseudo-experiment.</param>
/// <param name="Sample">The sample that is searched.</param>
/// <param name="Window">The window.</param>
/// <param name="Run">From 1.</param>
public sealed record UnitPlace(Experiment Experiment, ChainSample Sample, MassWindow Window, int Run)
{
    /// <summary>
    /// The path of random streams. It names the window by its limits, so that a window has the same streams whatever its number in a
    /// grid.
    /// </summary>
    public string[] StreamPath =>
    [
        Experiment.Name,
        Sample.Name,
        FormattableString.Invariant($"window {Window.SignalRegion.Low:R}:{Window.SignalRegion.High:R}")
            + (Window.Hidden is { } hidden ? FormattableString.Invariant($" without {hidden.Low:R}:{hidden.High:R}") : ""),
        FormattableString.Invariant($"run {Run}"),
    ];

    /// <summary>
    /// The run whose window an experiment works on. Runs of the search share its events, and their significances go together; so all runs
    /// of an experiment that arranges a window anew share one arrangement, of the first run's window. Each with its own would make their
    /// mean narrower than the search's, and p-values too small. (A template that is drawn anew in every run of the search makes the
    /// search's mean the narrower one, and p-values a little too large.)
    /// </summary>
    internal static int RunOfWindow(Experiment experiment, int run) => experiment.Source.ArrangesWindows ? 1 : run;

    /// <summary>The window of the search that an experiment arranges anew.</summary>
    internal UnitPlace OfSearch => OfWindow with { Experiment = Experiment.Search };

    /// <summary>The place whose streams arrange the window.</summary>
    internal UnitPlace OfWindow => this with { Run = RunOfWindow(Experiment, Run) };

    /// <summary>How progress and failures call it, for example <c>experiment 0/data/window 5/run 2</c>.</summary>
    public string Name => FormattableString.Invariant($"{Experiment.Name}/{Sample.Name}/{Window.Name}/run {Run}");
}
