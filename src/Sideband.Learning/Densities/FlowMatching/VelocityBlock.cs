using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Velocity of a block of rows at given masses, and on request the integral of its divergence tr(dv/dx), exact.</summary>
internal sealed class VelocityBlock : IVelocity
{
    private const int TraceStages = 6;

    private readonly VelocityNetwork _network;
    private readonly Matrix _context;
    private readonly LayerState _state;
    private readonly Pass _pass;
    private readonly Matrix? _gradient;
    private readonly Matrix? _inputGradient;
    private readonly double[][] _traces;

    /// <param name="network">Gives the velocity.</param>
    /// <param name="rows">Rows, at most.</param>
    /// <param name="withTrace">Whether the divergence is wanted.</param>
    public VelocityBlock(VelocityNetwork network, int rows, bool withTrace)
    {
        _network = network;
        _context = network.NewContext(rows);
        _state = network.Layers.NewState(rows);
        _pass = new Pass { Context = _context, KeepDerivatives = withTrace };
        _gradient = withTrace ? new Matrix(rows, network.Dimensions) : null;
        _inputGradient = withTrace ? new Matrix(rows, network.Dimensions) : null;
        _traces = withTrace ? [.. Enumerable.Range(0, TraceStages).Select(_ => new double[rows])] : [];
        TraceIntegral = new double[withTrace ? rows : 0];
    }

    /// <summary>Integral of the divergence along the way, one a row.</summary>
    public double[] TraceIntegral { get; }

    /// <summary>Begins a new way.</summary>
    /// <param name="mass">Standardised, all masses of a row one after the other.</param>
    public void Start(ReadOnlySpan<float> mass)
    {
        var masses = _network.Masses;
        _pass.Rows = mass.Length / masses;
        for (var i = 0; i < _pass.Rows; i++)
        {
            mass.Slice(i * masses, masses).CopyTo(_context.RowSpan(i));
        }

        TraceIntegral.AsSpan().Clear();
    }

    public void Evaluate(double t, Matrix x, Matrix slope, int stage)
    {
        var rows = _pass.Rows;
        _network.SetTime(_context.RowSpan(0), t);
        var time = _context.RowSpan(0)[_network.Masses..];
        for (var i = 1; i < rows; i++)
        {
            time.CopyTo(_context.RowSpan(i)[_network.Masses..]);
        }

        _network.Layers.Forward(x, _state, _pass);
        slope.CopyFrom(_state.Output, rows);
        if (_gradient is not null)
        {
            // The slope at the end of a step is the first of the next.
            Trace(x, _traces[stage % TraceStages]);
        }
    }

    public void Advance(double h, ReadOnlySpan<double> weights)
    {
        for (var i = 0; i < TraceIntegral.Length; i++)
        {
            var sum = 0.0;
            for (var s = 0; s < TraceStages; s++)
            {
                sum += weights[s] * _traces[s][i];
            }

            TraceIntegral[i] += h * sum;
        }
    }

    /// <summary>Row by row sum over f of dv_f/dx_f: one way back for each f.</summary>
    private void Trace(Matrix x, double[] trace)
    {
        trace.AsSpan().Clear();
        for (var f = 0; f < _network.Dimensions; f++)
        {
            _gradient!.Clear(_pass.Rows);
            for (var i = 0; i < _pass.Rows; i++)
            {
                _gradient.RowSpan(i)[f] = 1;
            }

            _network.Layers.Backward(x, _state, _gradient, _inputGradient, add: false, _pass);
            for (var i = 0; i < _pass.Rows; i++)
            {
                trace[i] += _inputGradient!.RowSpan(i)[f];
            }
        }
    }
}
