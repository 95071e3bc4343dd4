using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Figures;

/// <summary>Marks that several figures have.</summary>
internal static class Marks
{
    /// <summary>Dotted lines across a panel at these places of the horizontal axis; one that is not known has none.</summary>
    public static IEnumerable<Mark> Across(IEnumerable<double?> places) =>
        places.OfType<double>()
            .Where(double.IsFinite)
            .Select(place => new Mark(MarkShape.Rule) { X = Place.At(place), Colour = ChartColours.Soft, Dash = LineDash.Dotted });
}
