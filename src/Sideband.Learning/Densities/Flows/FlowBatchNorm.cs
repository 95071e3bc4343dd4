using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// Batch normalisation as an invertible map (arXiv:1605.08803, section 3.7): y = e^g (x - mean)/sqrt(v) + b, v = variance + 1e-5,
/// ln |dy/dx| = sum (g - ln(v)/2). In training mean and variance are the batch's; otherwise those that <see cref="SetStatistics"/> set.
/// </summary>
internal sealed unsafe class FlowBatchNorm : FlowTransform
{
    private const double Epsilon = 1e-5;

    private readonly Parameters _parameters;
    private readonly int _dimensions;
    private readonly int _logGamma;
    private readonly int _beta;
    private readonly int _mean;
    private readonly int _variance;

    public FlowBatchNorm(Parameters parameters, int dimensions)
    {
        (_parameters, _dimensions) = (parameters, dimensions);
        _logGamma = parameters.Reserve(dimensions);
        _beta = parameters.Reserve(dimensions);
        _mean = parameters.ReserveStatistics(dimensions);
        _variance = parameters.ReserveStatistics(dimensions);
    }

    public override bool MixesRows => true;

    /// <summary>Place of g of feature f in the parameters.</summary>
    public int LogGammaIndex(int f) => _logGamma + f;

    /// <summary>Place of b of feature f in the parameters.</summary>
    public int BetaIndex(int f) => _beta + f;

    public override void Initialise(RandomStream stream) => new Span<float>(_parameters.Statistics + _variance, _dimensions).Fill(1);

    public override void Refresh()
    {
    }

    public override FlowState NewState(int rows) =>
        new NormState(new Matrix(rows, _dimensions), new Matrix(rows, _dimensions), new float[_dimensions]);

    /// <summary>Sets the mean and v (with epsilon) of feature f.</summary>
    public void SetStatistics(int f, double mean, double variance) =>
        (_parameters.Statistics[_mean + f], _parameters.Statistics[_variance + f]) = ((float)mean, (float)(variance + Epsilon));

    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (NormState)state;
        Span<float> mean = stackalloc float[_dimensions];
        Span<float> gamma = stackalloc float[_dimensions];
        var log = 0.0;
        Statistics(x, pass, mean, s.Inverse);
        for (var f = 0; f < _dimensions; f++)
        {
            gamma[f] = (float)PortableMath.Exp(_parameters.Weights[_logGamma + f]);
            log += _parameters.Weights[_logGamma + f] + PortableMath.Log(s.Inverse[f]);
        }

        var beta = _parameters.Weights + _beta;
        for (var i = 0; i < pass.Rows; i++)
        {
            var from = x.RowSpan(i);
            var normal = s.Normal.RowSpan(i);
            var to = s.Output.RowSpan(i);
            for (var f = 0; f < from.Length; f++)
            {
                normal[f] = (from[f] - mean[f]) * s.Inverse[f];
                to[f] = MathF.FusedMultiplyAdd(gamma[f], normal[f], beta[f]);
            }

            logJacobian[i] += log;
        }
    }

    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (NormState)state;
        var rows = pass.Rows;
        Span<float> sums = stackalloc float[_dimensions];
        Span<float> products = stackalloc float[_dimensions];
        sums.Clear();
        products.Clear();
        for (var i = 0; i < rows; i++)
        {
            var g = gradient.RowSpan(i);
            var normal = s.Normal.RowSpan(i);
            for (var f = 0; f < g.Length; f++)
            {
                sums[f] += g[f];
                products[f] = MathF.FusedMultiplyAdd(g[f], normal[f], products[f]);
            }
        }

        Span<float> scale = stackalloc float[_dimensions];
        Span<float> shift = stackalloc float[_dimensions];
        Span<float> slope = stackalloc float[_dimensions];
        for (var f = 0; f < _dimensions; f++)
        {
            var gamma = (float)PortableMath.Exp(_parameters.Weights[_logGamma + f]);
            if (pass.Gradient != null)
            {
                pass.Gradient[_logGamma + f] = (gamma * products[f]) + (rows * jacobianGradient);
                pass.Gradient[_beta + f] = sums[f];
            }

            // With n the normalised input: dx = (gamma (g - mean(g) - n mean(g n)) - n dL/dln|J|)/sqrt(v).
            scale[f] = gamma * s.Inverse[f];
            shift[f] = pass.Training ? scale[f] * sums[f] / rows : 0;
            slope[f] = pass.Training ? (scale[f] * products[f] / rows) + (s.Inverse[f] * jacobianGradient) : 0;
        }

        for (var i = 0; i < rows; i++)
        {
            var g = gradient.RowSpan(i);
            var normal = s.Normal.RowSpan(i);
            for (var f = 0; f < g.Length; f++)
            {
                g[f] = (scale[f] * g[f]) - shift[f] - (normal[f] * slope[f]);
            }
        }
    }

    public override void Inverse(Matrix y, FlowState state, Pass pass)
    {
        Span<float> scale = stackalloc float[_dimensions];
        for (var f = 0; f < _dimensions; f++)
        {
            scale[f] = (float)(Math.Sqrt(_parameters.Statistics[_variance + f]) * PortableMath.Exp(-_parameters.Weights[_logGamma + f]));
        }

        for (var i = 0; i < pass.Rows; i++)
        {
            var row = y.RowSpan(i);
            for (var f = 0; f < row.Length; f++)
            {
                row[f] = MathF.FusedMultiplyAdd(row[f] - _parameters.Weights[_beta + f], scale[f], _parameters.Statistics[_mean + f]);
            }
        }
    }

    /// <summary>The batch's or the set mean, and 1/sqrt(v).</summary>
    private void Statistics(Matrix x, Pass pass, Span<float> mean, float[] inverse)
    {
        if (!pass.Training)
        {
            for (var f = 0; f < _dimensions; f++)
            {
                mean[f] = _parameters.Statistics[_mean + f];
                inverse[f] = 1 / MathF.Sqrt(_parameters.Statistics[_variance + f]);
            }

            return;
        }

        Span<double> sums = stackalloc double[_dimensions];
        Span<double> squares = stackalloc double[_dimensions];
        Moments(x, pass.Rows, sums, squares);
        for (var f = 0; f < _dimensions; f++)
        {
            mean[f] = (float)sums[f];
            inverse[f] = (float)(1 / Math.Sqrt(squares[f] + Epsilon));
        }
    }

    /// <summary>Mean and (biased) variance of each column.</summary>
    public static void Moments(Matrix x, int rows, Span<double> mean, Span<double> variance)
    {
        mean.Clear();
        variance.Clear();
        for (var i = 0; i < rows; i++)
        {
            var row = x.RowSpan(i);
            for (var f = 0; f < row.Length; f++)
            {
                mean[f] += row[f];
            }
        }

        for (var f = 0; f < mean.Length; f++)
        {
            mean[f] /= rows;
        }

        for (var i = 0; i < rows; i++)
        {
            var row = x.RowSpan(i);
            for (var f = 0; f < row.Length; f++)
            {
                variance[f] += (row[f] - mean[f]) * (row[f] - mean[f]);
            }
        }

        for (var f = 0; f < mean.Length; f++)
        {
            variance[f] /= rows;
        }
    }

    private sealed class NormState(Matrix output, Matrix normal, float[] inverse) : FlowState(output)
    {
        public Matrix Normal { get; } = normal;

        /// <summary>1/sqrt(v).</summary>
        public float[] Inverse { get; } = inverse;
    }
}
