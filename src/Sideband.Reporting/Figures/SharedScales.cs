using System.Text.Json.Nodes;
using Sideband.Reporting.Runs;

namespace Sideband.Reporting.Figures;

/// <summary>Limits of axes on which runs are compared: the same in every run of a report.</summary>
internal sealed class SharedScales(IReadOnlyList<ReportedRun> runs)
{
    /// <summary>Significances with their spread, and always 0 and 5 sigma.</summary>
    public JsonArray Significance { get; } = Limits(
        runs.SelectMany(run => run.Result.Windows)
            .SelectMany(window => window.WorkingPoints)
            .SelectMany(point => Ends(point.Significance.Mean, point.Significance.Std)),
        -1,
        5.6);

    /// <summary>delta_sys of windows with their spread, and always 0.</summary>
    public JsonArray DeltaSys { get; } = Limits(
        runs.SelectMany(run => run.Result.DeltaSys)
            .SelectMany(shift => shift.PerWindow)
            .SelectMany(window => Ends(window.Mean, window.Std)),
        -0.05,
        0.05);

    private static IEnumerable<double> Ends(double? mean, double? spread) =>
        mean is { } value ? [value - (spread ?? 0), value + (spread ?? 0)] : [];

    private static JsonArray Limits(IEnumerable<double> values, double low, double high)
    {
        double[] all = [.. values, low, high];
        var margin = 0.04 * (all.Max() - all.Min());
        return Axes.Domain(Math.Floor((all.Min() - margin) * 100) / 100, Math.Ceiling((all.Max() + margin) * 100) / 100);
    }
}
