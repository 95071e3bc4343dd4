using Sideband.Learning.Boosting;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Networks;

/// <summary>
/// Muon (K. Jordan et al., 2024, "Muon: An optimizer for hidden layers in neural networks"): a matrix W of weights between hidden units
/// steps by U V^T, where U S V^T is its Nesterov momentum, so that all directions of the matrix learn at the same rate and not only those
/// of large gradients. Four iterations X = a X + X (b G + c G^2) with G = X^T X bring all but the smallest singular values near 1; the
/// fifth of the original gave nothing more here. A step is rate 0.2 sqrt(max(inputs, outputs)) X, as large as one of Adam
/// (arXiv:2502.16982).
/// </summary>
internal sealed unsafe class OrthogonalMomentum
{
    private const float Beta = 0.95f;
    private const int Iterations = 4;
    private const float A = 3.4445f;
    private const float B = -4.7750f;
    private const float C = 2.0315f;
    private const double SizeOfStep = 0.2;

    /// <summary>Matrices that can be done at the same time.</summary>
    private const int MaxParts = 4;

    private readonly Parameters _parameters;
    private readonly AlignedArray<float> _momentum;
    private readonly Scratch[] _scratch;
    private readonly Action<int> _stepPart;
    private float* _gradient;
    private OrthogonalStep _step;

    /// <param name="parameters">Whose <see cref="Parameters.Hidden"/> are stepped, at least one.</param>
    /// <param name="momentum">As long as the parameters; where the hidden weights lie it is written.</param>
    public OrthogonalMomentum(Parameters parameters, AlignedArray<float> momentum)
    {
        (_parameters, _momentum) = (parameters, momentum);
        var inputs = parameters.Hidden.Max(matrix => matrix.Layout.PaddedInputs);
        var outputs = parameters.Hidden.Max(matrix => matrix.Layout.PaddedOutputs);
        _scratch = [.. Enumerable.Range(0, Math.Min(MaxParts, parameters.Hidden.Count)).Select(_ => new Scratch(inputs, outputs))];
        _stepPart = part =>
        {
            for (var i = part; i < _parameters.Hidden.Count; i += _scratch.Length)
            {
                Step(_parameters.Hidden[i], _scratch[part]);
            }
        };
    }

    /// <summary>A step of all hidden weights; any number of threads gives the same bits.</summary>
    /// <param name="gradient">As long as the parameters.</param>
    /// <param name="step">How far.</param>
    /// <param name="team">Does it.</param>
    public void Step(float* gradient, OrthogonalStep step, ShardTeam team)
    {
        _gradient = gradient;
        _step = step;
        team.Run(_scratch.Length, _stepPart);
    }

    private void Step(WeightMatrix matrix, Scratch scratch)
    {
        var (start, layout) = (matrix.Start, matrix.Layout);
        var direction = scratch.Packed.Pointer;
        ElementKernels.Nesterov(_gradient + start, _momentum.Pointer + start, direction, layout.Length, Beta, _step.GradientScale);
        var norm = Math.Sqrt(ElementKernels.SumOfSquares(direction, layout.Length));
        if (norm == 0)
        {
            return;
        }

        ElementKernels.Scale((float)(1 / norm), direction, direction, layout.Length);
        Unpack(direction, layout, scratch.X);
        Orthogonalise(scratch, layout.PaddedInputs, layout.PaddedOutputs);
        Pack(scratch.X, layout, direction);
        var length = (float)(_step.Rate * SizeOfStep * Math.Sqrt(Math.Max(layout.Inputs, layout.Outputs)));
        ElementKernels.Combine(-length, direction, _step.Keep, _parameters.Weights + start, layout.Length);
    }

    private static void Orthogonalise(Scratch s, int inputs, int outputs)
    {
        for (var iteration = 0; iteration < Iterations; iteration++)
        {
            var (x, y, g, h) = (s.X, s.Y, s.G, s.H);
            Multiply(x.Pointer, 1, x.Stride, x, g, Start.Zero, outputs, inputs, outputs);
            Multiply(g.Pointer, g.Stride, 1, g, h, Start.Zero, outputs, outputs, outputs);
            ElementKernels.Combine(B, g.Pointer, C, h.Pointer, outputs * h.Stride);
            ElementKernels.Scale(A, x.Pointer, y.Pointer, inputs * y.Stride);
            Multiply(x.Pointer, x.Stride, 1, h, y, Start.Result, inputs, outputs, outputs);
            s.Swap();
        }
    }

    /// <summary><see cref="MatrixKernels.Multiply"/> over all columns of a product.</summary>
    private static void Multiply(
        float* a, nint rowStride, nint depthStride, Matrix b, Matrix c, Start start, int rows, int depth, int columns)
    {
        for (var j = 0; j < columns; j += PanelLayout.PanelWidth)
        {
            MatrixKernels.Multiply(
                a, rowStride, depthStride, b.Pointer + j, b.Stride, c.Pointer + j, c.Stride, null,
                start, rows, depth, Math.Min(PanelLayout.PanelWidth, columns - j));
        }
    }

    private static void Unpack(float* packed, PanelLayout layout, Matrix x)
    {
        for (var panel = 0; panel < layout.Panels; panel++)
        {
            var from = packed + layout.Start(panel);
            var width = layout.Width(panel);
            for (var row = 0; row < layout.PaddedInputs; row++, from += width)
            {
                new Span<float>(from, width).CopyTo(new Span<float>(x.Row(row) + (panel * PanelLayout.PanelWidth), width));
            }
        }
    }

    private static void Pack(Matrix x, PanelLayout layout, float* packed)
    {
        for (var panel = 0; panel < layout.Panels; panel++)
        {
            var to = packed + layout.Start(panel);
            var width = layout.Width(panel);
            for (var row = 0; row < layout.PaddedInputs; row++, to += width)
            {
                new Span<float>(x.Row(row) + (panel * PanelLayout.PanelWidth), width).CopyTo(new Span<float>(to, width));
            }
        }
    }

    private sealed class Scratch(int inputs, int outputs)
    {
        public AlignedArray<float> Packed { get; } = new(inputs * outputs);

        public Matrix X { get; private set; } = new(inputs, outputs);

        public Matrix Y { get; private set; } = new(inputs, outputs);

        public Matrix G { get; } = new(outputs, outputs);

        public Matrix H { get; } = new(outputs, outputs);

        public void Swap() => (X, Y) = (Y, X);
    }
}

/// <summary>The numbers of one step of <see cref="OrthogonalMomentum"/>.</summary>
/// <param name="GradientScale">The gradient is multiplied by this first.</param>
/// <param name="Keep">So are the weights (weight decay).</param>
/// <param name="Rate">Learning rate.</param>
internal readonly record struct OrthogonalStep(float GradientScale, float Keep, double Rate);
