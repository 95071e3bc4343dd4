using Sideband.Learning.Networks;

namespace Sideband.Learning.Classifiers;

/// <summary>A multilayer perceptron: one output is the log-odds of two classes, several are those of a softmax over as many.</summary>
internal sealed class ClassifierNetwork
{
    public ClassifierNetwork(int features, NetworkClassifierOptions options, int outputs = 1)
    {
        Options = options;
        List<Layer> layers = [];
        var inputs = features;
        foreach (var width in options.HiddenWidths)
        {
            layers.Add(new DenseLayer(Parameters, inputs, width, options.Activation));
            if (options.BatchNormalisation)
            {
                layers.Add(new BatchNormLayer(Parameters, width));
            }

            if (options.Dropout > 0)
            {
                layers.Add(new DropoutLayer(width, options.Dropout));
            }

            inputs = width;
        }

        layers.Add(new DenseLayer(Parameters, inputs, outputs, Activation.None));
        Layers = new LayerChain([.. layers]);
        Parameters.Allocate();
    }

    /// <summary>What the layers were made from.</summary>
    public NetworkClassifierOptions Options { get; }

    public Parameters Parameters { get; } = new();

    public LayerChain Layers { get; }
}
