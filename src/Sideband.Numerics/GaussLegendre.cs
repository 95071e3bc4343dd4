using System.Collections.Concurrent;

namespace Sideband.Numerics;

/// <summary>
/// Gauss-Legendre quadrature: n points integrate polynomials of degree 2n - 1 exactly, and smooth functions to all digits. Roots of the
/// Legendre polynomial by Newton's method, with the same bits everywhere.
/// </summary>
public sealed class GaussLegendre
{
    private static readonly ConcurrentDictionary<int, GaussLegendre> Rules = new();

    private readonly double[] _nodes; // ascending, in (-1, 1)
    private readonly double[] _weights; // above 0, sum 2

    private GaussLegendre(int points)
    {
        _nodes = new double[points];
        _weights = new double[points];
        for (var i = 0; i < (points + 1) / 2; i++)
        {
            var x = Cosine(Math.PI * (i + 0.75) / (points + 0.5));
            var slope = 0.0;
            for (var step = 0; step < 8; step++)
            {
                (var value, slope) = Legendre(points, x);
                x -= value / slope;
            }

            x = (2 * i) + 1 == points ? 0 : x;
            (_nodes[i], _nodes[points - 1 - i]) = (-x, x);
            _weights[i] = _weights[points - 1 - i] = 2 / ((1 - (x * x)) * slope * slope);
        }
    }

    /// <summary>Number of points.</summary>
    public int Points => _nodes.Length;

    /// <summary>The rule of a number of points; kept once made.</summary>
    /// <param name="points">At least 1.</param>
    public static GaussLegendre Of(int points)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(points, 1);
        return Rules.GetOrAdd(points, count => new GaussLegendre(count));
    }

    /// <summary>Point <paramref name="i"/> of the rule on [low, high], ascending, and its weight; the weights sum to high - low.</summary>
    public (double X, double Weight) At(int i, double low, double high)
    {
        var half = 0.5 * (high - low);
        return ((0.5 * (low + high)) + (half * _nodes[i]), half * _weights[i]);
    }

    // P_n and P_n' from the three-term recurrence.
    private static (double Value, double Slope) Legendre(int n, double x)
    {
        var (before, value) = (1.0, x);
        for (var k = 2; k <= n; k++)
        {
            (before, value) = (value, ((((2 * k) - 1) * x * value) - ((k - 1) * before)) / k);
        }

        return (value, n * ((x * value) - before) / ((x * x) - 1));
    }

    // Taylor series on [0, pi/2]: Newton's start needs no more, and the C library's cosine differs between machines.
    private static double Cosine(double x)
    {
        var (sum, term) = (1.0, 1.0);
        for (var k = 2; k <= 24; k += 2)
        {
            term *= -x * x / (k * (k - 1));
            sum += term;
        }

        return sum;
    }
}
