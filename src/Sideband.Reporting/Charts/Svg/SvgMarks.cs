using System.Text;
using Sideband.Reporting.Figures;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>The marks of a panel: one path for all marks of one kind and colour.</summary>
internal static class SvgMarks
{
    public static void Append(StringBuilder text, PanelFrame frame, FigureTable table, (Facet, string)? facet)
    {
        foreach (var mark in frame.Panel.Marks)
        {
            foreach (var series in MarkRow.Of(mark, frame.Panel, table, facet).GroupBy(row => row.Series).OrderBy(group => group.Key))
            {
                Append(text, frame, mark, [.. series], mark.Colour ?? ChartColours.OfSeries(series.Key));
            }
        }
    }

    public static string Filled(SvgPath path, string colour, double opacity) =>
        $"""<path fill="{colour}"{(opacity < 1 ? FormattableString.Invariant($" fill-opacity=\"{opacity}\"") : "")} d="{path}"/>{"\n"}""";

    public static string Stroked(SvgPath path, string colour, Mark mark, int series)
    {
        var dash = mark.Shape == MarkShape.Line && mark.Dash == LineDash.None && mark.Colour is null
            ? ChartStyle.DashOfSeries(series)
            : ChartStyle.Dash(mark.Dash);
        var broken = dash.Count > 0 ? $" stroke-dasharray=\"{string.Join(' ', dash.Select(SvgPath.Number))}\"" : "";
        var wide = mark.Width == 1 ? "" : $" stroke-width=\"{SvgPath.Number(mark.Width)}\"";
        var faint = mark.Opacity < 1 ? FormattableString.Invariant($" stroke-opacity=\"{mark.Opacity}\"") : "";
        var joined = mark.Shape == MarkShape.Line ? " stroke-linejoin=\"round\"" : "";
        return $"""<path fill="none" stroke="{colour}"{wide}{faint}{broken}{joined} d="{path}"/>{"\n"}""";
    }

    private static void Append(StringBuilder text, PanelFrame frame, Mark mark, MarkRow[] rows, string colour)
    {
        var path = new SvgPath();
        switch (mark.Shape)
        {
            case MarkShape.Rect:
                SvgBoxes.Add(path, frame, rows);
                break;
            case MarkShape.Rule:
                SvgRules.Add(path, frame, rows);
                break;
            case MarkShape.Point:
                foreach (var row in rows.Where(row => frame.X.Has(row.X) && frame.Y.Has(row.Y)))
                {
                    path.Symbol(frame.X[row.X], frame.Y[row.Y] + mark.Offset, mark.Size, mark.Symbol ?? SvgPath.OfSeries(row.Series));
                }

                break;
            case MarkShape.Text:
                AppendWords(text, frame, mark, rows[0], colour);
                return;
            default:
                SvgLines.Add(path, frame, mark, rows);
                break;
        }

        if (!path.IsEmpty)
        {
            text.Append(IsFilled(mark) ? Filled(path, colour, mark.Opacity) : Stroked(path, colour, mark, rows[0].Series));
        }
    }

    private static void AppendWords(StringBuilder text, PanelFrame frame, Mark mark, MarkRow row, string colour)
    {
        var (x, y, gap) = (frame.X[row.X], double.IsNaN(row.Y) ? 0 : frame.Y[row.Y], 4);
        var place = mark.TextPlace switch
        {
            TextPlace.Along => $"transform=\"translate({SvgPath.Number(x - gap)} {SvgPath.Number(gap)})rotate(-90)\" text-anchor=\"end\"",
            TextPlace.After => $"x=\"{SvgPath.Number(x + gap)}\" y=\"{SvgPath.Number(y - gap)}\"",
            _ => $"x=\"{SvgPath.Number(x - gap)}\" y=\"{SvgPath.Number(y - gap)}\" text-anchor=\"end\"",
        };
        text.Append($"""<text {place} fill="{colour}">{SvgText.Typeset(mark.Text!, ChartStyle.LabelSize)}</text>{"\n"}""");
    }

    private static bool IsFilled(Mark mark) =>
        mark.Shape is MarkShape.Rect or MarkShape.Area || (mark.Shape == MarkShape.Point && !mark.IsHollow);
}
