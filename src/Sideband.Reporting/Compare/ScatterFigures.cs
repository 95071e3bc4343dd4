using System.Globalization;
using Sideband.Reporting.Charts;
using Sideband.Reporting.Figures;
using Sideband.Search.Compare;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>Scores of single events by two methods, a panel for every two.</summary>
internal static class ScatterFigures
{
    public static IEnumerable<Figure> Of(ComparedWindowResult window, ComparisonCurves curves)
    {
        foreach (var ofClass in curves.Scatter.GroupBy(point => point.Class))
        {
            var table = new FigureTable("panel", "x", "y");
            foreach (var point in ofClass)
            {
                table.Add(Panel(point), point.X, point.Y);
            }

            string[] panels = [.. ofClass.Select(Panel).Distinct()];
            double[] values = [.. table.Numbers("x").Concat(table.Numbers("y"))];
            Axis Scores(string which) => Axis.Linear($"standardised log-odds, {which}", values.Min(), values.Max(), isNice: true);

            var chart = new Chart(new Panel(
                260,
                Scores("first"),
                Scores("second"),
                new Mark(MarkShape.Point)
                {
                    X = Place.Of("x"),
                    Y = Place.Of("y"),
                    Size = 7,
                    Opacity = 0.5,
                    Colour = ofClass.Key == "signal" ? ChartColours.Data : ChartColours.Counts,
                    Symbol = PointSymbol.Circle,
                }));
            yield return new Figure(
                $"scatter_{ofClass.Key}",
                window.Number,
                $"Scores of two methods, {ofClass.Key} events",
                "Log-odds of the mean score over trainings, less their mean and over their standard deviation, of at most 1000 "
                + $"{ComparisonFigures.Class(ofClass.Key, window.Scored.Source)} of window {window.Number}. "
                + $"Pearson correlation of all: {string.Join("; ", Correlations(window, ofClass.Key))}.",
                panels.Length > 1 ? chart with { Facet = new Facet("panel", panels) } : chart,
                table);
        }
    }

    private static string Panel(ScatterPoint point) => $"first {point.First}, second {point.Second}";

    private static IEnumerable<string> Correlations(ComparedWindowResult window, string name) =>
        window.Correlations.Where(entry => entry.Class == name && entry.First != entry.Second).Select(entry =>
            $"{entry.First}, {entry.Second} {entry.OfMeans?.ToString("0.00", CultureInfo.InvariantCulture) ?? "–"}");
}
