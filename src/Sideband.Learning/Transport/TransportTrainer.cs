using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Transport;

/// <summary>
/// Learns transports. By flow matching between events (Tong et al., arXiv:2302.00482): the velocity of the straight paths between the two
/// events of a pair, whose flow carries the one distribution into the other. Or by splines under a learned density of the sources
/// (<see cref="SplineTransport"/>).
/// </summary>
public static class TransportTrainer
{
    private const int CalibrationRows = 512;

    /// <summary>Carries source events to the distribution that the target events have at their mass (FETA, arXiv:2212.11285).</summary>
    /// <param name="options">How to train.</param>
    /// <param name="source">Events outside of the signal region, on both sides of it; for splines also inside of it.</param>
    /// <param name="target">Events outside of the signal region, on both sides of it.</param>
    /// <param name="middle">A mass inside of the signal region.</param>
    /// <param name="stream">Splits and shuffles the events, chooses pairs, and draws weights and times.</param>
    /// <param name="threads">At least 1; any number gives the same bits.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    /// <exception cref="ArgumentException">An option out of range, or columns of different lengths.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TransportFit AtOneMass(
        TransportOptions options,
        TransportSample source,
        TransportSample target,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation) =>
        Fit(options, source, target, PairChoice.NearestMass, middle, stream, threads, cancellation);

    /// <summary>Carries events from any mass outside of the signal region to any other mass (CURTAINs, arXiv:2203.09470).</summary>
    /// <param name="options">How to train.</param>
    /// <param name="events">Events outside of the signal region, on both sides of it.</param>
    /// <param name="middle">A mass inside of the signal region.</param>
    /// <param name="stream">Splits and shuffles the events, chooses pairs, and draws weights and times.</param>
    /// <param name="threads">At least 1; any number gives the same bits.</param>
    /// <param name="cancellation">Looked at before each training step.</param>
    /// <exception cref="ArgumentException">An option out of range, or columns of different lengths.</exception>
    /// <exception cref="OperationCanceledException">Cancelled.</exception>
    public static TransportFit FromMassToMass(
        TransportOptions options,
        TransportSample events,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation) =>
        Fit(options, events, events, PairChoice.AnyMass, middle, stream, threads, cancellation);

    private static TransportFit Fit(
        TransportOptions options,
        TransportSample source,
        TransportSample target,
        PairChoice choice,
        double middle,
        RandomStream stream,
        int threads,
        CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(options);
        ArgumentNullException.ThrowIfNull(source);
        ArgumentNullException.ThrowIfNull(target);
        ArgumentNullException.ThrowIfNull(stream);
        ArgumentOutOfRangeException.ThrowIfLessThan(threads, 1);
        options.Validate();
        if (new[] { source, target }.Any(sample => sample.Features.Any(column => column.Length != sample.Mass.Length)))
        {
            throw new ArgumentException("features and masses of different lengths");
        }

        var streams = new NamedStreams(stream.NextUInt64());
        var (events, problem) = PairedEvents.Of(source, target, choice, middle, options.ValidationFraction, streams["split"]);
        if (events is null)
        {
            return TransportFit.Failed(problem!);
        }

        TransportFit Attempt(string name) => options.Kind == TransportKind.Spline
            ? SplineTransport.Train(options, events, streams.Below(name), threads, cancellation)
            : Train(options, events, streams.Below(name), threads, cancellation);

        var first = Attempt("attempt 1");
        if (first.Succeeded)
        {
            return first;
        }

        var second = Attempt("attempt 2");
        return second.Succeeded ? second : TransportFit.Failed($"{first.Failure}; with another random stream: {second.Failure}");
    }

    private static TransportFit Train(
        TransportOptions options, PairedEvents events, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        VelocityNetwork NewNetwork() => new(
            events.Targets.Dimensions, options.HiddenWidth, options.Blocks, options.TimeFrequencies, events.MassesOfPair);

        var network = NewNetwork();
        network.Initialise(streams["weights"]);
        RandomStream[] shards = [.. Enumerable.Range(0, Trainer.MaxShards).Select(shard => streams[$"shard {shard}"])];
        var validation = streams["validation"];
        var pairs = new EventPairs(events, shards, validation);
        var model = new FlowMatchingTraining(network, pairs, events.Validation, shards, validation);
        var outcome = new Trainer(model, options.ToSettings(events.Training.Length), [.. events.Training], events.Validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is not null)
        {
            return TransportFit.Failed(outcome.Failure);
        }

        var trained = NewNetwork();
        trained.Restore(outcome.Snapshots[0]);
        var starts = Starts(pairs, events, out var masses);
        return FlowMatchingMember.Calibrate([trained], starts, masses, options.SolverTolerance) is { } member
            ? new TransportFit(
                new EventTransport(events.Scaling, events.MassScaling, new VelocityMap(member)),
                null,
                outcome.TrainingLoss,
                outcome.ValidationLoss)
            : TransportFit.Failed("the velocity cannot be integrated: the state is not finite");
    }

    // Sources of the validation's pairs, with their masses.
    private static Matrix Starts(EventPairs pairs, PairedEvents events, out float[] masses)
    {
        var (rows, d, perRow) = (Math.Min(CalibrationRows, events.Validation.Length), events.Targets.Dimensions, events.MassesOfPair);
        var starts = new Matrix(rows, d);
        masses = new float[rows * perRow];
        for (var i = 0; i < rows; i++)
        {
            pairs.Others.AsSpan(events.Validation[i] * d, d).CopyTo(starts.RowSpan(i));
            pairs.Masses.AsSpan(events.Validation[i] * perRow, perRow).CopyTo(masses.AsSpan(i * perRow));
        }

        return starts;
    }
}
