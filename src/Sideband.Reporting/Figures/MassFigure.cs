using Sideband.Reporting.Charts;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>The mass spectrum before and after the cuts of one window's classifiers.</summary>
internal static class MassFigure
{
    private const double Floor = 0.3;
    private const int BinsToJoin = 2;
    private const string Before = "before the cuts";

    public static Figure Of(ScanResult result, WindowResult window, WindowArrays arrays, AxisTitles titles, SharedAxes axes)
    {
        double?[] edges = arrays["mass_edges"];
        double?[] before = Bins.Joined(arrays["mass_all"], BinsToJoin);
        var after = result.Windows[0].WorkingPoints.Select((_, e) => Bins.Joined(arrays["mass_passing"].Row(e), BinsToJoin)).ToArray();
        var table = new FigureTable("sample", "low", "high", "center", "events", "error_low", "error_high");
        for (var bin = 0; bin < before.Length; bin++)
        {
            Add(Before, before[bin], bin);
        }

        foreach (var (e, point) in result.Windows[0].WorkingPoints.Index())
        {
            for (var bin = 0; bin < before.Length; bin++)
            {
                Add(Labels.WorkingPoint(point.EpsilonB), after[e][bin], bin);
            }
        }

        var figure = FormattableString.Invariant($"mass.{window.Number}");
        var width = (edges[^1] - edges[0]) / before.Length ?? 0;
        var x = axes.Linear(figure + ".x", titles.Mass(result), edges[0] ?? 0, edges[^1] ?? 1, 8);
        var y = axes.Logarithmic(figure + ".y", titles.EventsPer(result, width), table.Numbers("events"), Floor);
        Condition[] passing = [Condition.IsNot("sample", Before), Condition.IsPositive("events")];
        var chart = new Chart(new Panel(
            300,
            x,
            y,
            new Mark(MarkShape.Rect)
            {
                X = Place.At(window.Low),
                X2 = Place.At(window.High),
                Colour = ChartColours.Region,
                Legend = "signal region",
                Opacity = 0.2,
            },
            new Mark(MarkShape.Rect)
            {
                X = Place.Of("low"),
                X2 = Place.Of("high"),
                Y = Place.Of("events"),
                Y2 = Place.At(y.Low),
                Where = [Condition.Is("sample", Before), Condition.IsPositive("events")],
                Colour = ChartColours.Template,
                Legend = Before,
                Opacity = 0.6,
            },
            new Mark(MarkShape.Rule) { X = Place.Of("center"), Y = Place.Of("error_low"), Y2 = Place.Of("error_high"), Where = passing },
            new Mark(MarkShape.Point)
            {
                X = Place.Of("center"),
                Y = Place.Of("events"),
                Where = passing,
                Tooltip = [("sample", null), ("low", ".4~f"), ("high", ".4~f"), ("events", ",.1f")],
            })
        {
            Series = axes.WorkingPointSeries with { Column = "sample" },
        });
        return new Figure(
            "mass", window.Number, "Mass spectrum before and after the cuts",
            $"All data, and the events (mean over runs) that pass the cuts of the classifiers of window {window.Number}; bars: √N.",
            chart, table);

        void Add(string sample, double? events, int bin)
        {
            var (low, high) = (edges[bin * BinsToJoin] ?? 0, edges[Math.Min((bin + 1) * BinsToJoin, edges.Length - 1)] ?? 0);
            var error = Math.Sqrt(Math.Max(0, events ?? 0));
            table.Add(
                sample,
                low,
                high,
                0.5 * (low + high),
                events,
                FigureTable.Derived(events is { } count ? Math.Max(count - error, Floor) : null),
                FigureTable.Derived(events + error));
        }
    }
}
