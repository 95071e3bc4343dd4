using System.Runtime.CompilerServices;
using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// A vector's number of rows at a time: groups of <see cref="VectorMath.Lanes"/> are transposed, so that a lane is a row. Parameter p of
/// the n-th of the features is column p count + n of the parameters.
/// </summary>
internal sealed unsafe class SplineRows<T> : SplineRows
    where T : struct, IFloats<T>
{
    private const int Lanes = VectorMath.Lanes;

    private readonly RationalQuadraticSpline<T> _spline;
    private readonly int[] _features;
    private readonly AlignedArray<float> _parameters;
    private readonly AlignedArray<float> _gradients;
    private readonly AlignedArray<float> _lane = new(Lanes);
    private readonly AlignedArray<float> _logs = new(Lanes);

    /// <inheritdoc cref="SplineRows.Create"/>
    public SplineRows(int[] features, int bins, float bound)
    {
        _features = features;
        _spline = new RationalQuadraticSpline<T>(bins, bound);
        var columns = PanelLayout.RoundUp(features.Length * SplineParameters.Count(bins), 16);
        _parameters = new AlignedArray<float>(columns * Lanes);
        _gradients = new AlignedArray<float>(columns * Lanes);
        _parameters.Span.Clear();
        _gradients.Span.Clear();
    }

    private int Stride => _features.Length * Lanes;

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Forward(Matrix x, Matrix y, Matrix parameters, Span<double> logJacobian, int rows)
    {
        for (var begin = 0; begin < rows; begin += T.Count)
        {
            var count = Math.Min(T.Count, rows - begin);
            var first = TakeParameters(parameters, begin, rows);
            for (var n = 0; n < _features.Length; n++)
            {
                _spline.Set(first + (n * Lanes), Stride);
                var value = _spline.Forward(Load(x, begin, count, _features[n]), out var log);
                Store(value, y, begin, count, _features[n]);
                log.Store(_logs.Pointer);
                for (var i = 0; i < count; i++)
                {
                    logJacobian[begin + i] += _logs.Pointer[i];
                }
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Backward(
        Matrix x, Matrix gradient, Matrix parameters, Matrix parameterGradient, float jacobianGradient, int rows)
    {
        for (var begin = 0; begin < rows; begin += T.Count)
        {
            var count = Math.Min(T.Count, rows - begin);
            var first = TakeParameters(parameters, begin, rows);
            for (var n = 0; n < _features.Length; n++)
            {
                var f = _features[n];
                _spline.Set(first + (n * Lanes), Stride);
                var g = _spline.Backward(
                    Load(x, begin, count, f),
                    Load(gradient, begin, count, f),
                    jacobianGradient,
                    _gradients.Pointer + (begin % Lanes) + (n * Lanes),
                    Stride);
                Store(g, gradient, begin, count, f);
            }

            if ((begin + T.Count) % Lanes == 0 || begin + T.Count >= rows)
            {
                var group = begin / Lanes * Lanes;
                Transpose.LanesToRows(_gradients.Pointer, parameterGradient, group, Math.Min(Lanes, rows - group));
            }
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public override void Inverse(Matrix y, Matrix x, Matrix parameters, int n, int rows)
    {
        for (var begin = 0; begin < rows; begin += T.Count)
        {
            var count = Math.Min(T.Count, rows - begin);
            _spline.Set(TakeParameters(parameters, begin, rows) + (n * Lanes), Stride);
            Store(_spline.Inverse(Load(y, begin, count, _features[n])), x, begin, count, _features[n]);
        }
    }

    /// <summary>The parameters of the row's group, transposed where it begins; where those of the row are.</summary>
    private float* TakeParameters(Matrix parameters, int row, int rows)
    {
        if (row % Lanes == 0)
        {
            Transpose.RowsToLanes(parameters, row, Math.Min(Lanes, rows - row), _parameters.Pointer);
        }

        return _parameters.Pointer + (row % Lanes);
    }

    private T Load(Matrix x, int begin, int count, int column)
    {
        for (var i = 0; i < count; i++)
        {
            _lane.Pointer[i] = x.Row(begin + i)[column];
        }

        return T.Load(_lane.Pointer);
    }

    private void Store(T values, Matrix x, int begin, int count, int column)
    {
        values.Store(_lane.Pointer);
        for (var i = 0; i < count; i++)
        {
            x.Row(begin + i)[column] = _lane.Pointer[i];
        }
    }
}
