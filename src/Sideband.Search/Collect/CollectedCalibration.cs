using Sideband.Inference.Calibration;
using Sideband.Numerics;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>A calibration in the shape of the results.</summary>
/// <param name="Result">The whole.</param>
/// <param name="Cells">[window][working point].</param>
/// <param name="Summary">Experiment by experiment; null where there are none.</param>
internal sealed record CollectedCalibration(CalibrationResult Result, CalibratedCell[][] Cells, ExperimentSummary? Summary)
{
    private bool TellsKappa => Cells.SelectMany(window => window).Any(cell => cell.Kappa?.Value is not null);

    /// <summary>
    /// [window][working point]; null without experiments. The half-split makes none: what the experiments of an earlier calibration told
    /// holds beside it.
    /// </summary>
    /// <param name="calibrations">In the order in which they were asked for.</param>
    /// <param name="windows">Of the search.</param>
    public static KappaResult?[][] KappaOf(IReadOnlyList<CollectedCalibration> calibrations, IReadOnlyList<WindowResult> windows)
    {
        var cells = (calibrations.LastOrDefault(calibration => calibration.TellsKappa) ?? Last(calibrations))?.Cells;
        return [.. windows.Select((window, w) => window.WorkingPoints.Select((_, e) => cells?[w][e].Kappa).ToArray())];
    }

    /// <summary>The windows with the p-values of the last calibration, and kappa.</summary>
    /// <inheritdoc cref="KappaOf"/>
    public static WindowResult[] Apply(IReadOnlyList<CollectedCalibration> calibrations, IReadOnlyList<WindowResult> windows)
    {
        var (last, kappa) = (Last(calibrations)?.Cells, KappaOf(calibrations, windows));
        return
        [
            .. windows.Select((window, w) => window with
            {
                WorkingPoints =
                [
                    .. window.WorkingPoints.Select((point, e) => point with
                    {
                        PLocalCalibrated = last?[w][e].Local,
                        PGlobal = last?[w][e].Global,
                        Kappa = kappa[w][e],
                    }),
                ],
            }),
        ];
    }

    private static CollectedCalibration? Last(IReadOnlyList<CollectedCalibration> calibrations) =>
        calibrations.Count == 0 ? null : calibrations[^1];

    /// <summary>The whole, with the p-values of every window that a calibration asked for later does not take away.</summary>
    /// <inheritdoc cref="KappaOf"/>
    public CalibrationResult ResultOf(IReadOnlyList<WindowResult> windows) => Result with
    {
        PValues =
        [
            .. windows.SelectMany((window, w) => window.WorkingPoints.Select((point, e) =>
                new PointPValuesResult(window.Number, point.EpsilonB, Cells[w][e].Local, Cells[w][e].Global))),
        ],
    };
}

/// <summary>One window at one working point.</summary>
internal sealed record CalibratedCell(CalibratedPValueResult? Local, CalibratedPValueResult? Global, KappaResult? Kappa)
{
    /// <summary>A p-value in the shape of the results.</summary>
    public static CalibratedPValueResult Result(CalibratedPValue p, string kind) => new(
        Shown(p.Value.Value),
        kind,
        p.Experiments,
        p.Exceedances,
        p.Failed,
        p.Bound,
        p.StoppedEarly,
        p.Approximate,
        p.Extrapolated is { Value.Value: { } value, Low.Value: { } low, High.Value: { } high }
            ? new ExtrapolatedResult(Shown(value)!.Value, Shown(low)!.Value, Shown(high)!.Value)
            : null,
        p.Value.Reason ?? p.Extrapolated.Value.Reason);

    // 0 where no double holds it, which a p-value is not.
    private static double? Shown(double? p) => p is { } value ? Math.Max(NormalDistribution.SmallestPValue, value) : null;
}
