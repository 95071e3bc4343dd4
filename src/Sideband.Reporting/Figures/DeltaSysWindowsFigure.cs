using System.Globalization;
using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>
/// delta_sys of every window, for each estimate and working point, with the largest marked (arXiv:2411.00085, figures 7 and 8).
/// </summary>
internal static class DeltaSysWindowsFigure
{
    /// <summary>Null where no estimate was made in windows, or none has a value.</summary>
    public static Figure? Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        var estimates = result.DeltaSys.Where(shift => shift.PerWindow.Any(window => window.Mean is not null))
            .GroupBy(shift => shift.Estimate).ToArray();
        if (estimates.Length == 0)
        {
            return null;
        }

        var limits = estimates.SelectMany(estimate => estimate)
            .SelectMany(shift => shift.PerWindow)
            .Select(window => (window.Low, window.High))
            .Distinct();
        var axis = new WindowAxis("delta_sys_windows", [.. limits], axes);
        var table = new FigureTable(
            "estimate", "window_low", "window_high", "x", "epsilon_b", "working_point", "delta_sys", "std", "statistical_error",
            "low", "high", "error_low", "error_high", "largest");
        var largest = new List<string>();
        foreach (var estimate in estimates)
        {
            var all = estimate.SelectMany(shift => shift.PerWindow.Select(window => (shift.EpsilonB, Window: window))).ToArray();
            var extreme = all.Where(entry => entry.Window.Mean is not null)
                .OrderByDescending(entry => Math.Abs(entry.Window.Mean!.Value))
                .FirstOrDefault();
            if (extreme.Window is { } top)
            {
                largest.Add(string.Create(
                    CultureInfo.InvariantCulture,
                    $"{Labels.Estimate(estimate.Key)}: {top.Mean:+0.000;-0.000} in {top.Low:0.####} - {top.High:0.####} "
                    + $"at {Labels.WorkingPoint(extreme.EpsilonB)}"));
            }

            foreach (var (epsilon, shift) in all)
            {
                table.Add(
                    Labels.Estimate(estimate.Key),
                    shift.Low,
                    shift.High,
                    axis.Place(shift.Low, shift.High, epsilon),
                    epsilon,
                    Labels.WorkingPoint(epsilon), shift.Mean, shift.Std, shift.StatisticalError,
                    shift.Mean - (shift.Std ?? 0), shift.Mean + (shift.Std ?? 0),
                    shift.Mean - (shift.StatisticalError ?? 0), shift.Mean + (shift.StatisticalError ?? 0),
                    ReferenceEquals(shift, extreme.Window) ? "yes" : "no");
            }
        }

        string[] ends = ["low", "high", "error_low", "error_high"];
        var (low, high) = SharedAxes.WithMargin([.. ends.SelectMany(table.Numbers), -0.05, 0.05]);
        var spread = table.Numbers("std").Any() ? "; thick: standard deviation over runs" : "";
        var points = new Mark(MarkShape.Point) { X = Place.Of("x"), Y = Place.Of("delta_sys") };
        var bars = new Mark(MarkShape.Rule) { X = Place.Of("x") };
        var panel = new Panel(
            170,
            axis.X(result, titles),
            axes.Linear("delta_sys_windows.y", "δ_sys (relative)", low, high),
            new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
            bars with { Y = Place.Of("low"), Y2 = Place.Of("high"), Width = 5, Opacity = 0.4 },
            bars with { Y = Place.Of("error_low"), Y2 = Place.Of("error_high"), Width = 1.5 },
            points with
            {
                Size = 60,
                Tooltip =
                [
                    ("window_low", null), ("window_high", null), ("working_point", null), ("delta_sys", ".4f"), ("std", ".4f"),
                    ("statistical_error", ".4f"),
                ],
            },
            points with
            {
                Where = [Condition.Is("largest", "yes")],
                Size = 260,
                IsHollow = true,
                Width = 2,
                Colour = ChartColours.Soft,
            })
        {
            Series = axes.WorkingPointSeries,
        };
        var chart = new Chart(panel)
        {
            Facet = new Facet("estimate", [.. estimates.Select(estimate => Labels.Estimate(estimate.Key))]),
        };
        return new Figure(
            "delta_sys_windows", null, "Systematic shift by window",
            $"Relative shift of the background estimate in signal-free events. Bars: its statistical error{spread}. "
            + "Ring: the largest. "
            + $"{string.Join("; ", largest)}.",
            chart, table);
    }
}
