using Sideband.Learning.Boosting;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>
/// y = f(x W + c V + b), with a context c of its own and without, and for residual blocks y = s + x W + c V + b with a skipped input s.
/// W may be masked (MADE, arXiv:1502.03509): where mask(input, output) is false the weight is 0 and stays 0, and panels leave out the
/// inputs before their first and after their last weight, which pays if units are sorted by degree.
/// </summary>
internal sealed unsafe class DenseLayer : Layer
{
    /// <summary>Rows of the outer loop: their results are still in the first-level cache when the activation is applied.</summary>
    private const int BlockRows = 32;

    private readonly Parameters _parameters;
    private readonly Activation _activation;
    private readonly PanelLayout _layout;
    private readonly PanelLayout _transposedLayout;
    private readonly PanelLayout _contextLayout;
    private readonly AlignedArray<float> _transposed;
    private readonly AlignedArray<float>? _mask;
    private readonly (int Begin, int End)[] _inputsOfPanel;
    private readonly (int Begin, int End)[] _outputsOfPanel;
    private readonly int _weights;
    private readonly int _contextWeights;
    private readonly int _bias;
    private readonly float _scale;

    /// <param name="parameters">Where the weights lie.</param>
    /// <param name="inputs">Width of x.</param>
    /// <param name="outputs">Width of y.</param>
    /// <param name="activation">f.</param>
    /// <param name="context">Width of c; 0: none.</param>
    /// <param name="mask">Of (input, output); null: all weights.</param>
    /// <param name="scale">Weights begin uniform within scale/sqrt(inputs + context).</param>
    public DenseLayer(
        Parameters parameters,
        int inputs,
        int outputs,
        Activation activation,
        int context = 0,
        Func<int, int, bool>? mask = null,
        double scale = 1)
    {
        _parameters = parameters;
        _activation = activation;
        _layout = new PanelLayout(inputs, outputs);
        _transposedLayout = new PanelLayout(outputs, inputs);
        _contextLayout = new PanelLayout(context, outputs);
        _scale = (float)(scale / Math.Sqrt(inputs + context));
        _weights = parameters.Reserve(_layout.Length);
        _contextWeights = parameters.Reserve(_contextLayout.Length);
        _bias = parameters.Reserve(_layout.PaddedOutputs);
        _transposed = new AlignedArray<float>(_transposedLayout.Length);
        _transposed.Span.Clear();
        _inputsOfPanel = Ranges(_layout, mask);
        _outputsOfPanel = Ranges(_transposedLayout, mask is null ? null : (output, input) => mask(input, output));
        if (mask is not null)
        {
            _mask = new AlignedArray<float>(_layout.Length);
            _mask.Span.Clear();
            for (var k = 0; k < inputs; k++)
            {
                for (var n = 0; n < outputs; n++)
                {
                    _mask.Pointer[_layout.Index(k, n)] = mask(k, n) ? 1 : 0;
                }
            }
        }
    }

    public override int Inputs => _layout.Inputs;

    public override int Outputs => _layout.Outputs;

    /// <summary>W.</summary>
    public WeightMatrix Weights => new(_weights, _layout);

    /// <summary>Place of a weight of W in the parameters.</summary>
    public int WeightIndex(int input, int output) => _weights + _layout.Index(input, output);

    /// <summary>Place of a weight of V in the parameters.</summary>
    public int ContextIndex(int input, int output) => _contextWeights + _contextLayout.Index(input, output);

    /// <summary>Place of a bias in the parameters.</summary>
    public int BiasIndex(int output) => _bias + output;

    public override LayerState NewState(int rows) =>
        new DenseState(new Matrix(rows, Outputs), _activation == Activation.Silu ? new Matrix(rows, Outputs) : null);

