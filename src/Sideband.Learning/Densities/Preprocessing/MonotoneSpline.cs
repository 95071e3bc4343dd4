using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// A rising curve through points, smooth to its first derivative: rational-quadratic pieces (Gregory and Delbourgo, IMA J. Numer. Anal. 2
/// (1982) 123),
/// which have an inverse in closed form.
/// </summary>
/// <param name="x">Rising, at least two.</param>
/// <param name="y">Rising, as many.</param>
/// <param name="slope">dy/dx at the points, above 0.</param>
internal sealed class MonotoneSpline(double[] x, double[] y, double[] slope)
{
    public double Low => x[0];

    public double High => x[^1];

    /// <summary>
    /// A curve whose slopes at the points are the geometric means of the neighbouring chords, weighted by the nearness of their ends, and
    /// at the ends such that the slope goes on changing as it does.
    /// </summary>
    public static MonotoneSpline Through(double[] x, double[] y)
    {
        var cells = x.Length - 1;
        var logs = new double[cells];
        for (var k = 0; k < cells; k++)
        {
            logs[k] = PortableMath.Log((y[k + 1] - y[k]) / (x[k + 1] - x[k]));
        }

        var slope = new double[cells + 1];
        for (var k = 1; k < cells; k++)
        {
            var (before, behind) = (x[k] - x[k - 1], x[k + 1] - x[k]);
            slope[k] = PortableMath.Exp(((behind * logs[k - 1]) + (before * logs[k])) / (before + behind));
        }

        // A chord's slope is about the geometric mean of those at its ends.
        double AtEnd(int cell, int inner) =>
            cells == 1 ? PortableMath.Exp(logs[0]) : PortableMath.Exp((2 * logs[cell]) - PortableMath.Log(slope[inner]));
        (slope[0], slope[cells]) = (AtEnd(0, 1), AtEnd(cells - 1, cells - 1));
        return new MonotoneSpline(x, y, slope);
    }

    /// <summary>y of an x between the ends, and dy/dx.</summary>
    public double Forward(double at, out double derivative)
    {
        var k = CellOf(x, at);
        var (width, height) = (x[k + 1] - x[k], y[k + 1] - y[k]);
        var (chord, t) = (height / width, (at - x[k]) / width);
        var (a, b) = (t * t, t * (1 - t));
        var bottom = chord + ((slope[k + 1] + slope[k] - (2 * chord)) * b);
        derivative = chord * chord * ((slope[k + 1] * a) + (2 * chord * b) + (slope[k] * (1 - t) * (1 - t))) / (bottom * bottom);
        return y[k] + (height * ((chord * a) + (slope[k] * b)) / bottom);
    }

    /// <summary>x of a y between the ends.</summary>
    public double Inverse(double at)
    {
        var k = CellOf(y, at);
        var (width, height, v) = (x[k + 1] - x[k], y[k + 1] - y[k], at - y[k]);
        var chord = height / width;
        var bend = slope[k + 1] + slope[k] - (2 * chord);
        var (a, b, c) = ((height * (chord - slope[k])) + (v * bend), (height * slope[k]) - (v * bend), -chord * v);
        return x[k] + (width * (2 * -c / (b + Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))))));
    }

    public void Save(BinaryWriter writer)
    {
        writer.Write(x.Length);
        foreach (var numbers in (double[][])[x, y, slope])
        {
            writer.WriteAll(numbers);
        }
    }

    public static MonotoneSpline Load(BinaryReader reader)
    {
        var count = reader.ReadInt32();
        return new MonotoneSpline(reader.ReadDoubles(count), reader.ReadDoubles(count), reader.ReadDoubles(count));
    }

    private static int CellOf(double[] points, double at)
    {
        var found = Array.BinarySearch(points, at);
        return Math.Clamp(found < 0 ? ~found - 1 : found, 0, points.Length - 2);
    }
}
