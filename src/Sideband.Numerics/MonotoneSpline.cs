namespace Sideband.Numerics;

/// <summary>
/// A rising curve y(x) through points with given slopes, smooth to its first derivative: rational-quadratic pieces (Gregory and Delbourgo,
/// IMA J. Numer. Anal. 2 (1982) 123), straight lines outside of the points. Value, slope and inverse are closed formulas.
/// </summary>
/// <param name="x">Rising, at least two.</param>
/// <param name="y">Rising, as many.</param>
/// <param name="slopes">dy/dx at the points, above 0, as many.</param>
public sealed class MonotoneSpline(double[] x, double[] y, double[] slopes)
{
    public ReadOnlySpan<double> X => x;

    public ReadOnlySpan<double> Y => y;

    public ReadOnlySpan<double> Slopes => slopes;

    /// <summary>
    /// A curve whose slopes at the points are the geometric means of the neighbouring chords, weighted by the nearness of their ends, and
    /// at the ends such that the slope goes on changing as it does.
    /// </summary>
    /// <param name="x">Rising, at least two.</param>
    /// <param name="y">Rising, as many.</param>
    public static MonotoneSpline Through(double[] x, double[] y)
    {
        ArgumentNullException.ThrowIfNull(x);
        ArgumentNullException.ThrowIfNull(y);
        var cells = x.Length - 1;
        var logs = new double[cells];
        for (var k = 0; k < cells; k++)
        {
            logs[k] = PortableMath.Log((y[k + 1] - y[k]) / (x[k + 1] - x[k]));
        }

        var slopes = new double[cells + 1];
        for (var k = 1; k < cells; k++)
        {
            var (before, behind) = (x[k] - x[k - 1], x[k + 1] - x[k]);
            slopes[k] = PortableMath.Exp(((behind * logs[k - 1]) + (before * logs[k])) / (before + behind));
        }

        // A chord's slope is about the geometric mean of those at its ends.
        double AtEnd(int cell, int inner) =>
            cells == 1 ? PortableMath.Exp(logs[0]) : PortableMath.Exp((2 * logs[cell]) - PortableMath.Log(slopes[inner]));
        (slopes[0], slopes[cells]) = (AtEnd(0, 1), AtEnd(cells - 1, cells - 1));
        return new MonotoneSpline(x, y, slopes);
    }

    /// <summary>y of an x, and dy/dx.</summary>
    public double Forward(double at, out double slope)
    {
        if (EndBeyond(x, at) is { } end)
        {
            slope = slopes[end];
            return y[end] + (slope * (at - x[end]));
        }

        // With t the position between two points, s the chord's slope and d the slopes at its ends:
        // y = y0 + (y1 - y0) (s t^2 + d0 t (1-t))/q,   q = s + (d0 + d1 - 2 s) t (1-t)
        // dy/dx = s^2 (d1 t^2 + 2 s t (1-t) + d0 (1-t)^2)/q^2
        var k = CellOf(x, at);
        var (width, height) = (x[k + 1] - x[k], y[k + 1] - y[k]);
        var (d0, d1) = (slopes[k], slopes[k + 1]);
        var (s, t) = (height / width, (at - x[k]) / width);
        var (a, b) = (t * t, t * (1 - t));
        var q = s + ((d1 + d0 - (2 * s)) * b);
        slope = s * s * ((d1 * a) + (2 * s * b) + (d0 * (1 - t) * (1 - t))) / (q * q);
        return y[k] + (height * ((s * a) + (d0 * b)) / q);
    }

    /// <summary>x of a y.</summary>
    public double Inverse(double at)
    {
        if (EndBeyond(y, at) is { } end)
        {
            return x[end] + ((at - y[end]) / slopes[end]);
        }

        // The equation for t is quadratic, a t^2 + b t + c = 0; the form -2c/(b + sqrt(b^2 - 4ac)) loses no digits.
        var k = CellOf(y, at);
        var (width, height, above) = (x[k + 1] - x[k], y[k + 1] - y[k], at - y[k]);
        var s = height / width;
        var bend = slopes[k + 1] + slopes[k] - (2 * s);
        var (a, b, c) = ((height * (s - slopes[k])) + (above * bend), (height * slopes[k]) - (above * bend), -s * above);
        return x[k] + (width * (-2 * c / (b + Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))))));
    }

    private static int? EndBeyond(double[] points, double at) =>
        at < points[0] ? 0
        : at >= points[^1] ? points.Length - 1
        : null;

    private static int CellOf(double[] points, double at)
    {
        var found = Array.BinarySearch(points, at);
        return Math.Clamp(found < 0 ? ~found - 1 : found, 0, points.Length - 2);
    }
}
