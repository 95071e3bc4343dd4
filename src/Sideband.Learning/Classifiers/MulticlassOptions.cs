using Sideband.Learning.Networks;

namespace Sideband.Learning.Classifiers;

/// <summary>
/// Options of the classifier of several classes. The defaults are those of arXiv:2307.11157, section 3.1: 64-32, ReLU, Adam 1e-3, batch
/// 1000, at most 100 epochs, the weights of the lowest validation loss, patience 5.
/// </summary>
public sealed record MulticlassOptions
{
    /// <summary>Units of the hidden layers, the first one first; each 1 to 1,024, at least one layer.</summary>
    public IReadOnlyList<int> HiddenWidths { get; init; } = [64, 32];

    /// <summary>Passes over the training rows, at most; 1 to 10,000.</summary>
    public int Epochs { get; init; } = 100;

    /// <summary>Rows of a training step; 8 to 65,536.</summary>
    public int BatchSize { get; init; } = 1000;

    /// <summary>Learning rate; above 0 and at most 1.</summary>
    public double LearningRate { get; init; } = 1e-3;

    /// <summary>Epochs without a lower validation loss after which training stops; 0: never.</summary>
    public int Patience { get; init; } = 5;

    /// <summary>The network and its training in the terms of the classifier of two classes, whose ranges are the same.</summary>
    /// <exception cref="ArgumentException">An option is out of range.</exception>
    internal NetworkClassifierOptions ToNetwork()
    {
        var options = new NetworkClassifierOptions
        {
            HiddenWidths = HiddenWidths,
            Activation = Activation.Relu,
            Epochs = Epochs,
            BatchSize = BatchSize,
            LearningRate = LearningRate,
            Patience = Patience,
            PooledEpochs = 1,
        };
        options.Validate();
        return options;
    }
}
