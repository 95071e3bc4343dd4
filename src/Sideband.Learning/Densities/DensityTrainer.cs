using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Densities;

/// <summary>Fits conditional densities p(x | m) of any kind.</summary>
public static class DensityTrainer
{
    /// <summary>A training of fewer passes is not shortened.</summary>
    private const int LeastPasses = 8;

    /// <summary>Passes of a shortened training, at least.</summary>
    private const int FewestPasses = 4;

    /// <summary>
    /// Trains a density and calibrates its features with narrow peaks. A training whose loss is not finite is done again once with another
    /// stream, then it is a failure.
    /// </summary>
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
        else if (data.Scaling.IsTransformed)
        {
            fit = Shortened(options, fit, data, streams.Below("attempt 1"), threads, cancellation);
        }

        fit = fit with { Undescribed = mass.Length - data.Events.Count };
        return fit.Density is StandardisedDensity density
            ? fit with
            {
                Density = DensityCalibration.Of(
                    density,
                    data.Scaling,
                    features,
                    mass,
                    streams.Below("calibration"),
                    threads,
                    cancellation),
            }
            : fit;
    }

    /// <summary>
    /// Passes of a training that is repeated because its best pass comes early: twice as many as up to the best one; null where that
    /// would not be fewer.
    /// </summary>
    /// <param name="passes">That were made.</param>
    /// <param name="best">Up to the one of lowest validation loss, from 1.</param>
    internal static int? FewerPasses(int passes, int best)
    {
        var fewer = Math.Max(FewestPasses, 2 * best);
        return passes >= LeastPasses && fewer < passes ? fewer : null;
    }

    /// <summary>
    /// Features that were made normal leave the network little to learn. If the best pass comes early, while the learning rate is high, its
    /// weights are noise beside what fewer passes reach whose learning rate falls to zero: those are made, with the same streams, and the
    /// lower validation loss decides.
    /// </summary>
    private static DensityFit Shortened(
        DensityOptions options, DensityFit fit, FittingData data, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        if (options.Schedule != LearningRateSchedule.Cosine)
        {
            return fit;
        }

        var batch = options.BatchOf(data.Training.Length);
        while (FewerPasses(fit.ValidationLoss.Count, BestPass(fit)) is { } passes)
        {
            var shorter = Fit(options with { Epochs = passes, FewEvents = 0, BatchSize = batch }, data, streams, threads, cancellation);
            if (!shorter.Succeeded || KeptLoss(shorter) > KeptLoss(fit))
            {
                return fit;
            }

            fit = shorter;
        }

        return fit;
    }

    // From 1.
    private static int BestPass(DensityFit fit) =>
        1 + Enumerable.Range(0, fit.ValidationLoss.Count).MinBy(pass => fit.ValidationLoss[pass]);

    private static double KeptLoss(DensityFit fit) => fit.ValidationLoss[fit.PooledEpochs[0]];

    private static DensityFit Fit(
        DensityOptions options,
        FittingData data,
        NamedStreams streams,
        int threads,
        CancellationToken cancellation) =>
        options.Kind switch
        {
            DensityKind.FlowMatching => FlowMatchingFit.Fit(options, data, streams, threads, cancellation),
            _ => FlowFit.Fit(options, data, streams, threads, cancellation),
        };
}
