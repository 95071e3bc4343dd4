using System.Text.Json.Nodes;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>Spectra with the function that was fitted to their sidebands, its error and the pulls: one a window and cut.</summary>
internal static class FitFigures
{
    private const double Floor = 0.3;
    private const double LeastPull = 3.5, MostPull = 8;

    // Bins of a picture are a twentieth of the window.
    private const int BinsToJoin = 4;

    public static IEnumerable<Figure> Of(ScanResult result, WindowResult window, WindowArrays arrays, AxisTitles titles)
    {
        FitResult[] fits = [.. result.Fits.Where(fit => fit.Number == window.Number && !fit.Scan)];
        foreach (var (cut, fit) in fits.Index())
        {
            if (Table(arrays, cut) is { Rows.Count: > 0 } table)
            {
                yield return Figure(result, window, fit, cut, table, titles);
            }
        }
    }

    private static Figure Figure(ScanResult result, WindowResult window, FitResult fit, int cut, FigureTable table, AxisTitles titles)
    {
        var (low, high) = LogAxis.Limits(table.Numbers("observed").Concat(table.Numbers("expected")), Floor);
        var y = new LogAxis(low, high);
        var pull = Math.Clamp(table.Numbers("pull").Select(Math.Abs).DefaultIfEmpty(0).Max() + 0.3, LeastPull, MostPull);
        var width = BinsToJoin * (window.High - window.Low) / 20;
        var specification = Specifications.Fill(
            "fit",
            ("mass", titles.Mass(result)),
            ("x_domain", Axes.Domain(fit.Range.Low, fit.Range.High)),
            ("y_title", titles.EventsPer(result, width)),
            ("y_scale", y.Scale()),
            ("y_axis", y.Axis()),
            ("pull_scale", Axes.Linear(-pull, pull)),
            ("region", new JsonArray(new JsonObject { ["low"] = window.Low, ["high"] = window.High })));
        var label = fit.EpsilonB is { } epsilon ? Labels.WorkingPoint(epsilon) : "no cut";
        return new Figure(
            FormattableString.Invariant($"fit_{cut}"),
            window.Number,
            $"Fit of the spectrum, {label}",
            $"First run. Points: events that pass, bars √N. Line and band: {fit.Function?.Name ?? "function"}, fitted to the sidebands, "
            + "and its standard error. Pulls: (events − fit)/√fit, in the window with the error of the fit.",
            specification,
            table);
    }

    // Neighbours are joined inside the sidebands and inside the window, never across its limits.
    private static FigureTable? Table(WindowArrays arrays, int cut)
    {
        var (low, high, inWindow) = ((double?[])arrays["fit_low"], (double?[])arrays["fit_high"], (double?[])arrays["fit_in_window"]);
        if (low.Length == 0)
        {
            return null;
        }

        var (observed, expected, error) = (arrays["fit_observed"].Row(cut), arrays["fit_expected"].Row(cut), arrays["fit_error"].Row(cut));
        var table = new FigureTable(
            "low", "high", "center", "in_window", "observed", "error_low", "error_high", "expected", "error",
            "band_low", "band_high", "pull");
        for (int first = 0, last; first < low.Length; first = last)
        {
            last = first + 1;
            while (last < low.Length && last - first < BinsToJoin && inWindow[last] == inWindow[first])
            {
                last++;
            }

            // The errors of neighbouring bins are those of the same few parameters: they add up.
            double? Sum(double?[] values) => Bins.Joined(values[first..last], last - first)[0];
            if (Sum(observed) is not { } events || Sum(expected) is not { } fit || Sum(error) is not { } sigma)
            {
                continue;
            }

            var inside = inWindow[first] == 1;
            table.Add(
                low[first], high[last - 1], 0.5 * (low[first] + high[last - 1]), inside ? "yes" : "no", events,
                FigureTable.Derived(Math.Max(events - Math.Sqrt(events), Floor)), FigureTable.Derived(events + Math.Sqrt(events)),
                fit, sigma,
                FigureTable.Derived(Math.Max(fit - sigma, Floor)), FigureTable.Derived(fit + sigma),
                FigureTable.Derived((events - fit) / Math.Sqrt(fit + (inside ? sigma * sigma : 0))));
        }

        return table;
    }
}
