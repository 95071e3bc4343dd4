using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// A block of MAF (arXiv:1705.07057, eq. 5): y_i = (x_i - mu_i) e^-alpha_i, ln |dy/dx| = -sum alpha_i, with mu_i and alpha_i from the
/// mass and the features before i.
/// </summary>
internal sealed unsafe class AffineTransform(Parameters parameters, int dimensions, int hidden, bool reversed) : FlowTransform
{
    private readonly Conditioner _conditioner = new(parameters, dimensions, hidden, 2, reversed);

    public Conditioner Conditioner => _conditioner;

    public override void Initialise(RandomStream stream) => _conditioner.Initialise(stream);

    public override void Refresh() => _conditioner.Refresh();

    public override FlowState NewState(int rows) =>
        new AffineState(new Matrix(rows, dimensions), new Matrix(rows, dimensions), _conditioner.NewState(rows));

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (AffineState)state;
        _conditioner.Forward(x, s.Conditioner, pass);
        for (var i = 0; i < pass.Rows; i++)
        {
            var mu = s.Conditioner.Output.Row(i);
            var from = x.Row(i);
            var y = s.Output.Row(i);
            var scale = s.Scale.Row(i);
            for (var j = 0; j < dimensions; j += VectorMath.Lanes)
            {
                var inside = Inside(j);
                var e = VectorMath.Exp(-Vector512.Load(mu + dimensions + j)) & inside;
                e.Store(scale + j);
                ((Vector512.Load(from + j) - (Vector512.Load(mu + j) & inside)) * e).Store(y + j);
            }

            var sum = 0.0;
            for (var j = 0; j < dimensions; j++)
            {
                sum += mu[dimensions + j];
            }

            logJacobian[i] -= sum;
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (AffineState)state;
        for (var i = 0; i < pass.Rows; i++)
        {
            var g = gradient.Row(i);
            var y = s.Output.Row(i);
            var scale = s.Scale.Row(i);
            var parameter = s.Conditioner.OutputGradient.Row(i);
            for (var j = (dimensions - 1) / VectorMath.Lanes * VectorMath.Lanes; j >= 0; j -= VectorMath.Lanes)
            {
                // dL/dmu = -g e^-alpha, dL/dalpha = -g y - dL/dln|J|, and directly dL/dx = g e^-alpha. From the last vector to the first:
                // what one writes beyond the features is 0 or written over by the next.
                var v = Vector512.Load(g + j);
                var direct = v * Vector512.Load(scale + j);
                var alpha = (Vector512.Create(-jacobianGradient) - (v * Vector512.Load(y + j))) & Inside(j);
                direct.Store(g + j);
                (-direct).Store(parameter + j);
                for (var f = 0; f < VectorMath.Lanes && j + f < dimensions; f++)
                {
                    parameter[dimensions + j + f] = alpha[f];
                }
            }
        }

        _conditioner.Backward(x, s.Conditioner, gradient, pass);
    }

    public override void Inverse(Matrix y, FlowState state, Pass pass)
    {
        var s = (AffineState)state;
        var x = s.Output;
        x.Clear(pass.Rows);
        for (var place = 0; place < dimensions; place++)
        {
            _conditioner.ForwardPlace(x, s.Conditioner, pass, place);
            var feature = _conditioner.Position(place);
            Invert(x, y, s.Conditioner.Output, feature, pass.Rows);
        }

        y.CopyFrom(x, pass.Rows);
    }

    /// <summary>x = y e^alpha + mu of one feature, sixteen rows at a time.</summary>
    private void Invert(Matrix x, Matrix y, Matrix parameters, int feature, int rows)
    {
        Span<float> alpha = stackalloc float[VectorMath.Lanes];
        for (var begin = 0; begin < rows; begin += VectorMath.Lanes)
        {
            var count = Math.Min(VectorMath.Lanes, rows - begin);
            alpha.Clear();
            for (var i = 0; i < count; i++)
            {
                alpha[i] = parameters.Row(begin + i)[dimensions + feature];
            }

            VectorMath.Exp(Vector512.Create<float>(alpha)).CopyTo(alpha);
            for (var i = 0; i < count; i++)
            {
                x.Row(begin + i)[feature] = MathF.FusedMultiplyAdd(y.Row(begin + i)[feature], alpha[i], parameters.Row(begin + i)[feature]);
            }
        }
    }

    /// <summary>All bits set in the lanes of features.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private Vector512<float> Inside(int first) =>
        Vector512.LessThan(Vector512<int>.Indices, Vector512.Create(dimensions - first)).AsSingle();

    private sealed class AffineState(Matrix output, Matrix scale, ConditionerState conditioner) : FlowState(output)
    {
        /// <summary>e^-alpha.</summary>
        public Matrix Scale { get; } = scale;

        public ConditionerState Conditioner { get; } = conditioner;
    }
}
