using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Results;

namespace Sideband.Search.Systematics;

/// <summary>delta_sys at every background efficiency, by one estimate.</summary>
/// <param name="Name">The estimate's.</param>
/// <param name="Shifts">One a background efficiency.</param>
public sealed record EstimatedShift(string Name, IReadOnlyList<SystematicShift> Shifts)
{
    /// <param name="name">The estimate's.</param>
    /// <param name="windows">Windows to average over and, for each, signal-free counts [efficiency][run].</param>
    public static EstimatedShift Over(string name, IReadOnlyList<(MassWindow Window, WindowCount[][] Counts)> windows) => new(
        name,
        [.. Enumerable.Range(0, windows[0].Counts.Length).Select(e =>
            SystematicShift.Over([.. windows.Select(entry => WindowShift.Of(WindowOf(entry.Window), entry.Counts[e]))]))]);

    /// <summary>The estimate in names of arrays: mc_sideband, strips_or_halves.</summary>
    public static string CurveName(string estimate) => estimate.Replace("+", "_").Replace(",", "_or_");

    public static Window WindowOf(MassWindow window) => new(window.Number, window.SignalRegion.Low, window.SignalRegion.High);

    /// <summary>The estimate in the shape of the results, at the working points (the first efficiencies).</summary>
    public IEnumerable<DeltaSysResult> Results(IReadOnlyList<double> workingPoints) =>
        workingPoints.Select((epsilon, e) => new DeltaSysResult(
            epsilon,
            Name,
            Shifts[e].Mean.Value,
            Shifts[e].Spread.Value,
            Shifts[e].Uncertainty.Value,
            [.. Shifts[e].Windows.Select(shift => new WindowDeltaSysResult(
                shift.Window.Number,
                shift.Window.Low,
                shift.Window.High,
                shift.Shift.Mean.Value,
                shift.Shift.StandardDeviation.Value,
                [.. shift.Shift.Runs.Select(run => run.Value)],
                shift.Shift.Mean.Reason ?? shift.Shift.StandardDeviation.Reason)
            {
                StatisticalError = shift.Shift.Mean.Then(_ => shift.StatisticalVariance.Select(Math.Sqrt)).Value,
            })],
            Shifts[e].Mean.Reason ?? Shifts[e].Spread.Reason));
}
