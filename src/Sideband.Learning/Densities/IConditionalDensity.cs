using Sideband.Numerics;

namespace Sideband.Learning.Densities;

/// <summary>
/// A learned density p(x | m) of the features x at mass m, with the map between features and latent variables z ~ N(0, 1) where it
/// has one. All in the features' own units: preprocessing and its Jacobian are inside.
/// </summary>
/// <remarks>
/// Feature arrays are [feature][event]; masses are in the unit of the mass column. Safe for several threads at once. A value that many
/// events share (a count, the zero of
/// an absent object, a sentinel) has an interval of its own inside, in which each event has a random place that belongs to its mass, its
/// features and its ordinal among
/// equal events of the same call. p is then a density of that place, in (0, 1): its integral over the places is the probability of the
/// value.
/// Samples come back exactly onto such values; mapped once more, they get a fresh place.
/// </remarks>
public interface IConditionalDensity
{
    int FeatureCount { get; }

    /// <summary>Natural logarithm of p(x | m) of each event; negative infinity where x lies outside of what can be described.</summary>
    /// <param name="features">[feature][event].</param>
    /// <param name="mass">One an event.</param>
    /// <param name="logDensity">Written, one an event.</param>
    void LogDensity(float[][] features, ReadOnlySpan<double> mass, Span<double> logDensity);

    /// <summary>One event of p(x | m) for each mass; the same numbers for any number of threads.</summary>
    /// <returns>[feature][event].</returns>
    float[][] Sample(ReadOnlySpan<double> mass, RandomStream stream);

    /// <summary>z of each event, standard normal where the density is right.</summary>
    /// <returns>[feature][event]; NaN where x lies outside of what can be described.</returns>
    float[][] ToLatent(float[][] features, ReadOnlySpan<double> mass);

    /// <summary>The inverse of <see cref="ToLatent"/>; where a value is repeated, every place of its interval gives the value.</summary>
    float[][] FromLatent(float[][] latent, ReadOnlySpan<double> mass);

    /// <summary>Writes all that is needed to make the density again, bit for bit.</summary>
    void Save(Stream stream);
}
