using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Densities;

/// <summary>Fits conditional densities p(x | m) of any kind.</summary>
public static class DensityTrainer
{
    /// <summary>Trains a density and calibrates its features with narrow peaks. A training whose loss is not finite is done again once with another stream, then it is a failure.</summary>
    /// <param name="options">What to train and how.</param>
    /// <param name="features">[feature][event], in their own units.</param>
    /// <param name="mass">One an event.</param>
    /// <param name="stream">Splits and shuffles the events, and draws weights and noise.</param>
    /// <param name="threads">At least 1; any number gives the same bits.</param>
    /// <param name="cancellation">Looked at before each training step and each mass of the calibration.</param>
    /// <exception cref="ArgumentException">An option out of range, or arrays of different lengths.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static DensityFit Fit(
        DensityOptions options,
        float[][] features,
        ReadOnlySpan<double> mass,
        RandomStream stream,
        int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(features);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        options.Validate();
        foreach (var column in features)
        {
            if (column.Length != mass.Length)
            {
                throw new ArgumentException($"a feature has {column.Length} events, the mass {mass.Length}");
            }
        }

        cancellation.ThrowIfCancellationRequested();
        if (features.Length == 0)
        {
            return DensityFit.Failed("no feature to learn a density of");
        }

        var streams = new NamedStreams(stream.NextUInt64());
        var (data, problem) = FittingData.Of(features, mass, options.ValidationFraction, streams["split"]);
        if (data is null)
        {
            return DensityFit.Failed(problem!);
        }

        var fit = Fit(options, data, streams.Below("attempt 1"), threads, cancellation);
        if (!fit.Succeeded)
        {
            var second = Fit(options, data, streams.Below("attempt 2"), threads, cancellation);
            fit = second.Succeeded ? second : DensityFit.Failed($"{fit.Failure}; with another random stream: {second.Failure}");
        }

        return fit.Density is StandardisedDensity density
            ? fit with { Density = DensityCalibration.Of(density, data.Scaling, features, mass, streams.Below("calibration"), threads, cancellation) }
            : fit;
    }

    private static DensityFit Fit(DensityOptions options, FittingData data, NamedStreams streams, int threads, CancellationToken cancellation) =>
        options.Kind switch
        {
            DensityKind.FlowMatching => FlowMatchingFit.Fit(options, data, streams, threads, cancellation),
            _ => FlowFit.Fit(options, data, streams, threads, cancellation),
        };
}
