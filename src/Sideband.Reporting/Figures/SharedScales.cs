using Sideband.Reporting.Charts;
using Sideband.Reporting.Runs;

namespace Sideband.Reporting.Figures;

/// <summary>Limits of axes on which runs are compared: the same in every run of a report.</summary>
internal sealed class SharedScales(IReadOnlyList<ReportedRun> runs)
{
    private readonly (double Low, double High) _significance = Limits(
        runs.SelectMany(run => run.Result.Windows)
            .SelectMany(window => window.WorkingPoints)
            .SelectMany(point => Ends(point.Significance.Mean, point.Significance.Std)),
        -1,
        5.6);

    private readonly (double Low, double High) _deltaSys = Limits(
        runs.SelectMany(run => run.Result.DeltaSys)
            .SelectMany(shift => shift.PerWindow)
            .SelectMany(window => Ends(window.Mean, window.Std)),
        -0.05,
        0.05);

    /// <summary>Significances with their spread, and always 0 and 5 sigma.</summary>
    public Axis Significance(string title) => Linear(title, _significance);

    /// <summary>delta_sys of windows with their spread, and always 0.</summary>
    public Axis DeltaSys(string title) => Linear(title, _deltaSys);

    private static IEnumerable<double> Ends(double? mean, double? spread) =>
        mean is { } value ? [value - (spread ?? 0), value + (spread ?? 0)] : [];

    private static Axis Linear(string title, (double Low, double High) limits) => Axis.Linear(title, limits.Low, limits.High);

    private static (double Low, double High) Limits(IEnumerable<double> values, double low, double high)
    {
        double[] all = [.. values, low, high];
        var margin = 0.04 * (all.Max() - all.Min());
        return (Math.Floor((all.Min() - margin) * 100) / 100, Math.Ceiling((all.Max() + margin) * 100) / 100);
    }
}
