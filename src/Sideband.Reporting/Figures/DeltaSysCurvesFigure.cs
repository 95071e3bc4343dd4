using System.Text.Json.Nodes;
using Sideband.Reporting.Runs;

namespace Sideband.Reporting.Figures;

/// <summary>delta_sys against eps_B for each estimate, sigma_stat below (arXiv:2411.00085, figures 2 and 4).</summary>
internal static class DeltaSysCurvesFigure
{
    private static readonly string[] Estimates = ["mc", "sideband", "mc_sideband", "labels"];

    /// <summary>Null where no estimate was made, and for a blind search, which has no curves.</summary>
    public static Figure? Of(ReportedRun run, SharedAxes axes)
    {
        if (run.Summaries.GetValueOrDefault(run.FirstWindow) is not { } first
            || Estimates.All(name => first.Find("curve_delta_sys_" + name) is null))
        {
            return null;
        }

        var table = new FigureTable("quantity", "series", "window", "epsilon_b", "value", "low", "high");
        double?[] efficiencies = first["curve_epsilon_b"];
        var found = Estimates.Where(name => first.Find("curve_delta_sys_" + name) is not null).ToArray();
        foreach (var name in found)
        {
            double?[] values = first["curve_delta_sys_" + name];
            double?[] spreads = first[$"curve_delta_sys_{name}_spread"];
            for (var i = 0; i < values.Length; i++)
            {
                table.Add(
                    "delta_sys",
                    Labels.Estimate(name.Replace('_', '+')),
                    null,
                    efficiencies[i],
                    values[i],
                    values[i] - spreads[i],
                    values[i] + spreads[i]);
            }
        }

        foreach (var (number, arrays) in run.Summaries.OrderBy(entry => entry.Key))
        {
            double?[] values = arrays["curve_sigma_stat"];
            for (var i = 0; i < values.Length; i++)
            {
                table.Add("sigma_stat", null, number, efficiencies[i], values[i], null, null);
            }
        }

        double[] shifts = [.. found.SelectMany(name => (double?[])first["curve_delta_sys_" + name]).OfType<double>().DefaultIfEmpty(0)];
        double[] ends = [.. table.Numbers("low").Concat(table.Numbers("high"))];
        var sigma = axes.Logarithmic(
            "delta_sys_curves.sigma",
            run.Summaries.Values.SelectMany(arrays => (double?[])arrays["curve_sigma_stat"]).OfType<double>(), 1e-4);

        // A band that explodes at the smallest efficiencies must not flatten the curves themselves.
        var reach = Math.Max(0.05, 3 * shifts.Select(Math.Abs).Max());
        var (low, high) = (Math.Max(-reach, ends.Append(-0.05).Min()), Math.Min(reach, ends.Append(0.05).Max()));
        var specification = Specifications.Fill(
            "delta_sys_curves",
            ("x_domain", Axes.Domain(1e-4, 0.1)),
            ("x_ticks", Axes.Numbers([1e-4, 1e-3, 1e-2, 1e-1])),
            ("x_axis", new LogAxis(1e-4, 0.1).Axis()),
            ("y_domain", axes.Domain("delta_sys_curves.y", low, high)),
            ("estimates", Axes.Words(found.Select(name => Labels.Estimate(name.Replace('_', '+'))))),
            ("cuts", Axes.Cuts(axes.WorkingPoints.Select(epsilon => ((double?)epsilon, Labels.WorkingPoint(epsilon))))),
            ("sigma_scale", sigma.Scale()),
            ("sigma_axis", sigma.Axis()),
            ("window_name", new JsonArray(Name(table, run.FirstWindow))),
            ("highlight", FormattableString.Invariant($"datum.window == {run.FirstWindow}")));
        return new Figure(
            "delta_sys_curves", null, "Systematic shift against background efficiency",
            "Above: relative shift of the background estimate, mean over windows, with a band of its standard deviation over windows. "
            + "Below: relative statistical error of N_obs - N_exp in every window, "
            + $"window {run.FirstWindow} in bold. Dotted: working points. A band that leaves the panel is cut off.",
            specification, table);
    }

    // Where the line of the highlighted window begins, its name.
    private static JsonObject Name(FigureTable table, int window)
    {
        var first = table.Rows.FirstOrDefault(row =>
            row[0] is "sigma_stat" && row[2] is int number && number == window && row[4] is double);
        return new JsonObject
        {
            ["x"] = (double?)first?[3],
            ["y"] = (double?)first?[4],
            ["name"] = FormattableString.Invariant($"window {window}"),
        };
    }
}
