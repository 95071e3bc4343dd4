namespace Sideband.Reporting.Charts.Svg;

/// <summary>Straight lines along an axis.</summary>
internal static class SvgRules
{
    public static void Add(SvgPath path, PanelFrame frame, IEnumerable<MarkRow> rows)
    {
        var (x, y) = (frame.X, frame.Y);
        foreach (var row in rows)
        {
            if (double.IsNaN(row.Y) && x.Has(row.X))
            {
                path.Segment(x[row.X], 0, x[row.X], frame.Height);
            }
            else if (double.IsNaN(row.X) && y.Has(row.Y))
            {
                path.Segment(0, y[row.Y], frame.Width, y[row.Y]);
            }
            else if (!double.IsNaN(row.Y2) && x.Has(row.X) && y.Within(row.Y) != y.Within(row.Y2))
            {
                path.Segment(x[row.X], y.Within(row.Y), x[row.X], y.Within(row.Y2));
            }
            else if (!double.IsNaN(row.X2) && y.Has(row.Y) && x.Within(row.X) != x.Within(row.X2))
            {
                path.Segment(x.Within(row.X), y[row.Y], x.Within(row.X2), y[row.Y]);
            }
        }
    }
}
