using Sideband.Learning.Densities.Preprocessing;
using Sideband.Learning.Networks;

namespace Sideband.Learning.Densities.Flows;

/// <summary>Trains a flow and makes a density of the pooled epochs.</summary>
internal static class FlowFit
{
    public static DensityFit Fit(
        DensityOptions options,
        FittingData data,
        NamedStreams streams,
        int threads,
        CancellationToken cancellation)
    {
        var shape = FlowShape.Of(options, data.Events.Dimensions);
        var network = FlowNetwork.Create(shape);
        network.Initialise(streams["weights"]);
        var training = new FlowTraining(network, data.Events);
        var outcome = new Trainer(training, options.ToSettings(data.Training.Length), data.Training, data.Validation)
            .Run(streams["shuffle"], threads, cancellation);
        if (outcome.Failure is not null)
        {
            return DensityFit.Failed(outcome.Failure);
        }

        FlowNetwork Restore(float[] snapshot)
        {
            var member = FlowNetwork.Create(shape);
            member.Restore(snapshot);
            return member;
        }

        return new DensityFit(
            new FlowDensity(data.Scaling, data.MassScaling, [.. outcome.Snapshots.Select(Restore)]),
            null, outcome.TrainingLoss, outcome.ValidationLoss, outcome.PooledEpochs);
    }
}
