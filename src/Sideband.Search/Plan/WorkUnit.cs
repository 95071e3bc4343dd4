using Sideband.Events;

namespace Sideband.Search.Plan;

/// <summary>
/// One unit of work: the ensemble of one fold, trained on the other folds and applied to this one. A pure function of its inputs,
/// its options and its random streams, all of which its key covers.
/// </summary>
/// <param name="Index">Position in the plan, from 1.</param>
/// <param name="Sample">The sample that is searched.</param>
/// <param name="Window">The window.</param>
/// <param name="Run">From 1.</param>
/// <param name="Fold">From 1.</param>
/// <param name="Key">Hash of everything that the unit's result depends on; the name of its file in the store.</param>
/// <param name="Cost">Expected CPU time in seconds.</param>
public sealed record WorkUnit(int Index, SampleRole Sample, MassWindow Window, int Run, int Fold, string Key, double Cost)
{
    /// <summary>The name by which progress and failures call the unit, for example <c>experiment 0/data/window 5/run 2/fold 3</c>.</summary>
    public string Name => FormattableString.Invariant($"{Experiment}/{Sample.Name()}/{Window.Name}/run {Run}/fold {Fold}");

    /// <summary>Experiment 0 is the search itself; others are pseudo-experiments.</summary>
    public const string Experiment = "experiment 0";

    /// <summary>
    /// The path of the unit's random streams. It names the window by its limits, so that a window has the same streams whatever
    /// its number in a grid.
    /// </summary>
    public string[] StreamPath { get; } =
    [
        Experiment,
        Sample.Name(),
        FormattableString.Invariant($"window {Window.SignalRegion.Low:R}:{Window.SignalRegion.High:R}"),
        FormattableString.Invariant($"run {Run}"),
        FormattableString.Invariant($"fold {Fold}"),
    ];
}
