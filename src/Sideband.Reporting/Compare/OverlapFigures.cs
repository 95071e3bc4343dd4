using Sideband.Reporting.Charts;
using Sideband.Reporting.Figures;
using Sideband.Search.Results;

namespace Sideband.Reporting.Compare;

/// <summary>
/// What the top fractions of methods have in common beyond chance, against the fraction; of more than two methods a panel for each, in
/// which a method has its colour.
/// </summary>
internal static class OverlapFigures
{
    private const string All = "all methods";

    public static IEnumerable<Figure> Of(string[] methods, ComparedWindowResult window)
    {
        foreach (var ofClass in window.Overlaps.Where(overlap => overlap.Excess.Median is not null).GroupBy(overlap => overlap.Class))
        {
            yield return Draw(methods, window, ofClass.Key, [.. ofClass]);
        }
    }

    private static Figure Draw(string[] methods, ComparedWindowResult window, string name, OverlapResult[] overlaps)
    {
        var table = new FigureTable("panel", "series", "x", "low", "median", "high", "chance");
        void Add(string panel, string series, OverlapResult at) =>
            table.Add(panel, series, at.Fraction, at.Excess.Low, at.Excess.Median, at.Excess.High, at.Chance);

        string[] panels = methods.Length > 2 ? [.. methods.Select(method => method + " and")] : [];
        string[] series = methods.Length > 2 ? [.. methods, All] : [string.Join(" and ", methods)];
        foreach (var overlap in overlaps)
        {
            if (methods.Length <= 2)
            {
                Add("", series[0], overlap);
            }
            else if (overlap.Methods.Count > 2)
            {
                Array.ForEach(panels, panel => Add(panel, All, overlap));
            }
            else
            {
                Add(overlap.Methods[0] + " and", overlap.Methods[1], overlap);
                Add(overlap.Methods[1] + " and", overlap.Methods[0], overlap);
            }
        }

        var x = Axis.Logarithmic("top fraction p", overlaps.Min(overlap => overlap.Fraction), 1);
        double[] ends = [.. table.Numbers("low").Concat(table.Numbers("high"))];
        var y = Axis.Linear(
            "common fraction less chance", Math.Min(-0.05, ends.Min()), Math.Max(0.1, ends.Max()), isNice: true);
        var chart = Bands.Chart(x, y, "series", series, new Mark(MarkShape.Rule) { Y = Place.At(0), Colour = ChartColours.Soft });
        return new Figure(
            $"overlap_{name}",
            window.Number,
            $"Overlap of the highest scores, {name} events",
            "Which part of the events that one method scores highest others score highest, too, less what chance gives (p for two methods, "
            + $"p to the power of one less than their number for all): median and central 68 % over trainings. "
            + $"{ComparisonFigures.Class(name, window.Scored.Source)} of window {window.Number}.",
            panels.Length > 0 ? chart with { Facet = new Facet("panel", panels) } : chart,
            table);
    }
}
