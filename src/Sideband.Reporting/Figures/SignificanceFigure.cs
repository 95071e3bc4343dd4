using System.Text.Json.Nodes;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>Signed significance by window and working point (arXiv:2411.00085, figures 1, 3 and 5).</summary>
internal static class SignificanceFigure
{
    private static readonly string[] Tooltip = ["window", "working_point", "significance", "std", "n_obs", "n_exp", "flags"];

    public static Figure Of(ScanResult result, AxisTitles titles, SharedScales scales)
    {
        var axis = new WindowAxis(result);
        var table = new FigureTable(
            "window", "mass_low", "mass_high", "x", "epsilon_b", "working_point", "significance",
            "std", "low", "high", "n_obs", "n_exp", "p_local", "flags", "doubtful");
        foreach (var window in result.Windows)
        {
            foreach (var (e, point) in window.WorkingPoints.Index())
            {
                var (mean, std) = (point.Significance.Mean, point.Significance.Std);
                table.Add(
                    window.Number, window.Low, window.High, axis.Place(window, e), point.EpsilonB, Labels.WorkingPoint(point.EpsilonB),
                    mean, std, mean - (std ?? 0), mean + (std ?? 0), point.NObs.Mean, point.NExp.Mean,
                    point.PLocal, string.Join(' ', point.Flags), IsDoubtful(point) ? "yes" : "no");
            }
        }

        var specification = Specifications.Fill(
            "significance",
            ("mass", axis.Title(result, titles)),
            ("x_domain", axis.Domain),
            ("x_ticks", axis.Ticks),
            ("y_domain", scales.Significance),
            ("tooltip", new JsonArray([.. Tooltip.Select(field => new JsonObject { ["field"] = field })])),
            ("working_points", WindowAxis.WorkingPoints(result)));
        var spread = result.Windows[0].WorkingPoints[0].Significance.Runs.Count > 1
            ? $"Bars: standard deviation over {result.Windows[0].WorkingPoints[0].Significance.Runs.Count} runs."
            : "One run: no bars, its spread is not known.";
        var flagged = result.Windows.Any(window => window.WorkingPoints.Any(IsDoubtful));
        var open = flagged
            ? " Open points: the effective ε_B is more than 25 % off, few template events pass, or a classifier learned nothing; "
                + "see all numbers."
            : "";
        return new Figure(
            "significance",
            null,
            "Significance by window",
            $"Signed significance of the counts; a deficit is negative. {spread}{open}",
            specification,
            table);
    }

    // Ties alone are harmless: what enters is the effective eps_B.
    private static bool IsDoubtful(WorkingPointResult point) => point.Flags.Any(flag => flag != "ties_at_threshold");
}
