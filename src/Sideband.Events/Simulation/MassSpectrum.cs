using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// A density of the mass, p(m). The logarithm of the density of t = ln m is linear between evenly spaced nodes and goes on in a
/// straight line outside them, so p(m) falls like a power there; density, integral and the integral's inverse are closed formulas.
/// </summary>
internal sealed class MassSpectrum
{
    private readonly double _low;
    private readonly double _step;
    private readonly double[] _logDensity;

    /// <summary>Content up to the upper end of each piece: the lower tail, the pieces between nodes, the upper tail (1).</summary>
    private readonly double[] _cumulative;

    /// <param name="low">ln m of the first node, m in TeV.</param>
    /// <param name="high">ln m of the last node.</param>
    /// <param name="logDensity">ln p(t) at the nodes up to a constant; must rise at the first node and fall at the last.</param>
    public MassSpectrum(double low, double high, double[] logDensity)
    {
        (_low, _step) = (low, (high - low) / (logDensity.Length - 1));
        _logDensity = [.. logDensity];
        var last = logDensity.Length - 1;
        if (Slope(0) <= 0 || Slope(last - 1) >= 0)
        {
            throw new ArgumentException("The spectrum must rise at its first node and fall at its last.", nameof(logDensity));
        }

        _cumulative = new double[last + 2];
        var total = PortableMath.Exp(logDensity[0]) / Slope(0);
        _cumulative[0] = total;
        for (var i = 0; i < last; i++)
        {
            total += PieceContent(i);
            _cumulative[i + 1] = total;
        }

        total -= PortableMath.Exp(logDensity[last]) / Slope(last - 1);
        _cumulative[last + 1] = total;
        var logTotal = PortableMath.Log(total);
        for (var i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] /= total;
        }

        for (var i = 0; i < _logDensity.Length; i++)
        {
            _logDensity[i] -= logTotal;
        }
    }

    /// <summary>ln p(m), m in TeV and p in 1/TeV; -infinity for m &lt;= 0.</summary>
    public double LogDensity(double mass)
    {
        if (!(mass > 0))
        {
            return double.NegativeInfinity;
        }

        var logMass = PortableMath.Log(mass);
        var position = (logMass - _low) / _step;
        var piece = Math.Clamp((int)Math.Floor(Math.Clamp(position, -1, _logDensity.Length)), 0, _logDensity.Length - 2);
        return _logDensity[piece] + ((position - piece) * (_logDensity[piece + 1] - _logDensity[piece])) - logMass;
    }

    /// <summary>The mass in TeV below which a fraction <paramref name="probability"/> in (0, 1) of the events lies.</summary>
    public double Quantile(double probability)
    {
        var found = Array.BinarySearch(_cumulative, probability);
        var piece = (found >= 0 ? found : ~found) - 1;
        var last = _logDensity.Length - 1;
        if (piece < 0)
        {
            // Lower tail: F(t) = F(t0) exp(a (t - t0)).
            return PortableMath.Exp(_low + (PortableMath.Log(probability / _cumulative[0]) / Slope(0)));
        }

        if (piece >= last)
        {
            return PortableMath.Exp(
                _low + (last * _step) + (PortableMath.Log((1 - probability) / (1 - _cumulative[last])) / Slope(last - 1)));
        }

        // Content of a piece up to t: p_i (exp(a (t - t_i)) - 1) / a, solved for t - t_i.
        var share = (probability - _cumulative[piece]) / PortableMath.Exp(_logDensity[piece]);
        var slope = Slope(piece);
        var distance = Math.Abs(slope * share) < 1e-12 ? share : PortableMath.Log1P(slope * share) / slope;
        return PortableMath.Exp(_low + (piece * _step) + Math.Clamp(distance, 0, _step));
    }

    private double Slope(int piece) => (_logDensity[piece + 1] - _logDensity[piece]) / _step;

    private double PieceContent(int piece)
    {
        var rise = _logDensity[piece + 1] - _logDensity[piece];
        var start = PortableMath.Exp(_logDensity[piece]) * _step;
        return Math.Abs(rise) < 1e-9 ? start * (1 + (0.5 * rise)) : start * (PortableMath.Exp(rise) - 1) / rise;
    }
}
