using System.Globalization;
using System.Text;

namespace Sideband.Reporting.Charts.Svg;

/// <summary>The outline of many marks as one path, with a tenth of a pixel as the last digit.</summary>
internal sealed class SvgPath
{
    private readonly StringBuilder _text = new();

    public bool IsEmpty => _text.Length == 0;

    /// <summary>A tenth of a pixel, without what needs not be written.</summary>
    public static string Number(double pixels)
    {
        var text = Math.Round(pixels, 1, MidpointRounding.AwayFromZero).ToString("0.#", CultureInfo.InvariantCulture);
        return text == "-0" ? "0" : text.StartsWith("0.", StringComparison.Ordinal) ? text[1..]
            : text.StartsWith("-0.", StringComparison.Ordinal) ? "-" + text[2..] : text;
    }

    /// <summary>A straight line.</summary>
    public void Segment(double x1, double y1, double x2, double y2) =>
        Add($"M{Number(x1)} {Number(y1)}" + (x1 == x2 ? $"V{Number(y2)}" : y1 == y2 ? $"H{Number(x2)}" : $"L{Number(x2)} {Number(y2)}"));

    /// <summary>A line through points, of which those that fall on the one before are left out.</summary>
    public void Line(IEnumerable<(double X, double Y)> points, bool isClosed = false)
    {
        var (command, last) = ('M', "");
        foreach (var (x, y) in points)
        {
            var place = $"{Number(x)} {Number(y)}";
            if (place != last)
            {
                Add(command + place);
                (command, last) = (' ', place);
            }
        }

        if (isClosed && command == ' ')
        {
            Add("Z");
        }
    }

    /// <summary>The shape of a series, which tells it apart without colour.</summary>
    public static PointSymbol OfSeries(int series) => (PointSymbol)(series % ((int)PointSymbol.TriangleDown + 1));

    /// <summary>A symbol of this area in pixels squared.</summary>
    public void Symbol(double x, double y, double area, PointSymbol symbol)
    {
        var side = Math.Sqrt(area);
        var half = side / 2;
        switch (symbol)
        {
            case PointSymbol.Circle:
                var (r, d) = (Number(half), Number(2 * half));
                Add($"M{Number(x - half)} {Number(y)}a{r} {r} 0 1 0 {d} 0a{r} {r} 0 1 0 -{d} 0Z");
                break;
            case PointSymbol.Square:
                Around(x, y, [(-half, -half), (half, -half), (half, half), (-half, half)]);
                break;
            case PointSymbol.Cross:
                var (arm, thin) = (0.55 * side, 0.19 * side);
                Around(x, y, [
                    (-arm, -thin), (-thin, -thin), (-thin, -arm), (thin, -arm), (thin, -thin), (arm, -thin),
                    (arm, thin), (thin, thin), (thin, arm), (-thin, arm), (-thin, thin), (-arm, thin),
                ]);
                break;
            case PointSymbol.Diamond:
                Around(x, y, [(0, -0.72 * side), (0.52 * side, 0), (0, 0.72 * side), (-0.52 * side, 0)]);
                break;
            case PointSymbol.TriangleUp:
                Around(x, y, [(0, -0.6 * side), (0.6 * side, 0.45 * side), (-0.6 * side, 0.45 * side)]);
                break;
            default:
                Around(x, y, [(0, 0.6 * side), (0.6 * side, -0.45 * side), (-0.6 * side, -0.45 * side)]);
                break;
        }
    }

    public override string ToString() => _text.ToString();

    private void Around(double x, double y, ReadOnlySpan<(double X, double Y)> corners)
    {
        var place = (X: 0.0, Y: 0.0);
        for (var i = 0; i < corners.Length; i++)
        {
            var (dx, dy) = (corners[i].X - place.X, corners[i].Y - place.Y);
            Add(i == 0 ? $"M{Number(x + dx)} {Number(y + dy)}" : $"{(i == 1 ? "l" : " ")}{Number(dx)} {Number(dy)}");
            place = corners[i];
        }

        Add("Z");
    }

    private void Add(string piece) => _text.Append(piece);
}
