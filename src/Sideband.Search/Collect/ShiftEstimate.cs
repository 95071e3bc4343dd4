using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Results;
using Sideband.Search.Settings;

namespace Sideband.Search.Collect;

/// <summary>An estimate of delta_sys at every background efficiency.</summary>
/// <param name="Kind">Where it comes from.</param>
/// <param name="Windows">Windows it is averaged over.</param>
/// <param name="Shifts">One a background efficiency; its windows are in the order of <paramref name="Windows"/>.</param>
internal sealed record ShiftEstimate(EstimateKind Kind, IReadOnlyList<MassWindow> Windows, IReadOnlyList<SystematicShift> Shifts)
{
    /// <param name="kind">Where it comes from.</param>
    /// <param name="windows">Windows to average over.</param>
    /// <param name="counts">Signal-free counts of each window: [efficiency][run].</param>
    public static ShiftEstimate Of(EstimateKind kind, IReadOnlyList<MassWindow> windows, IReadOnlyList<WindowCount[][]> counts) =>
        new(kind, windows, [.. Enumerable.Range(0, counts[0].Length).Select(e => SystematicShift.Over(
            kind, [.. windows.Select((window, i) => WindowShift.Of(WindowOf(window), counts[i][e]))]))]);

    /// <summary>A shift that was not estimated in windows, the same kind at every efficiency.</summary>
    public static ShiftEstimate Given(IReadOnlyList<SystematicShift> shifts) => new(shifts[0].Kind, [], shifts);

    public static Window WindowOf(MassWindow window) => new(window.Number, window.SignalRegion.Low, window.SignalRegion.High);

    /// <summary>The estimate in the shape of the results, at the working points (the first efficiencies).</summary>
    public IEnumerable<DeltaSysResult> Results(IReadOnlyList<double> workingPoints) =>
        workingPoints.Select((epsilon, e) => new DeltaSysResult(
            epsilon,
            ResultNames.Of(Kind),
            Shifts[e].Mean.Value,
            Shifts[e].Spread.Value,
            Shifts[e].Uncertainty.Value,
            [.. Shifts[e].Windows.Select((shift, i) => new WindowDeltaSysResult(
                Windows[i].Number,
                shift.Shift.Mean.Value,
                shift.Shift.StandardDeviation.Value,
                [.. shift.Shift.Runs.Select(run => run.Value)],
                shift.Shift.Mean.Reason ?? shift.Shift.StandardDeviation.Reason))],
            Shifts[e].Mean.Reason ?? Shifts[e].Spread.Reason));
}

/// <summary>The words of results.json.</summary>
internal static class ResultNames
{
    public static string Of(EstimateKind kind) => kind switch
    {
        EstimateKind.Mc => "mc",
        EstimateKind.Sideband => "sideband",
        EstimateKind.McAndSideband => "mc+sideband",
        EstimateKind.Labels => "labels",
        EstimateKind.Fixed => "fixed",
        _ => "none",
    };

    public static string Of(SystematicsSource source) => source switch
    {
        SystematicsSource.MonteCarlo => "mc",
        SystematicsSource.Sideband => "sideband",
        SystematicsSource.MonteCarloAndSideband => "mc+sideband",
        SystematicsSource.Labels => "labels",
        SystematicsSource.Fixed => "fixed",
        SystematicsSource.None => "none",
        _ => "zero",
    };
}
