namespace Sideband.Learning.Densities;

/// <summary>What the training of a density gave: a density, or the reason why there is none.</summary>
/// <param name="Density">Null if the training failed.</param>
/// <param name="Failure">Why it failed, in one line; null for a success.</param>
/// <param name="TrainingLoss">Mean loss of each epoch's training steps.</param>
/// <param name="ValidationLoss">
/// Loss on the validation events after each epoch, the same times and noise every time: negative log-density of the standardised
/// features (MAF, splines), mean square of the velocity's error (flow matching; of several networks, the mean of theirs).
/// </param>
/// <param name="PooledEpochs">
/// Numbers, from 0, of the epochs that the density consists of; the one of lowest validation loss first, where that has chosen them.
/// </param>
public sealed record DensityFit(
    IConditionalDensity? Density,
    string? Failure,
    IReadOnlyList<double> TrainingLoss,
    IReadOnlyList<double> ValidationLoss,
    IReadOnlyList<int> PooledEpochs)
{
    /// <summary>
    /// Events that the density was not trained on because it gives them no density: those at an end of the range of a feature without
    /// repeated values or edges.
    /// </summary>
    public int Undescribed { get; init; }

    public bool Succeeded => Density is not null;

    internal static DensityFit Failed(string reason) => new(null, reason, [], [], []);
}
