using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>Layers one after the other.</summary>
internal sealed class LayerChain(params Layer[] layers) : Layer
{
    public IReadOnlyList<Layer> Layers => layers;

    public override int Inputs => layers[0].Inputs;

    public override int Outputs => layers[^1].Outputs;

    public override bool MixesRows => layers.Any(layer => layer.MixesRows);

    public override void Initialise(RandomStream stream)
    {
        foreach (var layer in layers)
        {
            layer.Initialise(stream);
        }
    }

    public override void Refresh()
    {
        foreach (var layer in layers)
        {
            layer.Refresh();
        }
    }

    public override LayerState NewState(int rows) => new ChainState(
        [.. layers.Select(layer => layer.NewState(rows))],
        [.. layers.Select((layer, i) => i == 0 || layer is ResidualBlock ? null : new Matrix(rows, layer.Inputs))]);

    public override void Forward(Matrix x, LayerState state, Pass pass)
    {
        var s = (ChainState)state;
        for (var i = 0; i < layers.Length; i++)
        {
            layers[i].Forward(i == 0 ? x : s.States[i - 1].Output, s.States[i], pass);
        }
    }

    public override void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass)
    {
        var s = (ChainState)state;
        for (var i = layers.Length - 1; i > 0; i--)
        {
            // A residual block passes its gradient on and adds to it in place.
            var next = s.InputGradients[i] ?? gradient;
            layers[i].Backward(s.States[i - 1].Output, s.States[i], gradient, next, add: false, pass);
            gradient = next;
        }

        layers[0].Backward(x, s.States[0], gradient, inputGradient, add, pass);
    }

    private sealed class ChainState(LayerState[] states, Matrix?[] inputGradients) : LayerState(states[^1].Output)
    {
        public LayerState[] States { get; } = states;

        public Matrix?[] InputGradients { get; } = inputGradients;
    }
}
