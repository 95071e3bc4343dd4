namespace Sideband.Learning.Networks;

/// <summary>What the trainer needs to know; the ranges are checked by the options of what is trained.</summary>
internal sealed record TrainingSettings
{
    public required int Epochs { get; init; }

    /// <summary>Rows of a step; an incomplete last batch of an epoch is left out, its rows come again in another order.</summary>
    public required int BatchSize { get; init; }

    public required double LearningRate { get; init; }

    public OptimiserKind Optimiser { get; init; }

    public LearningRateSchedule Schedule { get; init; }

    public double WeightDecay { get; init; }

    /// <summary>AdamW rather than L2.</summary>
    public bool DecoupledWeightDecay { get; init; } = true;

    /// <summary>Largest norm of a gradient; 0: any.</summary>
    public double GradientClip { get; init; }

    /// <summary>Epochs without a lower validation loss before training stops; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>Epochs of lowest validation loss that are kept.</summary>
    public int PooledEpochs { get; init; } = 1;

    /// <summary>
    /// The last epoch is kept instead, whatever its validation loss: for a loss that is no likelihood, with a learning rate that falls to
    /// zero.
    /// </summary>
    public bool KeepsLastEpoch { get; init; }
}