    public override void Initialise(RandomStream stream)
    {
        var values = _parameters.Weights;
        float Draw() => (float)((2 * stream.NextDouble()) - 1) * _scale;
        for (var n = 0; n < Outputs; n++)
        {
            for (var k = 0; k < Inputs; k++)
            {
                values[WeightIndex(k, n)] = Draw() * (_mask is null ? 1 : _mask.Pointer[_layout.Index(k, n)]);
            }

            for (var k = 0; k < _contextLayout.Inputs; k++)
            {
                values[ContextIndex(k, n)] = Draw();
            }

            values[BiasIndex(n)] = Draw();
        }
    }

    public override void Refresh() => Transpose.Packed(_parameters.Weights + _weights, _layout, _transposed.Pointer, _transposedLayout);

    public override void Forward(Matrix x, LayerState state, Pass pass) => Forward(x, null, state, pass);

    /// <summary>The same with a skipped input that is added before the activation.</summary>
    public void Forward(Matrix x, Matrix? skipped, LayerState state, Pass pass)
    {
        var y = state.Output;
        var derivative = ((DenseState)state).Derivative;
        var context = _contextLayout.Inputs > 0 ? pass.Context! : null;
        var rows = PanelLayout.RoundUp(pass.Rows, MatrixKernels.TileRows);
        for (var row = 0; row < rows; row += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - row);
            for (var p = 0; p < _layout.Panels; p++)
            {
                ForwardPanel(x, context, y, row, count, p, 0, _layout.Width(p), Inputs);
            }

            if (skipped is not null)
            {
                ActivationKernels.Add(y.Row(row), y.Stride, skipped.Row(row), skipped.Stride, count, _layout.PaddedOutputs);
            }

            var keep = derivative is not null && pass.KeepDerivatives ? derivative.Row(row) : null;
            ActivationKernels.Apply(_activation, y.Row(row), keep, count, _layout.PaddedOutputs, y.Stride);
        }
    }

    /// <summary>
    /// The same for outputs <paramref name="begin"/> to <paramref name="end"/>, in steps of 16 that hold them, from the first inputs alone.
    /// </summary>
    public void ForwardOutputs(Matrix x, LayerState state, Pass pass, int begin, int end, int inputs)
    {
        var y = state.Output;
        var context = _contextLayout.Inputs > 0 ? pass.Context! : null;
        var rows = PanelLayout.RoundUp(pass.Rows, MatrixKernels.TileRows);
        var (first, last) = (begin / 16 * 16, PanelLayout.RoundUp(end, 16));
        for (var row = 0; row < rows; row += BlockRows)
        {
            var count = Math.Min(BlockRows, rows - row);
            for (var n = first; n < last;)
            {
                var panel = n / PanelLayout.PanelWidth;
                var offset = n % PanelLayout.PanelWidth;
                var width = Math.Min(last - n, _layout.Width(panel) - offset);
                ForwardPanel(x, context, y, row, count, panel, offset, width, inputs);
                n += width;
            }

            ActivationKernels.Apply(_activation, y.Row(row) + first, null, count, last - first, y.Stride);
        }
    }

    public override void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass)
    {
        var kept = ((DenseState)state).Derivative ?? state.Output;
        var biasGradient = pass.Gradient == null ? null : pass.Gradient + _bias;
        ActivationKernels.Backward(
            _activation, gradient.Pointer, kept.Pointer, biasGradient, pass.Rows, _layout.PaddedOutputs, gradient.Stride, kept.Stride);
        if (pass.Gradient != null)
        {
            var most = MatrixKernels.CachedDepth(pass.Rows);
            var first = 0;
            do
            {
                var count = Math.Min(most, pass.Rows - first);
                for (var p = 0; p < _layout.Panels; p++)
                {
                    // Whole tiles of 8 inputs: those that the mask leaves out are cleared below.
                    var begin = _inputsOfPanel[p].Begin / MatrixKernels.TileRows * MatrixKernels.TileRows;
                    WeightGradient(x, _layout, p, begin, _inputsOfPanel[p].End, gradient, pass.Gradient + _weights, first, count);
                    if (_contextLayout.Inputs > 0)
                    {
                        var target = pass.Gradient + _contextWeights;
                        WeightGradient(pass.Context!, _contextLayout, p, 0, _contextLayout.Inputs, gradient, target, first, count);
                    }
                }

                first += count;
            }
            while (first < pass.Rows);

            if (_mask is not null)
            {
                ElementKernels.Multiply(pass.Gradient + _weights, _mask.Pointer, _layout.Length);
            }
        }

        if (inputGradient is null)
        {
            return;
        }

        var rows = PanelLayout.RoundUp(pass.Rows, MatrixKernels.TileRows);
        for (var row = 0; row < rows; row += BlockRows)
        {
            for (var p = 0; p < _transposedLayout.Panels; p++)
            {
                var width = _transposedLayout.Width(p);
                var (begin, end) = _outputsOfPanel[p];
                MatrixKernels.Multiply(
                    gradient.Row(row) + begin, gradient.Stride, 1,
                    _transposed.Pointer + _transposedLayout.Start(p) + (begin * width), width,
                    inputGradient.Row(row) + (p * PanelLayout.PanelWidth), inputGradient.Stride,
                    null, add ? Start.Result : Start.Zero, Math.Min(BlockRows, rows - row), end - begin, width);
            }
        }
    }

    private static void WeightGradient(
        Matrix x, PanelLayout layout, int panel, int begin, int end, Matrix gradient, float* target, int row, int rows)
    {
        var width = layout.Width(panel);
        MatrixKernels.Multiply(
            x.Row(row) + begin, 1, x.Stride,
            gradient.Row(row) + (panel * PanelLayout.PanelWidth), gradient.Stride,
            target + layout.Start(panel) + (begin * width), width,
            null, row == 0 ? Start.Zero : Start.Result, PanelLayout.RoundUp(end - begin, MatrixKernels.TileRows), rows, width);
    }

    private void ForwardPanel(Matrix x, Matrix? context, Matrix y, int row, int count, int panel, int offset, int width, int inputs)
    {
        var panelWidth = _layout.Width(panel);
        var output = (panel * PanelLayout.PanelWidth) + offset;
        var (begin, end) = _inputsOfPanel[panel];
        end = Math.Max(begin, Math.Min(end, inputs));
        MatrixKernels.Multiply(
            x.Row(row) + begin, x.Stride, 1,
            _parameters.Weights + _weights + _layout.Start(panel) + (begin * panelWidth) + offset, panelWidth,
            y.Row(row) + output, y.Stride, _parameters.Weights + _bias + output, Start.Bias, count, end - begin, width);
        if (context is not null)
        {
            MatrixKernels.Multiply(
                context.Row(row), context.Stride, 1,
                _parameters.Weights + _contextWeights + _contextLayout.Start(panel) + offset, panelWidth,
                y.Row(row) + output, y.Stride, null, Start.Result, count, _contextLayout.Inputs, width);
        }
    }

    /// <summary>For each panel the inputs from the first to the last that one of its outputs sees.</summary>
    private static (int Begin, int End)[] Ranges(PanelLayout layout, Func<int, int, bool>? mask)
    {
        var ranges = new (int Begin, int End)[layout.Panels];
        for (var p = 0; p < ranges.Length; p++)
        {
            var first = p * PanelLayout.PanelWidth;
            var outputs = Enumerable.Range(first, Math.Max(0, Math.Min(layout.Width(p), layout.Outputs - first))).ToArray();
            var seen = Enumerable.Range(0, layout.Inputs).Where(k => mask is null || outputs.Any(n => mask(k, n))).ToArray();
            ranges[p] = seen.Length == 0 ? (0, 0) : (seen[0], seen[^1] + 1);
        }

        return ranges;
    }

    private sealed class DenseState(Matrix output, Matrix? derivative) : LayerState(output)
    {
        /// <summary>f'(z) of SiLU; the other activations have it from their value.</summary>
        public Matrix? Derivative { get; } = derivative;
    }
}
