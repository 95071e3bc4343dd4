using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Figures;

/// <summary>Marks that several figures have.</summary>
internal static class Marks
{
    /// <summary>Dotted lines across a panel at these places of the horizontal axis; one that is not known has none.</summary>
    public static IEnumerable<Mark> Across(IEnumerable<double?> places) =>
        Known(places).Select(place => new Mark(MarkShape.Rule)
        {
            X = Place.At(place),
            Colour = ChartColours.Soft,
            Dash = LineDash.Dotted,
        });

    /// <summary>The names of such lines, along them.</summary>
    public static IEnumerable<Mark> Names(IEnumerable<(double? Place, string Name)> lines) =>
        lines.Where(line => Known([line.Place]).Any()).Select(line => new Mark(MarkShape.Text)
        {
            X = Place.At(line.Place!.Value),
            Text = line.Name,
            TextPlace = TextPlace.Along,
            Colour = ChartColours.Soft,
        });

    private static IEnumerable<double> Known(IEnumerable<double?> places) => places.OfType<double>().Where(double.IsFinite);
}
