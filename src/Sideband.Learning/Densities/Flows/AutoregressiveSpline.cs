using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Flows;

/// <summary>
/// Each feature through a spline whose parameters depend on the mass and the features before it (arXiv:1906.04032, section 4).
/// </summary>
internal sealed class AutoregressiveSpline(
    Parameters parameters,
    int dimensions,
    int hidden,
    int bins,
    float bound,
    bool reversed) : FlowTransform
{
    private readonly Conditioner _conditioner = new(parameters, dimensions, hidden, SplineParameters.Count(bins), reversed);

    public Conditioner Conditioner => _conditioner;

    public override void Initialise(RandomStream stream) => _conditioner.Initialise(stream);

    public override void Refresh() => _conditioner.Refresh();

    public override FlowState NewState(int rows) =>
        new SplineState(
            new Matrix(rows, dimensions),
            _conditioner.NewState(rows),
            SplineRows.Create([.. Enumerable.Range(0, dimensions)], bins, bound));

    public override void Forward(Matrix x, FlowState state, Span<double> logJacobian, Pass pass)
    {
        var s = (SplineState)state;
        _conditioner.Forward(x, s.Conditioner, pass);
        s.Splines.Forward(x, s.Output, s.Conditioner.Output, logJacobian, pass.Rows);
    }

    public override void Backward(Matrix x, FlowState state, Matrix gradient, float jacobianGradient, Pass pass)
    {
        var s = (SplineState)state;
        s.Splines.Backward(x, gradient, s.Conditioner.Output, s.Conditioner.OutputGradient, jacobianGradient, pass.Rows);
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
            s.Splines.Inverse(y, x, s.Conditioner.Output, _conditioner.Position(place), pass.Rows);
        }

        y.CopyFrom(x, pass.Rows);
    }

    private sealed class SplineState(Matrix output, ConditionerState conditioner, SplineRows splines) : FlowState(output)
    {
        public ConditionerState Conditioner { get; } = conditioner;

        public SplineRows Splines { get; } = splines;
    }
}
