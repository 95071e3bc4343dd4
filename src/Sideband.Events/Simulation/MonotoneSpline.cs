using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// A monotone rational-quadratic spline z(y) through knots with given slopes (Gregory and Delbourgo, IMA J. Numer. Anal. 2, 1982),
/// straight lines outside the knots. Value, slope and inverse are closed formulas.
/// </summary>
/// <param name="knots">y of the knots, rising.</param>
/// <param name="values">z of the knots, rising.</param>
/// <param name="slopes">dz/dy at the knots, positive.</param>
internal sealed class MonotoneSpline(double[] knots, double[] values, double[] slopes)
{
    /// <summary>z(y) and ln dz/dy.</summary>
    public (double Value, double LogSlope) Evaluate(double y)
    {
        var last = knots.Length - 1;
        if (y < knots[0] || y >= knots[last])
        {
            var end = y < knots[0] ? 0 : last;
            return (values[end] + (slopes[end] * (y - knots[end])), PortableMath.Log(slopes[end]));
        }

        // With t the position between two knots, s the secant and d the slopes:
        // z = z0 + (z1 - z0) (s t^2 + d0 t (1-t)) / q,   q = s + (d0 + d1 - 2 s) t (1-t)
        // dz/dy = s^2 (d1 t^2 + 2 s t (1-t) + d0 (1-t)^2) / q^2
        var k = PieceOf(knots, y);
        var (rise, run) = (values[k + 1] - values[k], knots[k + 1] - knots[k]);
        var (d0, d1) = (slopes[k], slopes[k + 1]);
        var s = rise / run;
        var t = (y - knots[k]) / run;
        var u = 1 - t;
        var q = s + ((d0 + d1 - (2 * s)) * t * u);
        var value = values[k] + (rise * ((s * t * t) + (d0 * t * u)) / q);
        var slope = s * s * ((d1 * t * t) + (2 * s * t * u) + (d0 * u * u)) / (q * q);
        return (value, PortableMath.Log(slope));
    }

    /// <summary>y(z).</summary>
    public double Inverse(double z)
    {
        var last = knots.Length - 1;
        if (z < values[0] || z >= values[last])
        {
            var end = z < values[0] ? 0 : last;
            return knots[end] + ((z - values[end]) / slopes[end]);
        }

        // The equation for t is quadratic, a t^2 + b t + c = 0; the form 2c / (-b - sqrt(b^2 - 4ac)) loses no digits.
        var k = PieceOf(values, z);
        var (rise, run) = (values[k + 1] - values[k], knots[k + 1] - knots[k]);
        var (d0, d1) = (slopes[k], slopes[k + 1]);
        var s = rise / run;
        var above = z - values[k];
        var bend = d0 + d1 - (2 * s);
        var a = (rise * (s - d0)) + (above * bend);
        var b = (rise * d0) - (above * bend);
        var c = -s * above;
        var t = 2 * c / (-b - Math.Sqrt(Math.Max(0, (b * b) - (4 * a * c))));
        return knots[k] + (t * run);
    }

    private static int PieceOf(double[] edges, double value)
    {
        var found = Array.BinarySearch(edges, value);
        return Math.Clamp(found >= 0 ? found : ~found - 1, 0, edges.Length - 2);
    }
}
