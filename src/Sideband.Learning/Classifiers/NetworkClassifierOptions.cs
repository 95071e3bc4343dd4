using System.Text.Json.Serialization;
using Sideband.Learning.Networks;

namespace Sideband.Learning.Classifiers;

/// <summary>
/// Options of the neural classifier. The defaults are those of CATHODE (arXiv:2109.00546, and its code): 64-64-64, ReLU, Adam 1e-3,
/// batch 128, 100 epochs, balanced class weights, mean score of the ten epochs of lowest validation loss.
/// </summary>
public sealed record NetworkClassifierOptions
{
    /// <summary>Units of the hidden layers, the first one first; each 1 to 1,024, at least one layer.</summary>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [64, 64, 64];

    /// <summary>The function after each hidden layer.</summary>
    public Activation Activation { get; init; } = Activation.Relu;

    /// <summary>Batch normalisation after each hidden layer.</summary>
    public bool BatchNormalisation { get; init; }

    /// <summary>
    /// Probability with which a hidden unit is left out in training; from 0, below 1. The toy of arXiv:2307.11157 has 0.1.
    /// </summary>
    public double Dropout { get; init; }

    /// <summary>Passes over the training rows, at most; 1 to 10,000.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Rows of a training step; 8 to 65,536.</summary>
    public int BatchSize { get; init; } = 128;

    /// <summary>Learning rate at the beginning; above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>How the learning rate falls.</summary>
    public LearningRateSchedule Schedule { get; init; } = LearningRateSchedule.Constant;

    /// <summary>Decoupled weight decay of AdamW, per unit of learning rate; 0 to 1.</summary>
    public double WeightDecay { get; init; }

    /// <summary>Fraction of the rows of each class on which the validation loss is measured; in (0, 1).</summary>
    public double ValidationFraction { get; init; } = 0.5;

    /// <summary>Epochs without a lower validation loss after which training stops; 0: never.</summary>
    public int Patience { get; init; }

    /// <summary>Epochs of lowest validation loss whose scores are averaged; 1 to 100.</summary>
    public int PooledEpochs { get; init; } = 10;

    /// <summary>
    /// Give both classes the same summed weight, counting training and validation rows, as for trees
    /// (<see cref="Boosting.BoostingOptions.BalancedClassWeights"/>); the mean weight is 1 in any case.
    /// </summary>
    public bool BalancedClassWeights { get; init; } = true;

    /// <summary>
    /// Features that the network draws without replacement and sees, from 1 to their number, as for trees
    /// (<see cref="Boosting.BoostingOptions.FeaturesPerMember"/>); null: all.
    /// </summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
    public int? FeaturesPerMember { get; init; }

    /// <summary>Checks all ranges.</summary>
    /// <exception cref="ArgumentException">An option is out of range; the message names it, its value and what is allowed.</exception>
    public void Validate()
    {
        Require(HiddenWidths.Count >= 1, nameof(HiddenWidths), HiddenWidths.Count, "at least one layer");
        foreach (var width in HiddenWidths)
        {
            Require(width is >= 1 and <= 1024, nameof(HiddenWidths), width, "1 to 1024");
        }

        Require(Enum.IsDefined(Activation), nameof(Activation), (int)Activation, "None, Relu, Elu or Silu");
        Require(Dropout is >= 0 and < 1, nameof(Dropout), Dropout, "at least 0 and below 1");
        Require(Epochs is >= 1 and <= 10_000, nameof(Epochs), Epochs, "1 to 10000");
        Require(BatchSize is >= 8 and <= 65_536, nameof(BatchSize), BatchSize, "8 to 65536");
        Require(LearningRate is > 0 and <= 1, nameof(LearningRate), LearningRate, "above 0 and at most 1");
        Require(Enum.IsDefined(Schedule), nameof(Schedule), (int)Schedule, "Constant, Cosine or Plateau");
        Require(WeightDecay is >= 0 and <= 1, nameof(WeightDecay), WeightDecay, "0 to 1");
        Require(ValidationFraction is > 0 and < 1, nameof(ValidationFraction), ValidationFraction, "between 0 and 1, both excluded");
        Require(Patience >= 0, nameof(Patience), Patience, "at least 0");
        Require(FeaturesPerMember is null or >= 1, nameof(FeaturesPerMember), FeaturesPerMember ?? 0, "at least 1, or none for all");
        Require(PooledEpochs is >= 1 and <= 100, nameof(PooledEpochs), PooledEpochs, "1 to 100");
    }

    internal TrainingSettings ToSettings() => new()
    {
        Epochs = Epochs,
        BatchSize = BatchSize,
        LearningRate = LearningRate,
        Schedule = Schedule,
        WeightDecay = WeightDecay,
        Patience = Patience,
        PooledEpochs = PooledEpochs,
    };

    private static void Require(bool holds, string option, double value, string allowed) =>
        OptionRange.Require("classifier", holds, option, value, allowed);
}
