using System.Text;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>The legend of a chart, above it: one entry a name, in as many rows as they need.</summary>
internal sealed class SvgLegend
{
    private const double RowHeight = 19;
    private const double GapBelow = 6;
    private const double Between = 18;
    private const double SymbolGap = 6;
    private const double LineLength = 26;
    private const double BoxSide = 11;
    private const double SymbolArea = 64;

    private readonly (Entry Entry, double X, int Row)[] _entries;

    private SvgLegend((Entry Entry, double X, int Row)[] entries) => _entries = entries;

    public double Height => _entries.Length == 0 ? 0 : ((_entries[^1].Row + 1) * RowHeight) + GapBelow;

    public static SvgLegend Of(Chart chart, double width)
    {
        var (placed, x, row) = (new List<(Entry, double, int)>(), 0.0, 0);
        foreach (var entry in Entries(chart))
        {
            var length = entry.SymbolWidth + SymbolGap + SvgText.Width(entry.Name, ChartStyle.LabelSize);
            if (x > 0 && x + length > width)
            {
                (x, row) = (0, row + 1);
            }

            placed.Add((entry, x, row));
            x += length + Between;
        }

        return new SvgLegend([.. placed]);
    }

    public string Markup(double left, double top)
    {
        var text = new StringBuilder();
        foreach (var (entry, x, row) in _entries)
        {
            var (start, middle) = (left + x, top + ((row + 0.5) * RowHeight));
            entry.Append(text, start, middle);
            var (words, line) = (SvgPath.Number(start + entry.SymbolWidth + SymbolGap), SvgPath.Number(middle + 4.3));
            text.Append($"""<text x="{words}" y="{line}">{SvgText.Typeset(entry.Name, ChartStyle.LabelSize)}</text>{"\n"}""");
        }

        return text.ToString();
    }

    // Boxes first, as they lie behind; then marks of one colour, then series.
    private static IEnumerable<Entry> Entries(Chart chart)
    {
        var marks = chart.Panels.SelectMany(panel => panel.Marks).ToArray();
        foreach (var mark in marks.Where(mark => mark.Legend is not null).DistinctBy(mark => mark.Legend)
            .OrderBy(mark => mark.Shape is MarkShape.Rect or MarkShape.Area ? 0 : 1))
        {
            yield return new Entry(mark.Legend!, mark.Colour!, mark, 0);
        }

        foreach (var panel in chart.Panels.Where(panel => panel.Series is not null).Take(1))
        {
            // The mark that tells most: a line, else a symbol, else what there is.
            var shown = panel.Marks.Where(mark => mark.Colour is null && !mark.IsAnnotation)
                .OrderBy(mark => mark.Shape switch { MarkShape.Line => 0, MarkShape.Point => mark.IsHollow ? 2 : 1, _ => 3 })
                .First();
            foreach (var (i, name) in panel.Series!.Names.Index())
            {
                yield return new Entry(name, ChartColours.OfSeries(i), shown, i);
            }
        }
    }

    private sealed record Entry(string Name, string Colour, Mark Mark, int Series)
    {
        public double SymbolWidth => Mark.Shape is MarkShape.Line or MarkShape.Rule ? LineLength : BoxSide;

        public void Append(StringBuilder text, double x, double middle)
        {
            var path = new SvgPath();
            switch (Mark.Shape)
            {
                case MarkShape.Line or MarkShape.Rule:
                    path.Segment(x, middle, x + LineLength, middle);
                    text.Append(SvgMarks.Stroked(path, Colour, Mark, Series));
                    break;
                case MarkShape.Point:
                    path.Symbol(x + (BoxSide / 2), middle, SymbolArea, SvgPath.OfSeries(Series));
                    text.Append(SvgMarks.Filled(path, Colour, 1));
                    break;
                default:
                    var (right, above, below) = (x + BoxSide, middle - (BoxSide / 2), middle + (BoxSide / 2));
                    path.Line([(x, above), (right, above), (right, below), (x, below)], isClosed: true);
                    text.Append(SvgMarks.Filled(path, Colour, Mark.Opacity));
                    break;
            }
        }
    }
}
