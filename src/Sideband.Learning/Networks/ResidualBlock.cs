using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>y = x + f(x W1 + c V + b1) W2 + b2 (arXiv:1512.03385, without normalisation).</summary>
internal sealed class ResidualBlock : Layer
{
    private readonly DenseLayer _first;
    private readonly DenseLayer _second;

    public ResidualBlock(Parameters parameters, int width, int hidden, Activation activation, int context)
    {
        _first = new DenseLayer(parameters, width, hidden, activation, context);
        _second = new DenseLayer(parameters, hidden, width, Activation.None);
        parameters.AddHidden(_first.Weights);
        parameters.AddHidden(_second.Weights);
    }

    public override int Inputs => _first.Inputs;

    public override int Outputs => _first.Inputs;

    /// <summary>W1, V and b1.</summary>
    public DenseLayer First => _first;

    /// <summary>W2 and b2.</summary>
    public DenseLayer Second => _second;

    public override void Initialise(RandomStream stream)
    {
        _first.Initialise(stream);
        _second.Initialise(stream);
    }

    public override void Refresh()
    {
        _first.Refresh();
        _second.Refresh();
    }

    public override LayerState NewState(int rows)
    {
        var second = _second.NewState(rows);
        return new BlockState(_first.NewState(rows), second, new Matrix(rows, _first.Outputs));
    }

    public override void Forward(Matrix x, LayerState state, Pass pass)
    {
        var s = (BlockState)state;
        _first.Forward(x, s.First, pass);
        _second.Forward(s.First.Output, x, s.Second, pass);
    }

    public override void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass)
    {
        var s = (BlockState)state;
        _second.Backward(s.First.Output, s.Second, gradient, s.HiddenGradient, add: false, pass);
        if (inputGradient is not null && inputGradient != gradient)
        {
            if (add)
            {
                ActivationKernels.Add(inputGradient, gradient, pass.Rows);
            }
            else
            {
                inputGradient.CopyFrom(gradient, pass.Rows);
            }
        }

        _first.Backward(x, s.First, s.HiddenGradient, inputGradient, add: true, pass);
    }

    private sealed class BlockState(LayerState first, LayerState second, Matrix hiddenGradient) : LayerState(second.Output)
    {
        public LayerState First { get; } = first;

        public LayerState Second { get; } = second;

        public Matrix HiddenGradient { get; } = hiddenGradient;
    }
}
