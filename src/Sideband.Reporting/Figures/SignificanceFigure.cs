using System.Text.Json.Nodes;
using Sideband.Reporting.Wording;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>Signed significance by window and working point (arXiv:2411.00085, figures 1, 3 and 5).</summary>
internal static class SignificanceFigure
{
    private static readonly string[] Tooltip = ["window", "working_point", "significance", "std", "n_obs", "n_exp", "flags"];

    public static Figure Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        var axis = new WindowAxis("significance", result, axes);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "epsilon_b", "working_point", "significance",
            "std", "low", "high", "n_obs", "n_exp", "p_local", "flags", "doubtful");
        foreach (var window in result.Windows)
        {
            foreach (var point in window.WorkingPoints)
            {
                var (mean, std) = (point.Significance.Mean, point.Significance.Std);
                table.Add(
                    window.Number, window.Low, window.High, axis.Place(window, point.EpsilonB), point.EpsilonB,
                    Labels.WorkingPoint(point.EpsilonB),
                    mean, std, mean - (std ?? 0), mean + (std ?? 0), point.NObs.Mean, point.NExp.Mean,
                    point.PLocal, string.Join(' ', point.Flags), IsDoubtful(point) ? "yes" : "no");
            }
        }

        // Always from below 0 to above the line at 5 sigma.
        var (low, high) = Axes.WithMargin([.. table.Numbers("low"), .. table.Numbers("high"), -1, 5.6]);
        var specification = Specifications.Fill(
            "significance",
            ("mass", axis.Title(result, titles)),
            ("x_domain", axis.Domain),
            ("x_ticks", axis.Ticks),
            ("y_domain", axes.Domain("significance.y", low, high)),
            ("tooltip", new JsonArray([.. Tooltip.Select(field => new JsonObject { ["field"] = field })])),
            ("working_points", axes.WorkingPointNames));
        var spread = result.Windows[0].WorkingPoints[0].Significance.Runs.Count > 1
            ? $"Bars: standard deviation over {result.Windows[0].WorkingPoints[0].Significance.Runs.Count} runs."
            : "One run: no bars, its spread is not known.";
        string[] reasons = [.. result.Windows.SelectMany(window => window.WorkingPoints.SelectMany(Flags.Mattering)).Distinct()];
        var open = reasons.Length == 0 ? "" : $" Open points are flagged: {string.Join("; ", reasons.Select(Flags.Words))}.";
        return new Figure(
            "significance",
            null,
            "Significance by window",
            $"Signed significance of the counts; a deficit is negative. {spread}{open}",
            specification,
            table);
    }

    private static bool IsDoubtful(WorkingPointResult point) => Flags.Mattering(point).Count > 0;
}
