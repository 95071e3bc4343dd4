using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Networks;

/// <summary>
/// y = gamma (x - mean)/sqrt(variance + epsilon) + beta (arXiv:1502.03167): in training with the batch's mean and variance, which also
/// move the running ones by a tenth of the difference (PyTorch's momentum 0.1); otherwise with the running ones.
/// </summary>
internal sealed unsafe class BatchNormLayer : Layer
{
    private const float Epsilon = 1e-5f;
    private const float Momentum = 0.1f;

    private readonly Parameters _parameters;
    private readonly int _width;
    private readonly int _gamma;
    private readonly int _beta;
    private readonly int _mean;
    private readonly int _variance;

    public BatchNormLayer(Parameters parameters, int width)
    {
        (_parameters, _width) = (parameters, width);
        _gamma = parameters.Reserve(width);
        _beta = parameters.Reserve(width);
        _mean = parameters.ReserveStatistics(width);
        _variance = parameters.ReserveStatistics(width);
    }

    public override int Inputs => _width;

    public override int Outputs => _width;

    public override bool MixesRows => true;

    public override void Initialise(RandomStream stream)
    {
        new Span<float>(_parameters.Weights + _gamma, _width).Fill(1);
        new Span<float>(_parameters.Statistics + _variance, _width).Fill(1);
    }

    public override void Refresh()
    {
    }

    public override LayerState NewState(int rows) => new NormState(new Matrix(rows, _width), new Matrix(rows, _width), new float[_width]);

    public override void Forward(Matrix x, LayerState state, Pass pass)
    {
        var s = (NormState)state;
        var rows = pass.Rows;
        for (var j = 0; j < _width; j++)
        {
            var (mean, variance) = (_parameters.Statistics[_mean + j], _parameters.Statistics[_variance + j]);
            if (pass.Training)
            {
                (mean, variance) = Moments(x, j, rows);
                var unbiased = rows > 1 ? variance * rows / (rows - 1) : variance;
                _parameters.Statistics[_mean + j] += Momentum * (mean - _parameters.Statistics[_mean + j]);
                _parameters.Statistics[_variance + j] += Momentum * (unbiased - _parameters.Statistics[_variance + j]);
            }

            var inverse = 1 / MathF.Sqrt(variance + Epsilon);
            s.Inverse[j] = inverse;
            var (gamma, beta) = (_parameters.Weights[_gamma + j], _parameters.Weights[_beta + j]);
            for (var i = 0; i < rows; i++)
            {
                var normal = (x.Row(i)[j] - mean) * inverse;
                s.Normal.Row(i)[j] = normal;
                s.Output.Row(i)[j] = MathF.FusedMultiplyAdd(gamma, normal, beta);
            }
        }
    }

    public override void Backward(Matrix x, LayerState state, Matrix gradient, Matrix? inputGradient, bool add, Pass pass)
    {
        var s = (NormState)state;
        var rows = pass.Rows;
        for (var j = 0; j < _width; j++)
        {
            var (sum, product) = (0f, 0f);
            for (var i = 0; i < rows; i++)
            {
                sum += gradient.Row(i)[j];
                product = MathF.FusedMultiplyAdd(gradient.Row(i)[j], s.Normal.Row(i)[j], product);
            }

            if (pass.Gradient != null)
            {
                pass.Gradient[_gamma + j] = product;
                pass.Gradient[_beta + j] = sum;
            }

            // Mean and variance depend on x, too: dx = gamma/sd (g - mean(g) - n mean(g n)) with n the normalised input.
            var (meanGradient, meanProduct) = pass.Training ? (sum / rows, product / rows) : (0, 0);
            var scale = _parameters.Weights[_gamma + j] * s.Inverse[j];
            for (var i = 0; inputGradient is not null && i < rows; i++)
            {
                var g = scale * (gradient.Row(i)[j] - meanGradient - (s.Normal.Row(i)[j] * meanProduct));
                inputGradient.Row(i)[j] = add ? inputGradient.Row(i)[j] + g : g;
            }
        }
    }

    private static (float Mean, float Variance) Moments(Matrix x, int column, int rows)
    {
        var sum = 0.0;
        for (var i = 0; i < rows; i++)
        {
            sum += x.Row(i)[column];
        }

        var mean = sum / rows;
        var squares = 0.0;
        for (var i = 0; i < rows; i++)
        {
            var difference = x.Row(i)[column] - mean;
            squares += difference * difference;
        }

        return ((float)mean, (float)(squares / rows));
    }

    private sealed class NormState(Matrix output, Matrix normal, float[] inverse) : LayerState(output)
    {
        public Matrix Normal { get; } = normal;

        public float[] Inverse { get; } = inverse;
    }
}
