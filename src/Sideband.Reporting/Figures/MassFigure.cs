using System.Text.Json.Nodes;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;

namespace Sideband.Reporting.Figures;

/// <summary>The mass spectrum before and after the cuts of one window's classifiers.</summary>
internal static class MassFigure
{
    private const double Floor = 0.3;
    private const int BinsToJoin = 2;

    public static Figure Of(ScanResult result, WindowResult window, WindowArrays arrays, AxisTitles titles, SharedAxes axes)
    {
        double?[] edges = arrays["mass_edges"];
        double?[] before = Bins.Joined(arrays["mass_all"], BinsToJoin);
        var after = result.Windows[0].WorkingPoints.Select((_, e) => Bins.Joined(arrays["mass_passing"].Row(e), BinsToJoin)).ToArray();
        var table = new FigureTable("sample", "low", "high", "center", "events", "error_low", "error_high");
        for (var bin = 0; bin < before.Length; bin++)
        {
            Add("before the cuts", before[bin], bin);
        }

        foreach (var (e, point) in result.Windows[0].WorkingPoints.Index())
        {
            for (var bin = 0; bin < before.Length; bin++)
            {
                Add(Labels.WorkingPoint(point.EpsilonB), after[e][bin], bin);
            }
        }

        var figure = FormattableString.Invariant($"mass.{window.Number}");
        var y = axes.Logarithmic(figure + ".y", table.Numbers("events"), Floor);
        var width = (edges[^1] - edges[0]) / before.Length ?? 0;
        var specification = Specifications.Fill(
            "mass",
            ("mass", titles.Mass(result)),
            ("x_domain", axes.Domain(figure + ".x", edges[0] ?? 0, edges[^1] ?? 1)),
            ("y_title", titles.EventsPer(result, width)),
            ("y_scale", y.Scale()),
            ("y_axis", y.Axis()),
            ("ground", LogAxis.Ground),
            ("region", new JsonArray(new JsonObject { ["low"] = window.Low, ["high"] = window.High })),
            ("working_points", axes.WorkingPointNames));
        return new Figure(
            "mass", window.Number, "Mass spectrum before and after the cuts",
            $"All data, and the events (mean over runs) that pass the cuts of the classifiers of window {window.Number}; bars: √N.",
            specification, table);

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
