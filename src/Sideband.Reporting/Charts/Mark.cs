namespace Sideband.Reporting.Charts;

/// <summary>What a mark is.</summary>
public enum MarkShape
{
    /// <summary>A line through the rows of a series, from left to right.</summary>
    Line,

    /// <summary>A band between <see cref="Mark.Y"/> and <see cref="Mark.Y2"/>.</summary>
    Area,

    /// <summary>A filled box; without places on an axis it covers all of it.</summary>
    Rect,

    /// <summary>A straight line between two places of one axis; without any it crosses the panel.</summary>
    Rule,

    /// <summary>A symbol; its shape is the series'.</summary>
    Point,

    /// <summary>Words.</summary>
    Text,
}

/// <summary>Shapes of points, in the order in which series take them.</summary>
public enum PointSymbol
{
    Circle,
    Square,
    Cross,
    Diamond,
    TriangleUp,
    TriangleDown,
}

/// <summary>Where words stand.</summary>
public enum TextPlace
{
    /// <summary>They end left of their place, and stand on it.</summary>
    Before,

    /// <summary>They begin right of it.</summary>
    After,

    /// <summary>Upwards along a line across the panel, to its upper edge.</summary>
    Along,
}

/// <summary>How a line is broken.</summary>
public enum LineDash
{
    None,
    Dashed,
    Dotted,
}

/// <summary>A place on an axis: a column of the table, or one number for all rows.</summary>
/// <param name="Column">Null for a number.</param>
/// <param name="Value">Meaningless where there is a column.</param>
public sealed record Place(string? Column, double Value)
{
    public static Place Of(string column) => new(column, 0);

    public static Place At(double value) => new(null, value);
}

/// <summary>
/// Marks of the rows of the table; one mark alone if no place is a column. Rows that lack a number which a mark needs have no mark. What
/// lies outside of the panel is cut off.
/// </summary>
public sealed record Mark(MarkShape Shape)
{
    public Place? X { get; init; }

    public Place? X2 { get; init; }

    public Place? Y { get; init; }

    public Place? Y2 { get; init; }

    /// <summary>Rows that fulfil all of these have a mark.</summary>
    public IReadOnlyList<Condition> Where { get; init; } = [];

    /// <summary>One of <see cref="ChartColours"/>, or null: the series'.</summary>
    public string? Colour { get; init; }

    /// <summary>Name in the legend of marks with a colour of their own; null has none.</summary>
    public string? Legend { get; init; }

    public double Opacity { get; init; } = 1;

    /// <summary>Width of lines, pixels.</summary>
    public double Width { get; init; } = 1;

    /// <summary>Area of a symbol, pixels squared.</summary>
    public double Size { get; init; } = 28;

    public LineDash Dash { get; init; }

    /// <summary>Symbols are outlines, <see cref="Width"/> wide.</summary>
    public bool IsHollow { get; init; }

    /// <summary>The shape of points; null: the series'.</summary>
    public PointSymbol? Symbol { get; init; }

    /// <summary>Moves points down, pixels.</summary>
    public double Offset { get; init; }

    /// <summary>A column besides the series: one line for each of its values.</summary>
    public string? Detail { get; init; }

    /// <summary>What a mark of words says.</summary>
    public string? Text { get; init; }

    public TextPlace TextPlace { get; init; }

    /// <summary>Columns that a page shows beside the pointer, with the d3 format of numbers or null.</summary>
    public IReadOnlyList<(string Column, string? Format)> Tooltip { get; init; } = [];

    /// <summary>The places that are given, across first.</summary>
    internal IEnumerable<Place> Places => ((Place?[])[X, X2, Y, Y2]).OfType<Place>();

    internal bool IsAnnotation => Places.All(place => place.Column is null);
}

/// <summary>A condition on a row.</summary>
/// <param name="Value">A word, a whole number, or the number of a limit.</param>
public sealed record Condition(string Column, Comparison Comparison, object Value)
{
    public static Condition Is(string column, object value) => new(column, Comparison.Equal, value);

    public static Condition IsNot(string column, object value) => new(column, Comparison.Different, value);

    public static Condition IsPositive(string column) => IsAbove(column, 0);

    public static Condition IsAbove(string column, double limit) => new(column, Comparison.Above, limit);

    public static Condition IsBelow(string column, double limit) => new(column, Comparison.Below, limit);

    internal bool Holds(object? value) => Comparison switch
    {
        Comparison.Equal => Equals(value, Value),
        Comparison.Different => !Equals(value, Value),
        Comparison.Above => Number(value) > (double)Value,
        _ => Number(value) < (double)Value,
    };

    private static double Number(object? value) => value switch { double number => number, int number => number, _ => double.NaN };
}

public enum Comparison
{
    Equal,
    Different,
    Above,
    Below,
}
