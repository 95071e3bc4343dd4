using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Figures;

/// <summary>Lines of one or more series over a common axis.</summary>
internal static class CurveFigure
{
    /// <param name="x">Horizontal axis.</param>
    /// <param name="y">Vertical axis.</param>
    /// <param name="axes">The report's.</param>
    /// <param name="series">Name and points of each line.</param>
    public static Figure Draw(
        string kind,
        int window,
        string title,
        string caption,
        CurveAxis x,
        CurveAxis y,
        SharedAxes axes,
        IReadOnlyList<(string Name, IEnumerable<(double? X, double? Y)> Points)> series)
    {
        var table = new FigureTable("series", "x", "y");
        foreach (var (name, points) in series)
        {
            foreach (var (px, py) in points)
            {
                table.Add(name, px, py);
            }
        }

        var figure = FormattableString.Invariant($"{kind}.{window}");
        var line = new Mark(MarkShape.Line) { X = Place.Of("x"), Y = Place.Of("y"), Width = 2 };
        var across = x.Of(figure + ".x", table.Numbers("x"), axes);
        var chart = new Chart(new Panel(260, across, y.Of(figure + ".y", table.Numbers("y"), axes), line)
        {
            Series = new Series("series", [.. series.Select(entry => entry.Name)]),
        });
        return new Figure(kind, window, title, caption, chart, table);
    }
}

/// <summary>An axis of curves.</summary>
/// <param name="Title">Quantity and unit.</param>
/// <param name="Low">Lower limit; null takes the data's.</param>
/// <param name="High">Upper limit; null takes the data's.</param>
/// <param name="Logarithmic">Decades.</param>
internal sealed record CurveAxis(string Title, double? Low = null, double? High = null, bool Logarithmic = false)
{
    public Axis Of(string axis, IEnumerable<double> values, SharedAxes axes)
    {
        double[] all = [.. values];
        if (Logarithmic)
        {
            var (least, most) = axes.Range(
                axis, Low ?? all.Where(value => value > 0).DefaultIfEmpty(1).Min(), High ?? all.DefaultIfEmpty(10).Max());
            return Axis.Logarithmic(Title, least, most);
        }

        var (low, high) = (all.DefaultIfEmpty(0).Min(), all.DefaultIfEmpty(1).Max());
        var margin = 0.04 * Math.Max(high - low, 1e-12);
        return axes.Linear(axis, Title, Low ?? (low - margin), High ?? (high + margin));
    }
}
