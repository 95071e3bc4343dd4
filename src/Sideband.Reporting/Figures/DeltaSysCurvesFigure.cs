using Sideband.Reporting.Charts;
using Sideband.Reporting.Runs;
using Sideband.Search.Systematics;

namespace Sideband.Reporting.Figures;

/// <summary>delta_sys against eps_B for each estimate, sigma_stat below (arXiv:2411.00085, figures 2 and 4).</summary>
internal static class DeltaSysCurvesFigure
{
    private static readonly string[] Estimates =
    [
        "mc", "sideband", "mc+sideband", "strips", "mc+strips", "halves", "strips,halves", "labels",
    ];

    private static string Curve(string estimate) => "curve_delta_sys_" + EstimatedShift.CurveName(estimate);

    /// <summary>Null where no estimate was made or has a value, and for a blind search, which has no curves.</summary>
    public static Figure? Of(ReportedRun run, SharedAxes axes)
    {
        if (run.Summaries.GetValueOrDefault(run.FirstWindow) is not { } first || first.Find("curve_epsilon_b") is null)
        {
            return null;
        }

        var table = new FigureTable("quantity", "series", "window", "epsilon_b", "value", "low", "high");
        double?[] efficiencies = first["curve_epsilon_b"];
        var found = Estimates.Where(name => first.Find(Curve(name)) is not null)
            .Where(name => ((double?[])first[Curve(name)]).Any(value => value is not null)).ToArray();
        if (found.Length == 0)
        {
            return null;
        }

        foreach (var name in found)
        {
            double?[] values = first[Curve(name)];
            double?[] spreads = first[Curve(name) + "_spread"];
            for (var i = 0; i < values.Length; i++)
            {
                table.Add(
                    "delta_sys",
                    Labels.Estimate(name),
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

        double[] shifts = [.. found.SelectMany(name => (double?[])first[Curve(name)]).OfType<double>().DefaultIfEmpty(0)];
        double[] ends = [.. table.Numbers("low").Concat(table.Numbers("high"))];
        var sigma = axes.Logarithmic(
            "delta_sys_curves.sigma",
            "σ_stat (rel.)",
            run.Summaries.Values.SelectMany(arrays => (double?[])arrays["curve_sigma_stat"]).OfType<double>(), 1e-4);

        // A band that explodes at the smallest efficiencies must not flatten the curves themselves.
        var reach = Math.Max(0.05, 3 * shifts.Select(Math.Abs).Max());
        var (low, high) = (Math.Max(-reach, ends.Append(-0.05).Min()), Math.Min(reach, ends.Append(0.05).Max()));
        var x = Axis.Logarithmic("background efficiency ε_B", 1e-4, 0.1);
        Mark[] cuts = [.. Marks.Across(axes.WorkingPoints.Select(epsilon => (double?)epsilon))];
        var (shift, spread) = (Condition.Is("quantity", "delta_sys"), Condition.Is("quantity", "sigma_stat"));
        var line = new Mark(MarkShape.Line) { X = Place.Of("epsilon_b"), Y = Place.Of("value") };
        var chart = new Chart(
            new Panel(
                220,
                x.WithoutLabels(),
                axes.Linear("delta_sys_curves.y", "δ_sys (relative)", low, high, isNice: true),
                [
                    new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
                    .. cuts,
                    new Mark(MarkShape.Area)
                    {
                        X = Place.Of("epsilon_b"),
                        Y = Place.Of("low"),
                        Y2 = Place.Of("high"),
                        Where = [shift],
                        Opacity = 0.18,
                    },
                    line with { Where = [shift], Width = 2 },
                ])
            {
                Series = new Series("series", [.. found.Select(Labels.Estimate)]),
            },
            new Panel(
                110,
                x,
                sigma,
                [
                    .. cuts,
                    line with { Where = [spread], Detail = "window", Colour = ChartColours.Faint },
                    line with { Where = [spread, Condition.Is("window", run.FirstWindow)], Width = 2.5, Colour = ChartColours.Focus },
                    .. Name(table, run.FirstWindow),
                ]));
        return new Figure(
            "delta_sys_curves", null, "Systematic shift against background efficiency",
            "Above: relative shift of the background estimate, mean over windows, with a band of its standard deviation over windows. "
            + "Below: relative statistical error of N_obs - N_exp in every window, "
            + $"window {run.FirstWindow} in bold. Dotted: working points. A band that leaves the panel is cut off.",
            chart, table);
    }

    // Where the line of the highlighted window begins, its name.
    private static IEnumerable<Mark> Name(FigureTable table, int window) =>
        table.Rows.Where(row => row[0] is "sigma_stat" && row[2] is int number && number == window && row[4] is double)
            .Take(1)
            .Select(first => new Mark(MarkShape.Text)
            {
                X = Place.At((double)first[3]!),
                Y = Place.At((double)first[4]!),
                Text = FormattableString.Invariant($"window {window}"),
                TextPlace = TextPlace.After,
                Colour = ChartColours.Focus,
            });
}
