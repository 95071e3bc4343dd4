using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// Half of the features (the larger half, first or last) through splines whose parameters depend on the masses and the other half, which
/// stays (arXiv:1906.04032, section 4): forth and back cost the same.
/// </summary>
internal sealed class CouplingSpline : FlowTransform
{
    private readonly LayerChain _layers;
    private readonly int _dimensions;
    private readonly int _bins;
    private readonly float _bound;
    private readonly int[] _kept;
    private readonly int[] _moved;

    public CouplingSpline(Parameters parameters, FlowShape shape, float bound, bool reversed)
    {
        var (dimensions, hidden, bins) = (shape.Dimensions, shape.Hidden, shape.Bins);
        (_dimensions, _bins, _bound) = (dimensions, bins, bound);
        int[] order = [.. Enumerable.Range(0, dimensions).Select(f => reversed ? dimensions - 1 - f : f)];
        _moved = order[..((dimensions + 1) / 2)];
        _kept = order[((dimensions + 1) / 2)..];
        _layers = new LayerChain(
            new DenseLayer(parameters, Math.Max(1, _kept.Length), hidden, Activation.Relu, context: shape.Masses),
            new DenseLayer(parameters, hidden, hidden, Activation.Relu),
            new DenseLayer(
                parameters,
                hidden,
                _moved.Length * SplineParameters.Count(bins),
                Activation.None,
                scale: shape.BeginsAsIdentity ? 0 : 1));
    }

    public LayerChain Layers => _layers;

    public override void Initialise(RandomStream stream) => _layers.Initialise(stream);

    public override void Refresh() => _layers.Refresh();

    public override FlowState NewState(int rows) => new CouplingState(
        new Matrix(rows, _dimensions), _layers.NewState(rows), SplineRows.Create(_moved, _bins, _bound),
        new Matrix(rows, _layers.Inputs), new Matrix(rows, _layers.Inputs), new Matrix(rows, _layers.Outputs));

    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (CouplingState)state;
        Condition(x, s, pass);
        s.Output.CopyFrom(x, pass.Rows);
        s.Splines.Forward(x, s.Output, s.Layers.Output, logJacobian, pass.Rows);
    }

    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (CouplingState)state;
        s.Splines.Backward(x, gradient, s.Layers.Output, s.OutputGradient, jacobianGradient, pass.Rows);
        _layers.Backward(s.Input, s.Layers, s.OutputGradient, s.InputGradient, add: false, pass);
        for (var i = 0; i < pass.Rows; i++)
        {
            for (var f = 0; f < _kept.Length; f++)
            {
                gradient.RowSpan(i)[_kept[f]] += s.InputGradient.RowSpan(i)[f];
            }
        }
    }

    public override void Inverse(Matrix y, FlowState state, Pass pass)
    {
        var s = (CouplingState)state;
        Condition(y, s, pass);
        for (var n = 0; n < _moved.Length; n++)
        {
            s.Splines.Inverse(y, y, s.Layers.Output, n, pass.Rows);
        }
    }

    private void Condition(Matrix x, CouplingState s, Pass pass)
    {
        for (var i = 0; i < pass.Rows; i++)
        {
            for (var f = 0; f < _kept.Length; f++)
            {
                s.Input.RowSpan(i)[f] = x.RowSpan(i)[_kept[f]];
            }
        }

        _layers.Forward(s.Input, s.Layers, pass);
    }

    private sealed class CouplingState(
        Matrix output, LayerState layers, SplineRows splines, Matrix input, Matrix inputGradient, Matrix outputGradient) : FlowState(output)
    {
        public LayerState Layers { get; } = layers;

        public SplineRows Splines { get; } = splines;

        public Matrix Input { get; } = input;

        public Matrix InputGradient { get; } = inputGradient;

        public Matrix OutputGradient { get; } = outputGradient;
    }
}
