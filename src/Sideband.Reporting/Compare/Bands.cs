using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Compare;

/// <summary>Curves with a band each: columns x, low, median and high.</summary>
internal static class Bands
{
    /// <param name="series">Column that tells curves apart.</param>
    /// <param name="names">Its values.</param>
    public static Chart Chart(Axis x, Axis y, string series, IReadOnlyList<string> names, params IReadOnlyList<Mark> behind) =>
        new(new Panel(
            260,
            x,
            y,
            [
                .. behind,
                new Mark(MarkShape.Area) { X = Place.Of("x"), Y = Place.Of("low"), Y2 = Place.Of("high"), Opacity = 0.18 },
                new Mark(MarkShape.Line) { X = Place.Of("x"), Y = Place.Of("median"), Width = 2 },
            ])
        {
            Series = new Series(series, names),
        });
}
