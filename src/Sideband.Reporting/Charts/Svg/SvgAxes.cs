using System.Text;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>Frame, ticks, labels and titles of a panel.</summary>
internal static class SvgAxes
{
    private const double LabelGap = 3;
    private const double TitleGap = 7;
    private const double SideTitleGap = 10;
    private const double MinorTick = 3;

    // Height of digits and of capital letters, of the font's size.
    private const double CapHeight = 0.72;

    public static double RoomLeft(Panel panel) =>
        ChartStyle.TickLength + LabelGap + LabelWidth(panel.Y) + (panel.Y.Title.Length > 0 ? SideTitleGap + ChartStyle.TitleSize : 0);

    /// <summary>What the last label of the horizontal axis needs beyond its end.</summary>
    public static double RoomRight(Panel panel, double width)
    {
        var scale = new AxisScale(panel.X, 0, width);
        return panel.X.Ticks.Zip(panel.X.Labels(), (tick, label) => scale[tick] + (0.5 * TextWidth.Of(label, ChartStyle.LabelSize)) - width)
            .DefaultIfEmpty(0)
            .Max();
    }

    public static double RoomBelow(Panel panel) =>
        ChartStyle.TickLength + LabelGap + ChartStyle.LabelSize + (panel.X.Title.Length > 0 ? TitleGap + ChartStyle.TitleSize : 0);

    /// <param name="text">Where the markup goes.</param>
    /// <param name="frame">The panel.</param>
    /// <param name="room">The room on the left: titles stand at its outer end, so that those of all panels are in line.</param>
    public static void Append(StringBuilder text, PanelFrame frame, double room)
    {
        var (panel, ticks) = (frame.Panel, new SvgPath());
        ticks.Line([(0, 0), (frame.Width, 0), (frame.Width, frame.Height), (0, frame.Height)], isClosed: true);
        foreach (var tick in panel.X.Ticks.Where(frame.X.Has))
        {
            ticks.Segment(frame.X[tick], frame.Height, frame.X[tick], frame.Height + ChartStyle.TickLength);
        }

        foreach (var tick in panel.Y.Ticks.Where(frame.Y.Has))
        {
            ticks.Segment(0, frame.Y[tick], -ChartStyle.TickLength, frame.Y[tick]);
        }

        foreach (var tick in Minor(panel.X))
        {
            ticks.Segment(frame.X[tick], frame.Height, frame.X[tick], frame.Height + MinorTick);
        }

        foreach (var tick in Minor(panel.Y))
        {
            ticks.Segment(0, frame.Y[tick], -MinorTick, frame.Y[tick]);
        }

        text.Append($"""<path fill="none" stroke="{ChartColours.Soft}" d="{ticks}"/>{"\n"}""");
        AppendLabels(text, frame);
        var middle = SvgPath.Number(frame.Height / 2);
        var size = ChartStyle.TitleSize;
        if (panel.Y.Title.Length > 0)
        {
            AppendTitle(text, $"transform=\"translate({SvgPath.Number(size - room)} {middle})rotate(-90)\"", panel.Y.Title);
        }

        if (panel.X.Title.Length > 0)
        {
            var y = SvgPath.Number(frame.Height + RoomBelow(panel) - (size * (1 - CapHeight)));
            AppendTitle(text, $"x=\"{SvgPath.Number(frame.Width / 2)}\" y=\"{y}\"", panel.X.Title);
        }
    }

    private static void AppendTitle(StringBuilder text, string place, string title)
    {
        var (size, words) = (ChartStyle.TitleSize, SvgText.Typeset(title, ChartStyle.TitleSize));
        text.Append($"""<text {place} text-anchor="middle" font-size="{size}">{words}</text>{"\n"}""");
    }

    private static void AppendLabels(StringBuilder text, PanelFrame frame)
    {
        var (x, y) = (frame.Panel.X, frame.Panel.Y);
        var down = SvgPath.Number(frame.Height + ChartStyle.TickLength + LabelGap + (CapHeight * ChartStyle.LabelSize));
        if (x.HasLabels)
        {
            text.Append("<g text-anchor=\"middle\">");
            foreach (var (tick, label) in x.Ticks.Zip(x.Labels()).Where(entry => frame.X.Has(entry.First)))
            {
                text.Append($"""<text x="{SvgPath.Number(frame.X[tick])}" y="{down}">{SvgText.Encoded(label)}</text>""");
            }

            text.Append("</g>\n");
        }

        var left = SvgPath.Number(-ChartStyle.TickLength - LabelGap);
        text.Append("<g text-anchor=\"end\">");
        foreach (var (tick, label) in y.Ticks.Zip(y.Labels()).Where(entry => frame.Y.Has(entry.First)))
        {
            var line = SvgPath.Number(frame.Y[tick] + (0.5 * CapHeight * ChartStyle.LabelSize));
            text.Append($"""<text x="{left}" y="{line}">{SvgText.Encoded(label)}</text>""");
        }

        text.Append("</g>\n");
    }

    private static double LabelWidth(Axis axis) =>
        axis.Labels().Select(label => TextWidth.Of(label, ChartStyle.LabelSize)).DefaultIfEmpty(0).Max();

    // 2 to 9 times each power of ten, where powers of ten are the ticks.
    private static IEnumerable<double> Minor(Axis axis)
    {
        if (!axis.IsLogarithmic || axis.Ticks.Count < 2 || axis.Ticks[1] < 9.9 * axis.Ticks[0] || axis.High / axis.Low > 1e7)
        {
            return [];
        }

        var first = (int)Math.Floor(Math.Log10(axis.Low));
        var decades = (int)Math.Ceiling(Math.Log10(axis.High)) - first;
        return Enumerable.Range(first, decades + 1)
            .SelectMany(decade => Enumerable.Range(2, 8).Select(step => Digits.Round(step * Math.Pow(10, decade))))
            .Where(tick => tick > axis.Low && tick < axis.High);
    }
}
