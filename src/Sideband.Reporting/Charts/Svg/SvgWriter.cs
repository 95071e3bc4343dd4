using System.Globalization;
using System.Text;
using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>
/// A figure as SVG: the same places, ticks and words as in the page, in a file of a few kilobytes that is the same to the last byte on
/// every machine.
/// </summary>
public static class SvgWriter
{
    private const double Margin = 6;

    /// <param name="width">Width of the plotting area, pixels.</param>
    /// <param name="background">A colour, or null for none.</param>
    public static string Write(Figure figure, int width, string? background = "#fff")
    {
        var chart = figure.Chart;
        var left = Margin + chart.Panels.Max(SvgAxes.RoomLeft);
        var right = Math.Max(Margin, chart.Panels.Max(panel => SvgAxes.RoomRight(panel, width))) + Margin;
        var legend = SvgLegend.Of(chart, width);
        var (body, y) = (new StringBuilder(), Margin + legend.Height);
        body.Append(legend.Markup(left, Margin));
        if (chart.Facet is { } facet)
        {
            foreach (var value in facet.Values)
            {
                y += value == facet.Values[0] ? 0 : ChartStyle.FacetGap;
                body.Append(Heading(value, left, y + ChartStyle.TitleSize));
                y += ChartStyle.TitleSize + 7;
                var isLast = value == facet.Values[^1];
                var panel = chart.Panels.Single();
                Draw(isLast ? panel : panel with { X = panel.X.WithoutLabels() }, (facet, value));
            }
        }
        else
        {
            foreach (var (i, panel) in chart.Panels.Index())
            {
                y += i == 0 ? 0 : ChartStyle.PanelGap;
                Draw(panel, null);
            }
        }

        var (wide, high) = (SvgPath.Number(left + width + right), SvgPath.Number(y + SvgAxes.RoomBelow(chart.Panels[^1]) + Margin));
        var ground = background is null ? "" : $"""<rect width="{wide}" height="{high}" fill="{background}"/>{"\n"}""";
        var words = $"""font-family="{ChartStyle.Font}" font-size="{ChartStyle.LabelSize}" fill="{ChartColours.Ink}" """.TrimEnd();
        return $"""
            <svg xmlns="http://www.w3.org/2000/svg" width="{wide}" height="{high}" viewBox="0 0 {wide} {high}" {words}>
            <title>{SvgText.Encoded(figure.Title)}</title>
            {ground}{body}</svg>

            """;

        void Draw(Panel panel, (Facet, string)? of)
        {
            var frame = new PanelFrame(panel, width);
            body.Append(CultureInfo.InvariantCulture, $"""<g transform="translate({SvgPath.Number(left)} {SvgPath.Number(y)})">{"\n"}""");
            SvgMarks.Append(body, frame, figure.Data, of);
            SvgAxes.Append(body, frame, left - Margin);
            body.Append("</g>\n");
            y += panel.Height;
        }
    }

    private static string Heading(string words, double x, double y) =>
        $"""<text x="{SvgPath.Number(x)}" y="{SvgPath.Number(y)}" font-size="{ChartStyle.TitleSize}">"""
        + $"{SvgText.Typeset(words, ChartStyle.TitleSize)}</text>\n";
}

/// <summary>A panel with the pixels of its axes; its upper left corner is the origin.</summary>
internal sealed class PanelFrame(Panel panel, double width)
{
    public Panel Panel => panel;

    public double Width => width;

    public double Height => panel.Height;

    public AxisScale X { get; } = new(panel.X, 0, width);

    public AxisScale Y { get; } = new(panel.Y, panel.Height, 0);
}
