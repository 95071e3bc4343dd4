using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Learned;

/// <summary>Tables of events that come from a density or a map, not from a file.</summary>
public static class DrawnEvents
{
    private static readonly EventSource Source = EventSource.Simulated("template");

    /// <summary>A table of drawn events; their identity is their content, as everywhere.</summary>
    /// <param name="like">Names of mass and features are taken from here.</param>
    /// <param name="mass">One an event.</param>
    /// <param name="features">[feature][event].</param>
    public static EventTable Table(EventTable like, double[] mass, float[][] features) =>
        new(like.MassName, mass, like.FeatureNames, features, [Source], new short[mass.Length], [.. Enumerable.Range(0, mass.Length)]);

    /// <summary>One event of a density for each mass.</summary>
    /// <param name="like">Names of mass and features.</param>
    /// <param name="density">p(x | m).</param>
    /// <param name="masses">One an event.</param>
    /// <param name="stream">Their random numbers.</param>
    public static EventTable Of(EventTable like, IConditionalDensity density, double[] masses, RandomStream stream)
    {
        ArgumentNullException.ThrowIfNull(density);
        return Table(like, masses, density.Sample(masses, stream));
    }

    /// <summary>[feature][event], copied.</summary>
    public static float[][] Features(EventTable events) =>
        [.. Enumerable.Range(0, events.FeatureNames.Count).Select(f => events.Feature(f).ToArray())];
}
