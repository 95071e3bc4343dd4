using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Bins [low, high) of the resonant variable in ascending order, which may leave gaps (the window, in a histogram of the sidebands).
/// </summary>
public sealed class MassBins
{
    private const int CellsPerBin = 4;

    private readonly double[] _low;
    private readonly double[] _high;

    // Cells of equal width over all bins, and the last bin that begins at or below the low edge of each: a mass is at most a few bins away.
    private readonly int[] _binOfCell;
    private readonly double _cellsPerMass;

    private MassBins(double[] low, double[] high)
    {
        (_low, _high) = (low, high);
        _binOfCell = new int[CellsPerBin * low.Length];
        _cellsPerMass = _binOfCell.Length / (high[^1] - low[0]);
        var bin = 0;
        for (var cell = 0; cell < _binOfCell.Length; cell++)
        {
            while (bin + 1 < low.Length && low[bin + 1] <= low[0] + (cell / _cellsPerMass))
            {
                bin++;
            }

            _binOfCell[cell] = bin;
        }
    }

    public int Count => _low.Length;

    /// <summary>The bin's range.</summary>
    public MassRange this[int bin] => new(_low[bin], _high[bin]);

    /// <summary>From the lowest bin's low edge to the highest bin's high edge.</summary>
    public MassRange Span => new(_low[0], _high[^1]);

    /// <summary>Touching bins between edges.</summary>
    /// <param name="edges">At least two, finite and rising.</param>
    public static MassBins FromEdges(IReadOnlyList<double> edges) =>
        Of([.. Enumerable.Range(0, Math.Max(0, edges.Count - 1)).Select(i => new MassRange(edges[i], edges[i + 1]))]);

    /// <summary>Bins in ascending order that do not overlap.</summary>
    /// <exception cref="ArgumentException">No bins, or bins that overlap, have no width or are not finite.</exception>
    public static MassBins Of(IReadOnlyList<MassRange> bins)
    {
        for (var i = 0; i < bins.Count; i++)
        {
            var above = i == 0 || bins[i].Low >= bins[i - 1].High;
            if (!(double.IsFinite(bins[i].Low) && double.IsFinite(bins[i].High) && bins[i].Width > 0 && above))
            {
                throw new ArgumentException($"Bin {i}, {bins[i]}, has no width, is not finite or is not above the last.", nameof(bins));
            }
        }

        return bins.Count > 0
            ? new MassBins([.. bins.Select(bin => bin.Low)], [.. bins.Select(bin => bin.High)])
            : throw new ArgumentException("A histogram needs a bin.", nameof(bins));
    }

    /// <summary>
    /// A range in bins of equal width, as near to the given width as whole bins come. Edges are decimals: of masses rounded to two digits
    /// each bin of 0.02 holds two values.
    /// </summary>
    public static IReadOnlyList<MassRange> Split(MassRange range, double width)
    {
        var count = Math.Max(1, (int)Math.Round(DecimalLimits.Widths(range.Low, range.High, width)));
        double Edge(int i) => DecimalLimits.Edge(range.Low, range.High, i, count);
        return [.. Enumerable.Range(0, count).Select(i => new MassRange(Edge(i), Edge(i + 1)))];
    }

    /// <summary>Counts of masses in the bins; masses outside of all bins are not counted.</summary>
    public double[] Fill(ReadOnlySpan<double> masses)
    {
        var counts = new double[Count];
        foreach (var mass in masses)
        {
            var bin = Find(mass);
            if (bin >= 0)
            {
                counts[bin]++;
            }
        }

        return counts;
    }

    /// <summary>The bin that holds a mass; -1 where none does.</summary>
    public int Find(double mass)
    {
        if (!(mass >= _low[0] && mass < _high[^1]))
        {
            return -1;
        }

        // Down where rounding put the mass into the next cell.
        var bin = _binOfCell[Math.Min((int)((mass - _low[0]) * _cellsPerMass), _binOfCell.Length - 1)];
        while (_low[bin] > mass)
        {
            bin--;
        }

        while (bin + 1 < _low.Length && _low[bin + 1] <= mass)
        {
            bin++;
        }

        return mass < _high[bin] ? bin : -1;
    }

    /// <summary>
    /// Groups of neighbouring bins with at least <paramref name="minimum"/> events each: filled from below, never across a gap; what is
    /// left over at a gap or at the end joins the group before it.
    /// </summary>
    /// <returns>First bin and number of bins of every group.</returns>
    public IReadOnlyList<(int First, int Bins)> Groups(ReadOnlySpan<double> counts, double minimum)
    {
        ArgumentOutOfRangeException.ThrowIfNotEqual(counts.Length, Count);
        var groups = new List<(int First, int Bins)>();
        var (first, held, groupsBeforeGap) = (0, 0.0, 0);
        for (var bin = 0; bin < Count; bin++)
        {
            held += counts[bin];
            var gap = bin + 1 == Count || _low[bin + 1] > _high[bin];
            if (held < minimum && !gap)
            {
                continue;
            }

            if (held < minimum && groups.Count > groupsBeforeGap)
            {
                groups[^1] = (groups[^1].First, bin + 1 - groups[^1].First);
            }
            else
            {
                groups.Add((first, bin + 1 - first));
            }

            (first, held, groupsBeforeGap) = (bin + 1, 0, gap ? groups.Count : groupsBeforeGap);
        }

        return groups;
    }

    /// <summary>
    /// Quadrature points that integrate a falling spectrum over a bin to at least nine digits: n points have a relative error of about
    /// (k r/2)^2n/(2n)! for a fall like m^-k over a relative width r, with k up to 15.
    /// </summary>
    internal static int PointsFor(double low, double high) => ((high - low) / low) switch
    {
        <= 0.03 => 4,
        <= 0.15 => 8,
        <= 0.5 => 16,
        _ => 64,
    };
}
