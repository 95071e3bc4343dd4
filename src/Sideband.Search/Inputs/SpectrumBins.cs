using Sideband.Events;

namespace Sideband.Search.Inputs;

/// <summary>
/// Equal bins of the resonant variable over the full range of the data, for the spectra before and after each cut: the limits of the
/// window are edges, and where the windows form a grid those of all windows. Two neighbours, counted from the first bin, may be joined
/// and keep this.
/// </summary>
public sealed class SpectrumBins
{
    /// <summary>Bins that the range of the data is cut into, about: as many as the windows' limits allow.</summary>
    public const int About = 200;

    // Data that reach far beyond the windows have what lies beyond in the outermost bins.
    private const int Most = 2000;

    private readonly double[] _edges;
    private readonly double _width;

    private SpectrumBins(double[] edges, double width) => (_edges, _width) = (edges, width);

    public int Count => _edges.Length - 1;

    /// <summary>The <see cref="Count"/> + 1 edges, rising.</summary>
    public IReadOnlyList<double> Edges => _edges;

    /// <summary>Bins for one window of a search.</summary>
    /// <param name="range">The data's masses.</param>
    /// <param name="window">Its limits are edges.</param>
    /// <param name="windows">All windows of the search.</param>
    public static SpectrumBins Of(MassInterval range, MassInterval window, IReadOnlyList<MassInterval> windows)
    {
        var asked = Math.Max(range.Width, window.Width) / About;
        var common = (double)CommonStep(windows);
        var step = common >= asked ? common : window.Width;

        // Pairs of bins, so that a step holds a whole number of pairs.
        var pair = step / Math.Max(1, Math.Round(step / (2 * asked)));
        var pairsInside = (int)Math.Round(window.Width / pair);
        var below = Pairs((window.Low - range.Low) / pair, 0);
        var above = Pairs((range.High - window.Low) / pair, pairsInside);
        var edges = new double[(2 * (below + above)) + 1];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = window.Low + ((i - (2 * below)) * 0.5 * pair);
        }

        edges[2 * (below + pairsInside)] = window.High;
        return new SpectrumBins(edges, 0.5 * pair);
    }

    /// <summary>The bin of a mass; masses beyond the edges are in the outermost bins.</summary>
    public int IndexOf(double mass)
    {
        var bin = Math.Clamp((int)Math.Clamp((mass - _edges[0]) / _width, 0, Count), 0, Count - 1);

        // The quotient may be a rounding off at an edge.
        bin -= bin > 0 && mass < _edges[bin] ? 1 : 0;
        bin += bin < Count - 1 && mass >= _edges[bin + 1] ? 1 : 0;
        return bin;
    }

    private static int Pairs(double needed, int fewest) => (int)Math.Clamp(Math.Ceiling(needed), fewest, Math.Max(fewest, Most / 4));

    // The largest step of which the distances of all limits are multiples, by Euclid's algorithm on decimal numbers: limits are typed, and
    // 3.3 and 3.7 have none in binary.
    private static decimal CommonStep(IReadOnlyList<MassInterval> windows)
    {
        var first = Decimal(windows[0].Low);
        var step = 0m;
        foreach (var limit in windows.SelectMany(window => (double[])[window.Low, window.High]))
        {
            var (larger, smaller) = (step, Math.Abs(Decimal(limit) - first));
            while (smaller != 0)
            {
                (larger, smaller) = (smaller, larger % smaller);
            }

            step = larger;
        }

        return step;
    }

    // Masses beyond the decimal's range have no step in common.
    private static decimal Decimal(double limit) => Math.Abs(limit) < 1e15 ? (decimal)limit : 0;
}
