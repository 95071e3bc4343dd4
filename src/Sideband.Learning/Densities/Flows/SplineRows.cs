using System.Runtime.Intrinsics;
using Sideband.Learning.Boosting;
using Sideband.Learning.Kernels;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// Splines of some features of many rows: sixteen rows at a time are transposed, so that a lane is a row. Parameter p of the n-th of these
/// features is column p count + n of the parameters. Not for several threads at once.
/// </summary>
internal sealed unsafe class SplineRows
{
    private const int Lanes = VectorMath.Lanes;

    private readonly RationalQuadraticSpline _spline;
    private readonly int[] _features;
    private readonly AlignedArray<float> _parameters;
    private readonly AlignedArray<float> _gradients;
    private readonly AlignedArray<float> _lane = new(Lanes);

    /// <param name="features">Their columns in the rows.</param>
    /// <param name="bins">Of a spline.</param>
    /// <param name="bound">Of a spline.</param>
    public SplineRows(int[] features, int bins, float bound)
    {
        _features = features;
        _spline = new RationalQuadraticSpline(bins, bound);
        var columns = PanelLayout.RoundUp(features.Length * RationalQuadraticSpline.Count(bins), 16);
        _parameters = new AlignedArray<float>(columns * Lanes);
        _gradients = new AlignedArray<float>(columns * Lanes);
        _parameters.Span.Clear();
        _gradients.Span.Clear();
    }

    /// <summary>y of the features from x, and ln dy/dx added for each row.</summary>
    public void Forward(Matrix x, Matrix y, Matrix parameters, Span<double> logJacobian, int rows)
    {
        for (var begin = 0; begin < rows; begin += Lanes)
        {
            var count = Math.Min(Lanes, rows - begin);
            Transpose.RowsToLanes(parameters, begin, count, _parameters.Pointer);
            for (var n = 0; n < _features.Length; n++)
            {
                _spline.Set(_parameters.Pointer + (n * Lanes), _features.Length * Lanes);
                var value = _spline.Forward(Load(x, begin, count, _features[n]), out var log);
                Store(value, y, begin, count, _features[n]);
                for (var i = 0; i < count; i++)
                {
                    logJacobian[begin + i] += log[i];
                }
            }
        }
    }

    /// <summary>The features' gradient becomes that with respect to x; that of the parameters is written.</summary>
    public void Backward(Matrix x, Matrix gradient, Matrix parameters, Matrix parameterGradient, float jacobianGradient, int rows)
    {
        for (var begin = 0; begin < rows; begin += Lanes)
        {
            var count = Math.Min(Lanes, rows - begin);
            Transpose.RowsToLanes(parameters, begin, count, _parameters.Pointer);
            for (var n = 0; n < _features.Length; n++)
            {
                var (f, stride) = (_features[n], _features.Length * Lanes);
                _spline.Set(_parameters.Pointer + (n * Lanes), stride);
                var g = _spline.Backward(
                    Load(x, begin, count, f), Load(gradient, begin, count, f), jacobianGradient, _gradients.Pointer + (n * Lanes), stride);
                Store(g, gradient, begin, count, f);
            }

            Transpose.LanesToRows(_gradients.Pointer, parameterGradient, begin, count);
        }
    }

    /// <summary>x of the n-th feature from y.</summary>
    public void Inverse(Matrix y, Matrix x, Matrix parameters, int n, int rows)
    {
        for (var begin = 0; begin < rows; begin += Lanes)
        {
            var count = Math.Min(Lanes, rows - begin);
            Transpose.RowsToLanes(parameters, begin, count, _parameters.Pointer);
            _spline.Set(_parameters.Pointer + (n * Lanes), _features.Length * Lanes);
            Store(_spline.Inverse(Load(y, begin, count, _features[n])), x, begin, count, _features[n]);
        }
    }

    private Vector512<float> Load(Matrix x, int begin, int count, int column)
    {
        for (var i = 0; i < count; i++)
        {
            _lane.Pointer[i] = x.Row(begin + i)[column];
        }

        return Vector512.Load(_lane.Pointer);
    }

    private void Store(Vector512<float> values, Matrix x, int begin, int count, int column)
    {
        values.Store(_lane.Pointer);
        for (var i = 0; i < count; i++)
        {
            x.Row(begin + i)[column] = _lane.Pointer[i];
        }
    }
}
