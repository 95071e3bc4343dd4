namespace Sideband.Learning.Networks;

/// <summary>What a training gave: snapshots of the weights of the pooled epochs, or the reason why there are none.</summary>
internal sealed record TrainingOutcome(
    string? Failure,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss,
    IReadOnlyList<int> PooledEpochs,
    IReadOnlyList<float[]> Snapshots)
{
    public static TrainingOutcome Failed(string reason) => new(reason, [], [], [], []);
}
