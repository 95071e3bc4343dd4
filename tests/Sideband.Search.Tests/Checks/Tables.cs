using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Settings;

namespace Sideband.Search.Tests.Checks;

/// <summary>Tables of falling mass, 200 + exponential(150), and two features, with the windows of 60 that they are searched in.</summary>
internal static class Tables
{
    public const int Count = 40_000;

    /// <summary>Windows centred at 300, 360, 420, 480.</summary>
    public static SearchSettings Settings(string method = "cwola", params (string Key, string Text)[] more) => Toy.Settings(
        [("windows", "300:480:60:60"), ("sideband", "30"), ("method", method), ("systematics", "none"), .. more]);

    /// <summary>A table of given features; a mass for which they give null is left out.</summary>
    public static EventTable Make(Func<double, RandomStream, (double X, double Y)?> features, ulong seed = 1, int count = Count)
    {
        var random = RandomStream.For(seed, "table");
        var (mass, x, y) = (new List<double>(), new List<float>(), new List<float>());
        for (var i = 0; i < count; i++)
        {
            var m = 200 - (150 * Math.Log(1 - random.NextDouble()));
            if (features(m, random) is { } taken)
            {
                mass.Add(m);
                x.Add((float)taken.X);
                y.Add((float)taken.Y);
            }
        }

        return Of([.. mass], [.. x], [.. y]);
    }

    public static EventTable Of(double[] mass, float[] x, float[] y) => new EventTable(
        "m",
        mass,
        ["x", "y"],
        [x, y],
        [EventSource.Simulated("table")],
        new short[mass.Length],
        [.. Enumerable.Range(0, mass.Length)]).Canonical();

    /// <summary>The same events, in the same order, out of another file.</summary>
    public static EventTable From(string source, EventTable events) => new(
        events.MassName,
        events.Mass.ToArray(),
        events.FeatureNames,
        [.. Enumerable.Range(0, events.FeatureNames.Count).Select(f => events.Feature(f).ToArray())],
        [EventSource.Simulated(source)],
        new short[events.Count],
        [.. Enumerable.Range(0, events.Count)]);

    /// <summary>Two features that know nothing of the mass.</summary>
    public static (double X, double Y)? Independent(double _, RandomStream random) => (random.NextGaussian(), random.NextDouble());

    /// <summary>Events of the table, and its first ones once more.</summary>
    public static EventTable Repeated(EventTable events, double fraction)
    {
        // Every event at a random place, so that copies are of all masses.
        int[] order = [.. Enumerable.Range(0, events.Count)];
        RandomStream.For(2, "copies").Shuffle<int>(order);
        return events.Select([.. order, .. order[..(int)(fraction * events.Count)]]).Canonical();
    }

    /// <summary>Masses and features in whole steps.</summary>
    public static EventTable Rounded(EventTable events, double massStep, double featureStep)
    {
        static float[] Round(ReadOnlySpan<float> values, double step) =>
            Array.ConvertAll(values.ToArray(), value => (float)(Math.Round(value / step) * step));

        return Of(
            Array.ConvertAll(events.Mass.ToArray(), value => Math.Round(value / massStep) * massStep),
            Round(events.Feature(0), featureStep),
            Round(events.Feature(1), featureStep));
    }
}
