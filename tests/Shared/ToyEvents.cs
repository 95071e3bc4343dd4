using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Tests;

/// <summary>
/// Small tables whose density is known: mass m even in [3, 7), background with standard normal x and y, signal with m = 5.0 +- 0.1 and
/// x, y = 1.5 +- 0.5.
/// </summary>
internal static class ToyEvents
{
    /// <summary>Labelled background; <paramref name="slope"/> adds slope (m - 5) to x.</summary>
    public static EventTable Background(string name, int count, double slope = 0) =>
        Table(name, count, 0, random => (3 + (4 * random.NextDouble()), random.NextGaussian(), random.NextGaussian()), slope);

    /// <summary>Background whose features, each distributed as before, are correlated.</summary>
    public static EventTable Correlated(string name, int count, double correlation) => Table(
        name,
        count,
        0,
        random =>
        {
            var (m, x, y) = (3 + (4 * random.NextDouble()), random.NextGaussian(), random.NextGaussian());
            return (m, x, (correlation * x) + (Math.Sqrt(1 - (correlation * correlation)) * y));
        },
        0);

    /// <summary>Labelled signal.</summary>
    public static EventTable Signal(string name, int count) => Table(
        name,
        count,
        1,
        random => (5 + (0.1 * random.NextGaussian()), 1.5 + (0.5 * random.NextGaussian()), 1.5 + (0.5 * random.NextGaussian())),
        0);

    private static EventTable Table(
        string name, int count, byte label, Func<RandomStream, (double M, double X, double Y)> draw, double slope)
    {
        var random = RandomStream.For(1, name);
        var (mass, x, y) = (new double[count], new float[count], new float[count]);
        for (var i = 0; i < count; i++)
        {
            var drawn = draw(random);
            (mass[i], x[i], y[i]) = (drawn.M, (float)(drawn.X + (slope * (drawn.M - 5))), (float)drawn.Y);
        }

        return new EventTable(
            "m",
            mass,
            ["x", "y"],
            [x, y],
            [EventSource.Simulated(name)],
            new short[count],
            [.. Enumerable.Range(0, count)],
            [.. Enumerable.Repeat(label, count)]);
    }
}
