using Sideband.Reporting.Charts;

namespace Sideband.Reporting.Figures;

/// <summary>Points that lie beyond the end of their axis: an arrow stands at that end for each.</summary>
/// <param name="Column">The column that is drawn.</param>
/// <param name="Axis">Its axis.</param>
internal sealed record Beyond(string Column, Axis Axis)
{
    private const double FromTheEdge = 5;

    /// <summary>The arrows.</summary>
    /// <param name="x">The column across.</param>
    /// <param name="colour">A colour, or null: the series'.</param>
    public IEnumerable<Mark> Arrows(string x, string? colour = null)
    {
        var arrow = new Mark(MarkShape.Point) { X = Place.Of(x), Size = 50, Colour = colour };
        yield return arrow with
        {
            Y = Place.At(Axis.High),
            Where = [Condition.IsAbove(Column, Axis.High)],
            Symbol = PointSymbol.TriangleUp,
            Offset = FromTheEdge,
        };
        yield return arrow with
        {
            Y = Place.At(Axis.Low),
            Where = [Condition.IsBelow(Column, Axis.Low)],
            Symbol = PointSymbol.TriangleDown,
            Offset = -FromTheEdge,
        };
    }

    /// <summary>What a caption says of them; nothing where there are none.</summary>
    public string Caption(FigureTable table, string what) =>
        table.Numbers(Column).Any(value => value > Axis.High || value < Axis.Low) ? $" Arrows: {what} beyond the axis." : "";
}
