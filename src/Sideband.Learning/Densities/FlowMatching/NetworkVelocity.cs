using Sideband.Learning.Networks;
using Sideband.Learning.Networks.Kernels;

namespace Sideband.Learning.Densities.FlowMatching;

/// <summary>Velocity of one network for a block of rows at given masses, and on request its divergence tr(dv/dx), exact.</summary>
internal sealed class NetworkVelocity
{
    private readonly VelocityNetwork _network;
    private readonly Matrix _context;
    private readonly LayerState _state;
    private readonly Pass _pass;
    private readonly Matrix? _gradient;
    private readonly Matrix? _inputGradient;

    /// <param name="network">Gives the velocity.</param>
    /// <param name="rows">Rows, at most.</param>
    /// <param name="withDivergence">Whether the divergence is wanted.</param>
    public NetworkVelocity(VelocityNetwork network, int rows, bool withDivergence)
    {
        _network = network;
        _context = network.NewContext(rows);
        _state = network.Layers.NewState(rows);
        _pass = new Pass { Context = _context, KeepDerivatives = withDivergence };
        _gradient = withDivergence ? new Matrix(rows, network.Dimensions) : null;
        _inputGradient = withDivergence ? new Matrix(rows, network.Dimensions) : null;
    }

    /// <summary>Of the last evaluation.</summary>
    public Matrix Velocity => _state.Output;

    /// <summary>Gives the rows their masses.</summary>
    /// <param name="mass">Standardised, all masses of a row one after the other.</param>
    /// <returns>Number of the rows.</returns>
    public int Start(ReadOnlySpan<float> mass)
    {
        var masses = _network.Masses;
        _pass.Rows = mass.Length / masses;
        for (var i = 0; i < _pass.Rows; i++)
        {
            mass.Slice(i * masses, masses).CopyTo(_context.RowSpan(i));
        }

        return _pass.Rows;
    }

    /// <summary>Evaluates the velocity of all rows.</summary>
    /// <param name="t">Time.</param>
    /// <param name="x">State.</param>
    public void Evaluate(double t, Matrix x)
    {
        _network.SetTime(_context.RowSpan(0), t);
        var time = _context.RowSpan(0)[_network.Masses..];
        for (var i = 1; i < _pass.Rows; i++)
        {
            time.CopyTo(_context.RowSpan(i)[_network.Masses..]);
        }

        _network.Layers.Forward(x, _state, _pass);
    }

    /// <summary>
    /// Adds the divergence of the velocity that was evaluated last, row by row sum over f of dv_f/dx_f: one way back for each f.
    /// </summary>
    /// <param name="x">The state of that evaluation.</param>
    /// <param name="factor">Of the divergence.</param>
    /// <param name="sum">One a row.</param>
    public void AddDivergence(Matrix x, double factor, double[] sum)
    {
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
                sum[i] += factor * _inputGradient!.RowSpan(i)[f];
            }
        }
    }
}
