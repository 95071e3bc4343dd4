using Sideband.Reporting.Charts;
using Sideband.Search.Results;

namespace Sideband.Reporting.Figures;

/// <summary>What the redraws of an injection scan found in one window, against the strength: a panel a working point.</summary>
internal static class InjectionFigures
{
    public static IEnumerable<Figure> Of(ScanResult result)
    {
        foreach (var all in result.Limits.Where(limit => limit.Strengths.Count > 0).GroupBy(limit => limit.Number))
        {
            // A working point at which no redraw gave a number has no panel, but words.
            var points = all.ToLookup(limit => limit.Strengths.Any(strength => strength.Draws > 0));
            if (!points[true].Any())
            {
                continue;
            }

            LimitResult[] window = [.. points[true]];
            var missing = string.Concat(points[false].Select(limit =>
                $" {Labels.WorkingPoint(limit.EpsilonB)}: no redraw succeeded, {limit.Strengths[0].Reason}."));
            yield return Band(
                window, missing, "injection_significance", "Significance against injected signal", "signed significance S [σ]",
                strength => strength.Significance, [0, 3, 5]);
            yield return Band(
                window, missing, "injection_efficiency", "Efficiency against injected signal", "passing/injected signal",
                strength => strength.Efficiency, []);
        }
    }

    private static Figure Band(
        LimitResult[] window,
        string missing,
        string kind,
        string title,
        string yTitle,
        Func<StrengthResult, RedrawBandResult?> band,
        double[] lines)
    {
        var table = new FigureTable("working_point", "strength", "low_two", "low_one", "median", "high_one", "high_two", "draws", "failed");
        foreach (var limit in window)
        {
            foreach (var strength in limit.Strengths)
            {
                var of = band(strength);
                table.Add(
                    Labels.WorkingPoint(limit.EpsilonB), strength.Strength, of?.LowTwo, of?.LowOne, of?.Median, of?.HighOne, of?.HighTwo,
                    strength.Draws, strength.Failed);
            }
        }

        double[] drawn = [.. table.Numbers("low_two"), .. table.Numbers("high_two"), 0, .. lines];
        var median = new Mark(MarkShape.Line)
        {
            X = Place.Of("strength"),
            Y = Place.Of("median"),
            Colour = ChartColours.Ink,
            Width = 1.5,
            Dash = LineDash.Dashed,
        };
        var chart = new Chart(new Panel(
            170,
            Axis.Linear("injected signal events, all masses", 0, table.Numbers("strength").Max(), 8),
            Axis.Linear(yTitle, drawn.Min(), 1.03 * drawn.Max(), 5),
            [
                Area("low_two", "high_two", ChartColours.Within95, "95 %"),
                Area("low_one", "high_one", ChartColours.Within68, "68 %"),
                .. lines.Select(line => new Mark(MarkShape.Rule)
                {
                    Y = Place.At(line),
                    Colour = ChartColours.Soft,
                    Dash = line == 0 ? LineDash.None : LineDash.Dotted,
                }),
                median with { Legend = "median" },
                median with
                {
                    Shape = MarkShape.Point,
                    Symbol = PointSymbol.Circle,
                    Size = 40,
                    Tooltip =
                    [
                        ("strength", ",.0f"), ("low_one", ".3~g"), ("median", ".3~g"), ("high_one", ".3~g"), ("draws", null),
                        ("failed", null),
                    ],
                },
            ]))
        {
            Facet = new Facet("working_point", [.. window.Select(limit => Labels.WorkingPoint(limit.EpsilonB))]),
        };
        var failed = window.Max(limit => limit.Strengths.Sum(strength => strength.Failed));
        return new Figure(
            kind, window[0].Number, title,
            $"Window {window[0].Number}: median over the redraws, with the bands of 68 and 95 % of them; "
            + "every redraw is a training of its own."
            + (failed > 0 ? FormattableString.Invariant($" Up to {failed} redraws of a working point failed and are left out.") : "")
            + missing,
            chart,
            table);
    }

    private static Mark Area(string low, string high, string colour, string legend) => new(MarkShape.Area)
    {
        X = Place.Of("strength"),
        Y = Place.Of(low),
        Y2 = Place.Of(high),
        Colour = colour,
        Legend = legend,
        Opacity = 0.7,
    };
}
