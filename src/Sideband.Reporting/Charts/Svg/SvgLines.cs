namespace Sideband.Reporting.Charts.Svg;

/// <summary>Lines and bands, one a value of the detail column, from left to right. What leaves the panel is cut at its edge.</summary>
internal static class SvgLines
{
    public static void Add(SvgPath path, PanelFrame frame, Mark mark, IEnumerable<MarkRow> rows)
    {
        foreach (var line in rows.Where(row => frame.X.Has(row.X)).GroupBy(row => row.Detail))
        {
            MarkRow[] ordered = [.. line.OrderBy(row => row.X)];
            if (mark.Shape == MarkShape.Area)
            {
                path.Line(
                    ordered.Select(row => (frame.X[row.X], frame.Y.Within(row.Y2)))
                        .Concat(ordered.Reverse().Select(row => (frame.X[row.X], frame.Y.Within(row.Y)))),
                    isClosed: true);
                continue;
            }

            AddWithin(path, frame, [.. ordered.Select(row => (frame.X[row.X], frame.Y[row.Y]))]);
        }
    }

    // The pieces of a line between the upper and the lower edge.
    private static void AddWithin(SvgPath path, PanelFrame frame, (double X, double Y)[] points)
    {
        var piece = new List<(double, double)>();
        for (var i = 0; i < points.Length; i++)
        {
            var isInside = points[i].Y >= 0 && points[i].Y <= frame.Height;
            piece.AddRange(i == 0 ? [] : Crossings(points[i - 1], points[i], frame.Height));
            if (isInside)
            {
                piece.Add(points[i]);
            }
            else
            {
                End();
            }
        }

        End();

        void End()
        {
            if (piece.Count > 1)
            {
                path.Line(piece);
            }

            piece.Clear();
        }
    }

    // Where the straight line from one point to the next crosses an edge, in the order of the way.
    private static IEnumerable<(double X, double Y)> Crossings((double X, double Y) from, (double X, double Y) to, double height) =>
        ((double[])[0, height])
            .Where(edge => (from.Y < edge && to.Y > edge) || (from.Y > edge && to.Y < edge))
            .Select(edge => (Part: (edge - from.Y) / (to.Y - from.Y), Edge: edge))
            .OrderBy(crossing => crossing.Part)
            .Select(crossing => (from.X + (crossing.Part * (to.X - from.X)), crossing.Edge));
}
