using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Trains velocities and makes a density of their mean, at each of the pooled epochs.</summary>
internal static class FlowMatchingFit
{
    public static DensityFit Fit(
        DensityOptions options, FittingData data, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        List<TrainingOutcome> outcomes = [];
        for (var training = 0; training < options.TrainingsOf(data.Training.Length); training++)
        {
            // The first has the streams of a training that is the only one.
            var outcome = Train(
                options, data, training == 0 ? streams : streams.Below($"training {training + 1}"), threads, cancellation);
            if (outcome.Failure is not null)
            {
                return DensityFit.Failed(outcome.Failure);
            }

            outcomes.Add(outcome);
        }

        List<FlowMatchingMember> members = [];
        for (var epoch = 0; epoch < outcomes.Min(outcome => outcome.Snapshots.Count); epoch++)
        {
            var networks = outcomes.Select(outcome => Restored(options, data, outcome.Snapshots[epoch])).ToArray();
            var member = FlowMatchingMember.Calibrate(networks, data.Events.Mass, options.SolverTolerance, streams["calibration"]);
            if (member is null)
            {
                return DensityFit.Failed("the velocity cannot be integrated: the state is not finite");
            }

            members.Add(member);
        }

        return new DensityFit(
            new FlowMatchingDensity(data.Scaling, data.MassScaling, members),
            null,
            Means(outcomes, outcome => outcome.TrainingLoss),
            Means(outcomes, outcome => outcome.ValidationLoss),
            outcomes[0].PooledEpochs);
    }

    private static TrainingOutcome Train(
        DensityOptions options, FittingData data, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        var network = NewNetwork(options, data);
        network.Initialise(streams["weights"]);
        RandomStream[] shards = [.. Enumerable.Range(0, Trainer.MaxShards).Select(shard => streams[$"shard {shard}"])];
        var validation = streams["validation"];
        var ends = new NoiseEnds(data.Events, data.Training, data.Validation, shards, validation);
        var training = new FlowMatchingTraining(network, ends, data.Validation, shards, validation);
        var settings = options.ToSettings(data.Training.Length) with { KeepsLastEpoch = KeepsLastPass(options) };
        return new Trainer(training, settings, data.Training, data.Validation).Run(streams["shuffle"], threads, cancellation);
    }

    private static VelocityNetwork NewNetwork(DensityOptions options, FittingData data) =>
        new(data.Events.Dimensions, options.HiddenWidth, options.Blocks, options.TimeFrequencies);

    private static VelocityNetwork Restored(DensityOptions options, FittingData data, float[] snapshot)
    {
        var network = NewNetwork(options, data);
        network.Restore(snapshot);
        return network;
    }

    /// <summary>Pass by pass over the trainings, as far as all of them went.</summary>
    private static double[] Means(List<TrainingOutcome> outcomes, Func<TrainingOutcome, IReadOnlyList<double>> losses) =>
    [
        .. Enumerable.Range(0, outcomes.Min(outcome => losses(outcome).Count))
            .Select(pass => outcomes.Average(outcome => losses(outcome)[pass])),
    ];

    /// <summary>
    /// The squared error of the velocity is often least in the middle of the training, at a high learning rate, where the density is up to
    /// 3.6 times farther from the truth than at its end (docs/development/performance-densities.md).
    /// </summary>
    private static bool KeepsLastPass(DensityOptions options) =>
        options.Schedule == LearningRateSchedule.Cosine && options.PooledEpochs == 1;
}
