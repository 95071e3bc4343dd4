using System.Globalization;
using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>Upper limits and sensitivity against the window's mass: a panel a working point.</summary>
internal static class LimitFigures
{
    public static IEnumerable<Figure> Of(ScanResult result, AxisTitles titles, SharedAxes axes)
    {
        // A working point without a number in any window has no panel, but words.
        var points = result.Limits.Where(limit => limit.Rules.Count > 0)
            .GroupBy(limit => limit.EpsilonB)
            .ToLookup(point => point.Any(IsKnown));
        LimitResult[] limits = [.. points[true].SelectMany(point => point)];
        if (limits.Length > 0)
        {
            var missing = string.Concat(points[false].Select(point =>
            {
                var (observed, expected) = (point.First().Rules[0].Observed, point.First().Rules[0].Expected);
                return $" {Labels.WorkingPoint(point.Key)}: no limit, {observed.Reason ?? expected.Reason}.";
            }));
            yield return Limits(result, limits, missing, titles, axes);
            yield return Sensitivity(result, limits, titles, axes);
        }
    }

    private static bool IsKnown(LimitResult limit) =>
        limit.Rules[0] is { Observed: { Strength: not null } or { Beyond: true } } or { Expected.Median: not null };

    private static Figure Limits(ScanResult result, LimitResult[] limits, string missing, AxisTitles titles, SharedAxes axes)
    {
        var windows = Windows("limits", limits, axes);
        var y = axes.Logarithmic(
            "limits.y",
            "limit: signal events, all masses",
            limits.Select(limit => limit.Rules[0]).SelectMany(cls => new[]
            {
                cls.Observed.Strength, cls.Expected.LowTwo, cls.Expected.LowOne, cls.Expected.Median, cls.Expected.HighOne,
                cls.Expected.HighTwo,
            }).OfType<double>(),
            1);
        var table = new FigureTable(
            "working_point", "window", "centre", "left", "right", "low_two", "low_one", "median", "high_one", "high_two", "observed",
            "drawn_one", "drawn_two", "arrow");
        foreach (var limit in limits)
        {
            var (cls, centre) = (limit.Rules[0], WindowAxis.Centre(limit.Low, limit.High));
            var expected = cls.Expected;
            table.Add(
                Labels.WorkingPoint(limit.EpsilonB), limit.Number, centre,
                FigureTable.Derived(centre - windows.HalfGroup), FigureTable.Derived(centre + windows.HalfGroup),
                expected.LowTwo, expected.LowOne, expected.Median, expected.HighOne, expected.HighTwo, cls.Observed.Strength,
                Upper(expected.LowOne, expected.HighOne, y), Upper(expected.LowTwo, expected.HighTwo, y),
                cls.Observed.Beyond ? FigureTable.Derived(y.High) : null);
        }

        var observed = new Mark(MarkShape.Point)
        {
            X = Place.Of("centre"),
            Y = Place.Of("observed"),
            Colour = ChartColours.Ink,
            Symbol = PointSymbol.Circle,
            Size = 60,
            Legend = "observed",
            Tooltip = [("window", null), ("observed", ",.1f"), ("median", ",.1f")],
        };
        var box = new Mark(MarkShape.Rect) { X = Place.Of("left"), X2 = Place.Of("right"), Opacity = 0.7 };
        var chart = new Chart(new Panel(
            200,
            windows.X(result, titles),
            y,
            box with { Y = Place.Of("low_two"), Y2 = Place.Of("drawn_two"), Colour = ChartColours.Within95, Legend = "expected, 95 %" },
            box with { Y = Place.Of("low_one"), Y2 = Place.Of("drawn_one"), Colour = ChartColours.Within68, Legend = "expected, 68 %" },
            new Mark(MarkShape.Rule)
            {
                X = Place.Of("left"),
                X2 = Place.Of("right"),
                Y = Place.Of("median"),
                Colour = ChartColours.Ink,
                Width = 1.5,
                Dash = LineDash.Dashed,
            },
            observed,
            observed with
            {
                Y = Place.Of("arrow"),
                Symbol = PointSymbol.TriangleUp,
                Offset = 5,
                Legend = null,
                Tooltip = [("window", null)],
            }))
        {
            Facet = Facets(limits),
        };
        return new Figure(
            "limits", null, "Upper limits by window",
            string.Create(CultureInfo.InvariantCulture, $"CLs upper limits at {limits[0].Confidence:0.###} on this signal, ")
            + "averaged over redraws. Points: observed; dashed lines with bands: expected without signal, and what 68 and 95 % of the "
            + "redraws without signal give." + Ends(limits) + missing,
            chart,
            table);
    }

