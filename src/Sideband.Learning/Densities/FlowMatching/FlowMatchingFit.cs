using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Trains a velocity and makes a density of the pooled epochs.</summary>
internal static class FlowMatchingFit
{
    public static DensityFit Fit(
        DensityOptions options, FittingData data, NamedStreams streams, int threads, CancellationToken cancellation)
    {
        VelocityNetwork NewNetwork() => new(data.Events.Dimensions, options.HiddenWidth, options.Blocks, options.TimeFrequencies);
        var network = NewNetwork();
        network.Initialise(streams["weights"]);
        RandomStream[] shards = [.. Enumerable.Range(0, Trainer.MaxShards).Select(shard => streams[$"shard {shard}"])];
        var validation = streams["validation"];
        var ends = new NoiseEnds(data.Events, data.Training, data.Validation, shards, validation);
        var training = new FlowMatchingTraining(network, ends, data.Validation, shards, validation);
        var settings = options.ToSettings(data.Training.Length) with { KeepsLastEpoch = KeepsLastPass(options) };
        var outcome = new Trainer(training, settings, data.Training, data.Validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is not null)
        {
            return DensityFit.Failed(outcome.Failure);
        }

        List<FlowMatchingMember> members = [];
        foreach (var snapshot in outcome.Snapshots)
        {
            var restored = NewNetwork();
            restored.Restore(snapshot);
            var member = FlowMatchingMember.Calibrate(restored, data.Events.Mass, options.SolverTolerance, streams["calibration"]);
            if (member is null)
            {
                return DensityFit.Failed("the velocity cannot be integrated: the state is not finite");
            }

            members.Add(member);
        }

        return new DensityFit(
            new FlowMatchingDensity(data.Scaling, data.MassScaling, members),
            null,
            outcome.TrainingLoss,
            outcome.ValidationLoss,
            outcome.PooledEpochs);
    }

    /// <summary>
    /// The squared error of the velocity is often least in the middle of the training, at a high learning rate, where the density is up to
    /// 3.6 times farther from the truth than at its end (docs/development/performance-densities.md).
    /// </summary>
    private static bool KeepsLastPass(DensityOptions options) =>
        options.Schedule == LearningRateSchedule.Cosine && options.PooledEpochs == 1;
}
