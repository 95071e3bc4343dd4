using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

/// <summary>Poisson counts by the inverse of a tabulated cumulative distribution.</summary>
internal sealed class PoissonTable
{
    private readonly double[] _cumulative;
    private readonly int _first;

    public PoissonTable(double mean)
    {
        var reach = (8 * Math.Sqrt(mean)) + 12;
        _first = (int)Math.Max(0, mean - reach);
        _cumulative = new double[(int)(mean + reach) - _first];
        for (var i = 0; i < _cumulative.Length; i++)
        {
            _cumulative[i] = Poisson.LowerTail(_first + i, mean);
        }
    }

    public int Draw(RandomStream stream)
    {
        var place = Array.BinarySearch(_cumulative, stream.NextDouble());
        return _first + Math.Min(_cumulative.Length - 1, place < 0 ? ~place : place + 1);
    }
}
