namespace Sideband.Reporting.Charts.Svg;

/// <summary>Boxes. Those that touch, on a common floor, become one outline: no seam shows between the bins of a histogram.</summary>
internal static class SvgBoxes
{
    public static void Add(SvgPath path, PanelFrame frame, IEnumerable<MarkRow> rows)
    {
        var steps = new List<(double Left, double Right, double Top, double Bottom)>();
        foreach (var row in rows)
        {
            var (left, right) = Ends(frame.X, row.X, row.X2);
            var (top, bottom) = Ends(frame.Y, row.Y, row.Y2);
            if (right <= left || (frame.Panel.Y.IsLogarithmic && bottom <= top))
            {
                continue;
            }

            if (steps.Count > 0 && (Math.Abs(steps[^1].Right - left) > 0.05 || steps[^1].Bottom != bottom))
            {
                Outline(path, steps);
                steps.Clear();
            }

            steps.Add((left, right, top, bottom));
        }

        Outline(path, steps);
    }

    // Pixels of both ends, the smaller first; without places the whole axis.
    private static (double Low, double High) Ends(AxisScale scale, double first, double second)
    {
        if (double.IsNaN(first))
        {
            return (scale.Low, scale.High);
        }

        var (one, other) = (scale.Within(first), scale.Within(second));
        return one < other ? (one, other) : (other, one);
    }

    private static void Outline(SvgPath path, List<(double Left, double Right, double Top, double Bottom)> steps)
    {
        if (steps.Count == 0)
        {
            return;
        }

        var corners = new List<(double, double)> { (steps[0].Left, steps[0].Bottom) };
        foreach (var (left, right, top, _) in steps)
        {
            corners.Add((left, top));
            corners.Add((right, top));
        }

        corners.Add((steps[^1].Right, steps[0].Bottom));
        path.Line(corners, isClosed: true);
    }
}