    private static Figure Sensitivity(ScanResult result, LimitResult[] limits, AxisTitles titles, SharedAxes axes)
    {
        var windows = Windows("sensitivity", limits, axes);
        var table = new FigureTable(
            "working_point", "window", "centre", "left", "right", "significance", "strength", "with_cut", "without_cut");
        foreach (var limit in limits)
        {
            var centre = WindowAxis.Centre(limit.Low, limit.High);
            foreach (var point in limit.Sensitivity)
            {
                table.Add(
                    Labels.WorkingPoint(limit.EpsilonB), limit.Number, centre,
                    FigureTable.Derived(centre - windows.HalfGroup), FigureTable.Derived(centre + windows.HalfGroup),
                    Sigmas(point.Significance), point.Strength, point.SignalToRootBackground, point.BareSignalToRootBackground);
            }
        }

        double[] drawn = [.. table.Numbers("with_cut"), .. table.Numbers("without_cut")];
        var chart = new Chart(new Panel(
            170,
            windows.X(result, titles),
            axes.Linear("sensitivity.y", "S/√B in the window", 0, 1.08 * drawn.DefaultIfEmpty(5).Max(), 5),
            new Mark(MarkShape.Rule)
            {
                X = Place.Of("left"),
                X2 = Place.Of("right"),
                Y = Place.Of("without_cut"),
                Width = 1.5,
                Dash = LineDash.Dashed,
            },
            new Mark(MarkShape.Point)
            {
                X = Place.Of("centre"),
                Y = Place.Of("with_cut"),
                Size = 70,
                Tooltip = [("window", null), ("significance", null), ("strength", ",.0f"), ("with_cut", ".2f"), ("without_cut", ".2f")],
            })
        {
            Series = new Series("significance", [.. limits[0].Sensitivity.Select(point => Sigmas(point.Significance))]),
        })
        {
            Facet = Facets(limits),
        };
        var missing = limits.Sum(limit => limit.Sensitivity.Count(point => point.Strength is null));
        return new Figure(
            "sensitivity", null, "Signal that is seen",
            "Points: the signal, as S/√B before the cut, at which the median S of the redraws first reaches 3 and 5σ. "
            + "Dashed: the same for counting all events of the window, without a cut and without systematic errors."
            + (missing > 0
                ? FormattableString.Invariant($" {missing} of the points are not reached at the largest strength tried, and are not drawn.")
                : ""),
            chart,
            table);
    }

    private static WindowAxis Windows(string figure, LimitResult[] limits, SharedAxes axes) =>
        new(figure, [.. limits.Select(limit => (limit.Low, limit.High)).Distinct()], axes);

    private static Facet Facets(LimitResult[] limits) =>
        new("working_point", [.. limits.Select(limit => Labels.WorkingPoint(limit.EpsilonB)).Distinct()]);

    private static string Sigmas(double significance) => FormattableString.Invariant($"{significance:0.#}σ");

    // An upper edge that is missing where there is a lower one lies above all strengths.
    private static double? Upper(double? low, double? high, Axis axis) => high ?? (low is null ? null : FigureTable.Derived(axis.High));

    private static string Ends(LimitResult[] limits)
    {
        var beyond = limits.Any(limit => limit.Rules[0].Observed.Beyond) ? " Arrows: above the largest strength tried." : "";
        return limits.Any(limit => limit.Rules[0].Expected is { LowTwo: not null, HighTwo: null })
            ? beyond + " Bands that reach the upper edge end above the largest strength tried."
            : beyond;
    }
}
