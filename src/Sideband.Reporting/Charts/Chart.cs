namespace Sideband.Reporting.Charts;

/// <summary>
/// What a figure draws: panels below each other over one horizontal axis. It names columns of the figure's table and says nothing of how
/// they are drawn: as Vega-Lite (<see cref="VegaLite.VegaLiteWriter"/>) or as SVG (<see cref="Svg.SvgWriter"/>).
/// </summary>
/// <param name="Panels">From above to below. All have the same horizontal limits.</param>
public sealed record Chart(params IReadOnlyList<Panel> Panels)
{
    /// <summary>Repeats the panel, of which there must be one, for each value of a column.</summary>
    public Facet? Facet { get; init; }
}

/// <summary>One panel a value, each below the other with the value as its heading.</summary>
/// <param name="Column">A column of words.</param>
/// <param name="Values">Its values, from above to below.</param>
public sealed record Facet(string Column, IReadOnlyList<string> Values);

/// <summary>A plotting area with its two axes.</summary>
/// <param name="Height">Pixels.</param>
public sealed record Panel(double Height, Axis X, Axis Y, params IReadOnlyList<Mark> Marks)
{
    /// <summary>What gives marks their colours, shapes and dashes; null where every mark has a colour of its own.</summary>
    public Series? Series { get; init; }
}

/// <summary>Rows that are told apart by colour, and in the legend.</summary>
/// <param name="Column">A column of words.</param>
/// <param name="Names">Its values in the order of the palette.</param>
public sealed record Series(string Column, IReadOnlyList<string> Names);
