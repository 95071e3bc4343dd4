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

    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (AffineState)state;
        _conditioner.Forward(x, s.Conditioner, pass);
        if (Vector512.IsHardwareAccelerated)
        {
            Forward<Floats16>(x, s, logJacobian, pass);
        }
        else
        {
            Forward<Floats8>(x, s, logJacobian, pass);
        }
    }

    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (AffineState)state;
        if (Vector512.IsHardwareAccelerated)
        {
            Backward<Floats16>(s, gradient, jacobianGradient, pass);
        }
        else
        {
            Backward<Floats8>(s, gradient, jacobianGradient, pass);
        }

        _conditioner.Backward(x, s.Conditioner, gradient, pass);
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Forward<T>(Matrix x, AffineState s, Span<double> logJacobian, Pass pass)
        where T : struct, IFloats<T>
    {
        for (var i = 0; i < pass.Rows; i++)
        {
            var mu = s.Conditioner.Output.Row(i);
            var from = x.Row(i);
            var y = s.Output.Row(i);
            var scale = s.Scale.Row(i);
            for (var j = 0; j < dimensions; j += T.Count)
            {
                var inside = T.First(dimensions - j);
                var e = VectorMath.Exp(-T.Load(mu + dimensions + j)) & inside;
                e.Store(scale + j);
                ((T.Load(from + j) - (T.Load(mu + j) & inside)) * e).Store(y + j);
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
    private void Backward<T>(AffineState s, Matrix gradient, float jacobianGradient, Pass pass)
        where T : struct, IFloats<T>
    {
        var alphas = stackalloc float[VectorMath.Lanes];
        for (var i = 0; i < pass.Rows; i++)
        {
            var g = gradient.Row(i);
            var y = s.Output.Row(i);
            var scale = s.Scale.Row(i);
            var parameter = s.Conditioner.OutputGradient.Row(i);
            for (var j = (dimensions - 1) / T.Count * T.Count; j >= 0; j -= T.Count)
            {
                // dL/dmu = -g e^-alpha, dL/dalpha = -g y - dL/dln|J|, and directly dL/dx = g e^-alpha. From the last vector to the first:
                // what one writes beyond the features is 0 or written over by the next.
                var v = T.Load(g + j);
                var direct = v * T.Load(scale + j);
                ((T.Create(-jacobianGradient) - (v * T.Load(y + j))) & T.First(dimensions - j)).Store(alphas);
                direct.Store(g + j);
                (-direct).Store(parameter + j);
                for (var f = 0; f < T.Count && j + f < dimensions; f++)
                {
                    parameter[dimensions + j + f] = alphas[f];
                }
            }
        }
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
            if (Vector512.IsHardwareAccelerated)
            {
                Invert<Floats16>(x, y, s.Conditioner.Output, feature, pass.Rows);
            }
            else
            {
                Invert<Floats8>(x, y, s.Conditioner.Output, feature, pass.Rows);
            }
        }

        y.CopyFrom(x, pass.Rows);
    }

    /// <summary>x = y e^alpha + mu of one feature, a vector's number of rows at a time.</summary>
    private void Invert<T>(Matrix x, Matrix y, Matrix parameters, int feature, int rows)
        where T : struct, IFloats<T>
    {
        var alpha = stackalloc float[VectorMath.Lanes];
        new Span<float>(alpha, VectorMath.Lanes).Clear();
        for (var begin = 0; begin < rows; begin += T.Count)
        {
            var count = Math.Min(T.Count, rows - begin);
            for (var i = 0; i < count; i++)
            {
                alpha[i] = parameters.Row(begin + i)[dimensions + feature];
            }

            VectorMath.Exp(T.Load(alpha)).Store(alpha);
            for (var i = 0; i < count; i++)
            {
                x.Row(begin + i)[feature] = MathF.FusedMultiplyAdd(y.Row(begin + i)[feature], alpha[i], parameters.Row(begin + i)[feature]);
            }
        }
    }

    private sealed class AffineState(Matrix output, Matrix scale, ConditionerState conditioner) : FlowState(output)
    {
        /// <summary>e^-alpha.</summary>
        public Matrix Scale { get; } = scale;

        public ConditionerState Conditioner { get; } = conditioner;
    }
}
