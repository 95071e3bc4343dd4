using Sideband.Events;

namespace Sideband.Search.Plan;

/// <summary>
/// One unit of work. A pure function of its inputs, its options, its random streams and the units that it needs, all of which its
/// key covers.
/// </summary>
/// <param name="Index">Position in the plan, from 1; units stand behind those that they need.</param>
/// <param name="Kind">What it does.</param>
/// <param name="Sample">The sample that is searched.</param>
/// <param name="Window">The window.</param>
/// <param name="Run">From 1.</param>
/// <param name="Fold">From 1; 0 for units that serve all folds.</param>
/// <param name="Key">Hash of everything that the unit's result depends on; the name of its file in the store.</param>
/// <param name="Cost">Expected CPU time in seconds.</param>
public sealed record WorkUnit(int Index, UnitKind Kind, SampleRole Sample, MassWindow Window, int Run, int Fold, string Key, double Cost)
{
    /// <summary>Experiment 0 is the search itself; others are pseudo-experiments.</summary>
    public const string Experiment = "experiment 0";

    /// <summary>Units whose results this one reads.</summary>
    public IReadOnlyList<WorkUnit> Needs { get; init; } = [];

    /// <summary>The name by which progress and failures call the unit, for example <c>experiment 0/data/window 5/run 2/fold 3</c>.</summary>
    public string Name => FormattableString.Invariant($"{Experiment}/{Sample.Name()}/{Window.Name}/run {Run}/{Stage(Kind, Fold)}");

    /// <summary>The path of the unit's random streams.</summary>
    public string[] StreamPath => PathOf(Kind, Sample, Window, Run, Fold);

    /// <summary>
    /// The path of a unit's random streams. It names the window by its limits, so that a window has the same streams whatever its
    /// number in a grid.
    /// </summary>
    public static string[] PathOf(UnitKind kind, SampleRole sample, MassWindow window, int run, int fold) =>
    [
        Experiment,
        sample.Name(),
        FormattableString.Invariant($"window {window.SignalRegion.Low:R}:{window.SignalRegion.High:R}"),
        FormattableString.Invariant($"run {run}"),
        Stage(kind, fold),
    ];

    private static string Stage(UnitKind kind, int fold) => kind switch
    {
        UnitKind.Density => "density",
        UnitKind.Sample => "sample",
        _ => FormattableString.Invariant($"fold {fold}"),
    };
}
