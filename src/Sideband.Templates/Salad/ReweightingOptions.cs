using Sideband.Learning.Classifiers;
using Sideband.Learning.Networks;

namespace Sideband.Templates.Salad;

/// <summary>How data are told from simulation.</summary>
/// <param name="Network">
/// The classifier. It must interpolate in the mass: trees are constant across the signal region and jump at its edges, so it is a network.
/// </param>
/// <param name="Networks">Networks whose mean score is used, at least 1.</param>
public sealed record ReweightingOptions(NetworkClassifierOptions Network, int Networks)
{
    // 64-64-64 as in CATHODE's code; the passes after which the held-out loss of the shared events no longer fell.
    public static ReweightingOptions Of(OptionValues values) => new(
        new NetworkClassifierOptions
        {
            Epochs = values.Profile == "quick" ? 10 : 20,
            BatchSize = 512,
            LearningRate = 2e-3,
            Schedule = LearningRateSchedule.Cosine,
            ValidationFraction = 0.1,
            PooledEpochs = 1,
        },
        values.Profile == "quick" ? 1 : 2);
}
