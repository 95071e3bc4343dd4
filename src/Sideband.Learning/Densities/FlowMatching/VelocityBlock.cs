using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>
/// Mean velocity of one or several networks for a block of rows at given masses, and on request the integral of its divergence tr(dv/dx),
/// exact.
/// </summary>
internal sealed class VelocityBlock : IVelocity
{
    private const int TraceStages = 6;

    private readonly NetworkVelocity[] _networks;
    private readonly double[][] _traces;
    private int _rows;

    /// <param name="networks">Their mean is the velocity.</param>
    /// <param name="rows">Rows, at most.</param>
    /// <param name="withTrace">Whether the divergence is wanted.</param>
    public VelocityBlock(IReadOnlyList<VelocityNetwork> networks, int rows, bool withTrace)
    {
        _networks = [.. networks.Select(network => new NetworkVelocity(network, rows, withTrace))];
        _traces = withTrace ? [.. Enumerable.Range(0, TraceStages).Select(_ => new double[rows])] : [];
        TraceIntegral = new double[withTrace ? rows : 0];
    }

    /// <summary>Integral of the divergence along the way, one a row.</summary>
    public double[] TraceIntegral { get; }

    /// <summary>Begins a new way.</summary>
    /// <param name="mass">Standardised, all masses of a row one after the other.</param>
    public void Start(ReadOnlySpan<float> mass)
    {
        foreach (var network in _networks)
        {
            _rows = network.Start(mass);
        }

        TraceIntegral.AsSpan().Clear();
    }

    public void Evaluate(double t, Matrix x, Matrix slope, int stage)
    {
        // The slope at the end of a step is the first of the next.
        var trace = _traces.Length > 0 ? _traces[stage % TraceStages] : [];
        var share = 1f / _networks.Length;
        slope.Clear(_rows);
        trace.AsSpan().Clear();
        foreach (var network in _networks)
        {
            network.Evaluate(t, x);
            for (var i = 0; i < _rows; i++)
            {
                var from = network.Velocity.RowSpan(i);
                var to = slope.RowSpan(i);
                for (var f = 0; f < to.Length; f++)
                {
                    to[f] += share * from[f];
                }
            }

            if (trace.Length > 0)
            {
                network.AddDivergence(x, share, trace);
            }
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
}
