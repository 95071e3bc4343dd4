using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>Each feature through a spline whose parameters depend on the mass and the features before it (arXiv:1906.04032, section 4).</summary>
internal sealed class AutoregressiveSpline(Parameters parameters, int dimensions, int hidden, int bins, float bound, bool reversed) : FlowTransform
{
    private readonly Conditioner _conditioner = new(parameters, dimensions, hidden, RationalQuadraticSpline.Count(bins), reversed);

    public Conditioner Conditioner => _conditioner;

    public override void Initialise(RandomStream stream) => _conditioner.Initialise(stream);

    public override void Refresh() => _conditioner.Refresh();

    public override FlowState NewState(int rows) =>
        new SplineState(new Matrix(rows, dimensions), _conditioner.NewState(rows), new RationalQuadraticSpline(bins, bound));

    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (SplineState)state;
        _conditioner.Forward(x, s.Conditioner, pass);
        for (var i = 0; i < pass.Rows; i++)
        {
            var numbers = s.Conditioner.Output.RowSpan(i);
            for (var f = 0; f < dimensions; f++)
            {
                s.Spline.Set(numbers[f..], dimensions);
                (s.Output.RowSpan(i)[f], var log) = s.Spline.Forward(x.RowSpan(i)[f]);
                logJacobian[i] += log;
            }
        }
    }

    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (SplineState)state;
        for (var i = 0; i < pass.Rows; i++)
        {
            var g = gradient.RowSpan(i);
            for (var f = 0; f < dimensions; f++)
            {
                s.Spline.Set(s.Conditioner.Output.RowSpan(i)[f..], dimensions);
                g[f] = s.Spline.Backward(x.RowSpan(i)[f], g[f], jacobianGradient, s.Conditioner.OutputGradient.RowSpan(i)[f..], dimensions);
            }
        }

        _conditioner.Backward(x, s.Conditioner, gradient, pass);
    }

    public override void Inverse(Matrix y, FlowState state, Pass pass)
    {
        var s = (SplineState)state;
        var x = s.Output;
        x.Clear(pass.Rows);
        for (var place = 0; place < dimensions; place++)
        {
            _conditioner.ForwardPlace(x, s.Conditioner, pass, place);
            var f = _conditioner.Position(place);
            for (var i = 0; i < pass.Rows; i++)
            {
                s.Spline.Set(s.Conditioner.Output.RowSpan(i)[f..], dimensions);
                x.RowSpan(i)[f] = s.Spline.Inverse(y.RowSpan(i)[f]);
            }
        }

        y.CopyFrom(x, pass.Rows);
    }

    private sealed class SplineState(Matrix output, ConditionerState conditioner, RationalQuadraticSpline spline) : FlowState(output)
    {
        public ConditionerState Conditioner { get; } = conditioner;

        public RationalQuadraticSpline Spline { get; } = spline;
    }
}
