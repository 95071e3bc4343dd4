using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Flows;
using Sideband.Learning.Networks;

namespace Sideband.Learning.Transport;

/// <summary>
/// A transport between two learned densities (arXiv:2212.11285, section II B; arXiv:2305.04646): first a flow learns the density
/// p_base(x | m) of the sources, then coupling splines T learn to carry it to the targets, by maximum likelihood:
/// loss = -(ln p_base(T^-1(x)) + ln |det dT^-1/dx|) over target events x. T knows the target's mass, or it and another mass, at which the
/// base density is taken. It begins as the identity.
/// </summary>
internal static class SplineTransport
{
    public static TransportFit Train(
        TransportOptions options, PairedEvents events, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        var (density, failure) = LearnBase(options, events, streams.Below("base density"), threads, cancellation);
        if (density is null)
        {
            return TransportFit.Failed($"base density: {failure}");
        }

        var shape = new FlowShape(
            DensityKind.Spline, events.Targets.Dimensions, options.HiddenWidth, options.Blocks, options.SplineBins, Coupling: true)
        {
            Masses = events.MassesOfPair,
            BeginsAsIdentity = true,
        };
        var network = FlowNetwork.Create(shape);
        network.Initialise(streams["weights"]);
        var model = new SplineTransportTraining(network, density, events, streams["masses"], streams["validation"]);
        var outcome = new Trainer(model, options.ToSettings(events.Training.Length), [.. events.Training], events.Validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is not null)
        {
            return TransportFit.Failed(outcome.Failure);
        }

        network.Restore(outcome.Snapshots[0]);
        return new TransportFit(
            new EventTransport(events.Scaling, events.MassScaling, new SplineMap(network)),
            null,
            outcome.TrainingLoss,
            outcome.ValidationLoss);
    }

    /// <summary>The density of the sources in standardised features, in the epoch of lowest validation loss.</summary>
    private static (FlowNetwork? Density, string? Failure) LearnBase(
        TransportOptions options, PairedEvents events, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        var (training, validation) = ((int[])[.. events.Training], events.Validation);
        if (events.Sources != events.Targets)
        {
            int[] rows = [.. Enumerable.Range(0, events.Sources.Count)];
            streams["split"].Shuffle(rows.AsSpan());
            var held = Math.Clamp((int)(rows.Length * options.ValidationFraction), 1, rows.Length - 1);
            (training, validation) = (rows[held..], rows[..held]);
        }

        var density = FlowNetwork.Create(FlowShape.Of(options.Base!, events.Sources.Dimensions));
        density.Initialise(streams["weights"]);
        var settings = options.Base!.ToSettings(training.Length) with { PooledEpochs = 1 };
        var outcome = new Trainer(new FlowTraining(density, events.Sources), settings, training, validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is null)
        {
            density.Restore(outcome.Snapshots[0]);
        }

        return outcome.Failure is null ? (density, null) : (null, outcome.Failure);
    }
}
