using System.Globalization;

namespace Sideband.Reporting.Figures;

/// <summary>Points that lie beyond the end of their axis: an arrow stands at that end for each.</summary>
/// <param name="Column">The column that is drawn.</param>
/// <param name="Low">Lower end of the axis.</param>
/// <param name="High">Upper end.</param>
internal sealed record Beyond(string Column, double Low, double High)
{
    /// <summary>The condition for an arrow at the upper end.</summary>
    public string Above => string.Create(CultureInfo.InvariantCulture, $"isValid(datum.{Column}) && datum.{Column} > {High:R}");

    /// <summary>The condition for an arrow at the lower end.</summary>
    public string Below => string.Create(CultureInfo.InvariantCulture, $"isValid(datum.{Column}) && datum.{Column} < {Low:R}");

    /// <summary>What a caption says of them; nothing where there are none.</summary>
    public string Caption(FigureTable table, string what) =>
        table.Numbers(Column).Any(value => value > High || value < Low) ? $" Arrows: {what} beyond the axis." : "";
}
