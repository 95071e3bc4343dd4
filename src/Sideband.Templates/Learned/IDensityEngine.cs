using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Templates.Learned;

/// <summary>Trains conditional densities and reads those that were saved.</summary>
public interface IDensityEngine
{
    /// <summary>Changes whenever the same options and events would give another density; part of the keys of all that uses it.</summary>
    string Name { get; }

    /// <summary>See <see cref="DensityTrainer.Fit"/>.</summary>
    DensityFit Fit(
        DensityOptions options,
        float[][] features,
        ReadOnlySpan<double> mass,
        RandomStream stream,
        int threads,
        CancellationToken cancellation);

    /// <summary>See <see cref="ConditionalDensities.Load"/>.</summary>
    IConditionalDensity Load(Stream stream);
}

/// <summary>The densities of Sideband.Learning.</summary>
public sealed class LearnedDensities : IDensityEngine
{
    public string Name => "sideband 9";

    public DensityFit Fit(
        DensityOptions options,
        float[][] features,
        ReadOnlySpan<double> mass,
        RandomStream stream,
        int threads,
        CancellationToken cancellation) =>
        DensityTrainer.Fit(options, features, mass, stream, threads, cancellation);

    public IConditionalDensity Load(Stream stream) => ConditionalDensities.Load(stream);
}
