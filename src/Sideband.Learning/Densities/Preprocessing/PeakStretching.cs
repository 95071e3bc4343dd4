using Sideband.Learning.Saving;
using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// A rising map z = G(y) of one standardised feature that draws narrow peaks wide: dG/dy = p(y)/p_s(y), with p the density of the events
/// that were fitted and p_s the same smoothed over <see cref="Wide"/>, so that the density in z has no structure narrower than that. A
/// network would smear it: the distance of two jets has a peak at pi, a tenth of its spread wide, of which flow matching lost a fifth.
/// </summary>
internal sealed class PeakStretching
{
    /// <summary>Fewer events do not tell a peak from a fluctuation.</summary>
    private const int MinEvents = 100_000;

    /// <summary>Features whose density exceeds the smoothed one by less stay as they are.</summary>
    private const double LeastPeak = 1.25;

    private const int Cells = 800;

    /// <summary>Of y, as are the standard deviations of the smoothing: this one for p, and <see cref="Wide"/> for p_s.</summary>
    private const double CellWidth = 0.02;

    private const double Wide = 0.25;

    /// <summary>A deep dip or a high peak does not make the map too flat or too steep.</summary>
    private const double SmallestSlope = 0.5;

    private const double LargestSlope = 5;

    /// <summary>
    /// Events in each cell, as a fraction of all, that are added to p and p_s, so that the slope is 1 where there are none.
    /// </summary>
    private const double Prior = 5e-4;

    /// <summary>G at the edges of the cells; the first and the last cell go on beyond their edges.</summary>
    private readonly double[] _values;

    private PeakStretching(double[] values) => _values = values;

    /// <summary>Where the map is steepest: the peak.</summary>
    public double Place
    {
        get
        {
            var steepest = 0;
            for (var cell = 1; cell < Cells; cell++)
            {
                steepest = _values[cell + 1] - _values[cell] > _values[steepest + 1] - _values[steepest] ? cell : steepest;
            }

            return Edge(steepest) + (0.5 * CellWidth);
        }
    }

    /// <summary>Null if the feature has no narrow peak.</summary>
    /// <param name="counts">Events of each of the cells (<see cref="Count"/>).</param>
    /// <param name="events">Their sum.</param>
    public static PeakStretching? Fit(ReadOnlySpan<double> counts, int events)
    {
        if (events < MinEvents)
        {
            return null;
        }

        var (fine, wide) = (Smoothed(counts, CellWidth), Smoothed(counts, Wide));
        var slopes = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            slopes[cell] = Math.Clamp((fine[cell] + (Prior * events)) / (wide[cell] + (Prior * events)), SmallestSlope, LargestSlope);
        }

        if (slopes.Max() < LeastPeak)
        {
            return null;
        }

        var values = new double[Cells + 1];
        for (var cell = 0; cell < Cells; cell++)
        {
            values[cell + 1] = values[cell] + (slopes[cell] * CellWidth);
        }

        Standardise(values, counts, events);
        return new PeakStretching(values);
    }

    /// <summary>Room for the counts of one feature.</summary>
    public static double[] NewCounts() => new double[Cells];

    /// <summary>Counts a standardised value; what lies beyond the cells counts in the first or the last one.</summary>
    public static void Count(Span<double> counts, double y) => counts[CellOf(y)]++;

    /// <summary>z of y, and dz/dy.</summary>
    public double Forward(double y, out double slope)
    {
        var cell = CellOf(y);
        slope = (_values[cell + 1] - _values[cell]) / CellWidth;
        return _values[cell] + (slope * (y - Edge(cell)));
    }

    /// <summary>y of z.</summary>
    public double Inverse(double z)
    {
        var (cell, behind) = (0, Cells);
        while (behind - cell > 1)
        {
            var middle = (cell + behind) / 2;
            (cell, behind) = _values[middle] <= z ? (middle, behind) : (cell, middle);
        }

        return Edge(cell) + ((z - _values[cell]) * CellWidth / (_values[cell + 1] - _values[cell]));
    }

    public void Save(BinaryWriter writer) => writer.WriteAll(_values);

    public static PeakStretching Load(BinaryReader reader) => new(reader.ReadDoubles(Cells + 1));

    private static double Edge(int cell) => (cell - (Cells / 2)) * CellWidth;

    private static int CellOf(double y) => (int)Math.Clamp(Math.Floor(y / CellWidth) + (Cells / 2), 0, Cells - 1);

    /// <summary>Mean 0 and standard deviation 1 in z.</summary>
    private static void Standardise(double[] values, ReadOnlySpan<double> counts, int events)
    {
        var (sum, squares) = (0.0, 0.0);
        for (var cell = 0; cell < Cells; cell++)
        {
            var centre = 0.5 * (values[cell] + values[cell + 1]);
            sum += counts[cell] * centre;
            squares += counts[cell] * centre * centre;
        }

        var mean = sum / events;
        var deviation = Math.Sqrt((squares / events) - (mean * mean));
        foreach (ref var value in values.AsSpan())
        {
            value = (value - mean) / deviation;
        }
    }

    /// <summary>The counts, each spread out as a Gaussian of this standard deviation, cut off at four of them.</summary>
    private static double[] Smoothed(ReadOnlySpan<double> counts, double deviation)
    {
        var reach = (int)(4 * deviation / CellWidth);
        var kernel = new double[(2 * reach) + 1];
        var norm = 0.0;
        for (var k = -reach; k <= reach; k++)
        {
            var distance = k * CellWidth / deviation;
            norm += kernel[k + reach] = PortableMath.Exp(-0.5 * distance * distance);
        }

        var smoothed = new double[Cells];
        for (var cell = 0; cell < Cells; cell++)
        {
            for (var k = Math.Max(-reach, -cell); k <= Math.Min(reach, Cells - 1 - cell); k++)
            {
                smoothed[cell] += counts[cell + k] * kernel[k + reach] / norm;
            }
        }

        return smoothed;
    }
}
