using Sideband.Reporting.Charts;
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
            if (Table(arrays, cut, WidthOf(window)) is { Rows.Count: > 0 } table)
            {
                yield return Figure(result, window, fit, cut, table, titles);
            }
        }
    }

    private static Figure Figure(ScanResult result, WindowResult window, FitResult fit, int cut, FigureTable table, AxisTitles titles)
    {
        var pull = Math.Clamp(table.Numbers("pull").Select(Math.Abs).DefaultIfEmpty(0).Max() + 0.3, LeastPull, MostPull);
        var width = WidthOf(window);
        var x = Axis.Linear(titles.Mass(result), fit.Range.Low, fit.Range.High, 8);
        var drawn = table.Numbers("point").Concat(table.Numbers("curve"));
        var region = new Mark(MarkShape.Rect)
        {
            X = Place.At(window.Low),
            X2 = Place.At(window.High),
            Colour = ChartColours.Region,
            Opacity = 0.2,
        };
        var chart = new Chart(
            new Panel(
                220,
                x.WithoutLabels(),
                Axis.LogarithmicAround(titles.EventsPer(result, width), drawn, Floor),
                region with { Legend = "window, not fitted" },
                new Mark(MarkShape.Rect)
                {
                    X = Place.Of("low"),
                    X2 = Place.Of("high"),
                    Y = Place.Of("band_low"),
                    Y2 = Place.Of("band_high"),
                    Where = [Condition.IsPositive("band_low")],
                    Colour = ChartColours.Template,
                    Legend = "fit and its error",
                    Opacity = 0.8,
                },
                new Mark(MarkShape.Line)
                {
                    X = Place.Of("center"),
                    Y = Place.Of("curve"),
                    Where = [Condition.IsPositive("expected")],
                    Colour = ChartColours.Counts,
                    Width = 1.5,
                },
                new Mark(MarkShape.Rule)
                {
                    X = Place.Of("center"),
                    Y = Place.Of("error_low"),
                    Y2 = Place.Of("error_high"),
                    Where = [Condition.IsPositive("observed")],
                    Colour = ChartColours.Data,
                },
                new Mark(MarkShape.Point)
                {
                    X = Place.Of("center"),
                    Y = Place.Of("point"),
                    Where = [Condition.IsPositive("observed")],
                    Colour = ChartColours.Data,
                    Legend = "events that pass",
                    Tooltip =
                    [
                        ("low", ".4~f"), ("high", ".4~f"), ("observed", ",.0f"), ("expected", ",.1f"), ("error", ",.1f"), ("pull", ".2f"),
                    ],
                }),
            new Panel(
                90,
                x,
                Axis.Linear("pull", -pull, pull, 5),
                region,
                new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft },
                new Mark(MarkShape.Rect)
                {
                    X = Place.Of("low"),
                    X2 = Place.Of("high"),
                    Y = Place.Of("pull"),
                    Y2 = Place.At(0),
                    Colour = ChartColours.Data,
                    Opacity = 0.7,
                }));
        var label = fit.EpsilonB is { } epsilon ? Labels.WorkingPoint(epsilon) : "no cut";
        return new Figure(
            FormattableString.Invariant($"fit_{cut}"),
            window.Number,
            $"Fit of the spectrum, {label}",
            $"First run. Points: events that pass, bars √N. Line and band: {fit.Function?.Name ?? "function"}, fitted to the sidebands, "
            + "and its standard error. Pulls: (events − fit)/√fit, in the window with the error of the fit.",
            chart,
            table);
    }

    private static double WidthOf(WindowResult window) => BinsToJoin * (window.High - window.Low) / 20;

    // Neighbours are joined inside the sidebands and inside the window, never across its limits, counted from the window outwards; bins at
    // the ends of the range are narrower, and drawn as what they would hold at full width.
    private static FigureTable? Table(WindowArrays arrays, int cut, double width)
    {
        var (low, high, inWindow) = ((double?[])arrays["fit_low"], (double?[])arrays["fit_high"], (double?[])arrays["fit_in_window"]);
        if (low.Length == 0)
        {
            return null;
        }

        var (observed, expected, error) = (arrays["fit_observed"].Row(cut), arrays["fit_expected"].Row(cut), arrays["fit_error"].Row(cut));
        var table = new FigureTable(
            "low", "high", "center", "in_window", "observed", "expected", "error", "pull",
            "point", "error_low", "error_high", "curve", "band_low", "band_high");
        var below = Math.Max(Array.IndexOf(inWindow, 1.0), 0);
        for (int first = 0, last; first < low.Length; first = last)
        {
            last = first + 1;
            while (last < low.Length && inWindow[last] == inWindow[first] && (last - below) % BinsToJoin != 0)
            {
                last++;
            }

            // The errors of neighbouring bins are those of the same few parameters: they add up.
            double? Sum(double?[] values) => Bins.Joined(values[first..last], last - first)[0];
            if (Sum(observed) is not { } events || Sum(expected) is not { } fit || Sum(error) is not { } sigma)
            {
                continue;
            }

            var (inside, scale) = (inWindow[first] == 1, width / (high[last - 1] - low[first]));
            double? Drawn(double value) => FigureTable.Derived(value * scale);
            double? Above(double value) => Drawn(value) is { } drawn ? Math.Max(drawn, Floor) : null;
            table.Add(
                low[first], high[last - 1], 0.5 * (low[first] + high[last - 1]), inside ? "yes" : "no", events, fit, sigma,
                FigureTable.Derived((events - fit) / Math.Sqrt(fit + (inside ? sigma * sigma : 0))),
                Drawn(events), Above(events - Math.Sqrt(events)), Drawn(events + Math.Sqrt(events)),
                Drawn(fit), Above(fit - sigma), Drawn(fit + sigma));
        }

        return table;
    }
}
