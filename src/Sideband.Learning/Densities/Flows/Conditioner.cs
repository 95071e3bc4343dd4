using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// MADE (arXiv:1502.03509) with two hidden layers of ReLU, the mass as an unmasked context of the first: parameter p of feature f, output
/// p d + f, depends on the features before f alone. Hidden units are sorted by degree (the number of the last feature they see), so that
/// the masks are block triangular and the layers leave out what is 0.
/// </summary>
internal sealed class Conditioner
{
    private readonly DenseLayer[] _layers;
    private readonly int _dimensions;
    private readonly int _hidden;
    private readonly bool _reversed;

    /// <param name="parameters">Where the weights lie.</param>
    /// <param name="dimensions">Features, d.</param>
    /// <param name="hidden">Units of each hidden layer.</param>
    /// <param name="outputsPerFeature">Parameters of a feature.</param>
    /// <param name="reversed">The features' order is d - 1, ..., 0.</param>
    public Conditioner(Parameters parameters, int dimensions, int hidden, int outputsPerFeature, bool reversed)
    {
        (_dimensions, _hidden, _reversed) = (dimensions, hidden, reversed);
        _layers =
        [
            new DenseLayer(
                parameters,
                dimensions,
                hidden,
                Activation.Relu,
                context: 1,
                (feature, unit) => Degree(unit) >= Position(feature)),
            new DenseLayer(parameters, hidden, hidden, Activation.Relu, context: 0, (from, to) => Degree(to) >= Degree(from)),
            new DenseLayer(
                parameters, hidden, outputsPerFeature * dimensions, Activation.None, context: 0,
                (unit, output) => Position(output % dimensions) > Degree(unit)),
        ];
    }

    public IReadOnlyList<DenseLayer> Layers => _layers;

    /// <summary>Place of a feature in the order.</summary>
    public int Position(int feature) => _reversed ? _dimensions - 1 - feature : feature;

    /// <summary>A unit sees the features at places 0, ..., degree; with one feature it sees none.</summary>
    public int Degree(int unit) => _dimensions == 1 ? -1 : unit * (_dimensions - 1) / _hidden;

    public void Initialise(RandomStream stream)
    {
        foreach (var layer in _layers)
        {
            layer.Initialise(stream);
        }
    }

    public void Refresh()
    {
        foreach (var layer in _layers)
        {
            layer.Refresh();
        }
    }

    public ConditionerState NewState(int rows) => new(
        [.. _layers.Select(layer => layer.NewState(rows))],
        new Matrix(rows, _hidden),
        new Matrix(rows, _hidden),
        new Matrix(rows, _layers[2].Outputs));

    /// <summary>The parameters, into the state's output.</summary>
    public void Forward(Matrix x, ConditionerState state, Pass pass)
    {
        _layers[0].Forward(x, state.Layers[0], pass);
        _layers[1].Forward(state.Layers[0].Output, state.Layers[1], pass);
        _layers[2].Forward(state.Layers[1].Output, state.Layers[2], pass);
    }

    /// <summary>Adds to the input's gradient; the gradient of the parameters stands in the state.</summary>
    public void Backward(Matrix x, ConditionerState state, Matrix inputGradient, Pass pass)
    {
        _layers[2].Backward(state.Layers[1].Output, state.Layers[2], state.OutputGradient, state.SecondGradient, add: false, pass);
        _layers[1].Backward(state.Layers[0].Output, state.Layers[1], state.SecondGradient, state.FirstGradient, add: false, pass);
        _layers[0].Backward(x, state.Layers[0], state.FirstGradient, inputGradient, add: true, pass);
    }

    /// <summary>
    /// The parameters of the feature at a place, where those before it are known and were done: only the units whose last feature is the
    /// one before it are new, so that all places together cost about as much as one way forth.
    /// </summary>
    /// <param name="x">Features, right at the places before.</param>
    /// <param name="state">That of the places before.</param>
    /// <param name="pass">Rows and context.</param>
    /// <param name="place">0, ..., d - 1.</param>
    public void ForwardPlace(Matrix x, ConditionerState state, Pass pass, int place)
    {
        var (begin, end) = (FirstUnit(place - 1), FirstUnit(place));
        if (end > begin)
        {
            _layers[0].ForwardOutputs(x, state.Layers[0], pass, begin, end, _dimensions);
            _layers[1].ForwardOutputs(state.Layers[0].Output, state.Layers[1], pass, begin, end, end);
        }

        _layers[2].ForwardOutputs(state.Layers[1].Output, state.Layers[2], pass, 0, _layers[2].Outputs, end);
    }

    /// <summary>The first unit of a degree or above.</summary>
    private int FirstUnit(int degree)
    {
        var unit = 0;
        while (unit < _hidden && Degree(unit) < degree)
        {
            unit++;
        }

        return unit;
    }
}

/// <summary>Buffers of a conditioner.</summary>
internal sealed record ConditionerState(LayerState[] Layers, Matrix FirstGradient, Matrix SecondGradient, Matrix OutputGradient)
{
    public Matrix Output => Layers[2].Output;
}
