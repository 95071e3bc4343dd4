using System.Runtime.CompilerServices;
using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// Maps each feature to at most 255 bins of about equal content: edges at the midpoint percentiles of the fitted rows, or between
/// all distinct values where these are few. The edges of finite values are those of scikit-learn 1.2.1 (_BinMapper), bit for bit.
/// </summary>
public sealed class FeatureBinning
{
    /// <summary>With more rows the edges come from a random subset of this size (scikit-learn's number).</summary>
    public const int SubsampleSize = 200_000;

    /// <summary>Most features that a matrix may have.</summary>
    public const int MaxFeatures = 60;

    // No edge is infinite, so that +infinity can lie above the last edge (scikit-learn's ALMOST_INF). Infinite values count as this
    // number, so that no midpoint is infinity minus infinity.
    private const double LargestEdge = 1e300;

    private readonly double[][] _edges;

    private FeatureBinning(double[][] edges, int maxBins)
    {
        _edges = edges;
        MaxBins = maxBins;
    }

    public int MaxBins { get; }

    public int FeatureCount => _edges.Length;

    /// <summary>
    /// The increasing edges of a feature: x lies in bin b when exactly b edges are below x, so that a value on an edge goes left.
    /// </summary>
    public ReadOnlySpan<double> Edges(int feature) => _edges[feature];

    /// <summary>Finds the edges.</summary>
    /// <param name="columns">One array a feature (1 to 60), all of one length; NaN is a missing value and does not count.</param>
    /// <param name="maxBins">Bins of a feature, 2 to 255, without the one for missing values.</param>
    /// <exception cref="ArgumentException">No feature, too many, or columns of different lengths.</exception>
    public static FeatureBinning Fit(float[][] columns, int maxBins)
    {
        ArgumentNullException.ThrowIfNull(columns);
        if (maxBins is < 2 or > 255)
        {
            throw new ArgumentException($"maxBins is {maxBins}; allowed: 2 to 255");
        }

        CheckColumns(columns);
        var subset = Subset(columns[0].Length);
        return new FeatureBinning([.. columns.Select(column => FindEdges(column, subset, maxBins))], maxBins);
    }

    /// <summary>Bins with known edges.</summary>
    internal static FeatureBinning Of(double[][] edges, int maxBins) => new(edges, maxBins);

    /// <summary>Numbers of bins, without the one of missing values.</summary>
    internal int[] BinCounts() => [.. _edges.Select(e => e.Length + 1)];

    /// <summary>The bin of one value; <see cref="MaxBins"/> where it is missing.</summary>
    public int Bin(int feature, float value) => BinOf(_edges[feature], value);

    /// <summary>The bins of all rows.</summary>
    /// <param name="columns">One array a feature, as many as were fitted; all of one length.</param>
    /// <exception cref="ArgumentException">Another number of features, or columns of different lengths.</exception>
    public BinnedMatrix Transform(float[][] columns)
    {
        ArgumentNullException.ThrowIfNull(columns);
        CheckColumns(columns);
        if (columns.Length != FeatureCount)
        {
            throw new ArgumentException($"{columns.Length} feature columns given; the bins were fitted to {FeatureCount}");
        }

        var planes = new RowPlanes(FeatureCount, columns[0].Length);
        for (var feature = 0; feature < FeatureCount; feature++)
        {
            Write(planes, feature, columns[feature]);
        }

        return new BinnedMatrix(planes, MaxBins, BinCounts());
    }

    internal static void CheckColumns(float[][] columns)
    {
        if (columns.Length is < 1 or > MaxFeatures)
        {
            throw new ArgumentException($"{columns.Length} feature columns given; allowed: 1 to {MaxFeatures}");
        }

        for (var f = 1; f < columns.Length; f++)
        {
            if (columns[f].Length != columns[0].Length)
            {
                throw new ArgumentException($"feature column {f} has {columns[f].Length} rows, column 0 has {columns[0].Length}");
            }
        }
    }

    /// <summary>
    /// The rows that the edges come from: null for all. One pass that keeps a row with probability (wanted left)/(rows left).
    /// </summary>
    private static int[]? Subset(int count)
    {
        if (count <= SubsampleSize)
        {
            return null;
        }

        var stream = RandomStream.For(0, "feature binning", "subsample");
        var subset = new int[SubsampleSize];
        var kept = 0;
        for (var row = 0; kept < SubsampleSize; row++)
        {
            if (stream.NextDouble() * (count - row) < SubsampleSize - kept)
            {
                subset[kept++] = row;
            }
        }

        return subset;
    }

    private static double[] FindEdges(float[] column, int[]? subset, int maxBins)
    {
        var values = subset is null ? [.. column] : Array.ConvertAll(subset, row => column[row]);
        var count = 0;
        foreach (var value in values)
        {
            if (!float.IsNaN(value))
            {
                values[count++] = value;
            }
        }

        var sorted = values.AsSpan(0, count);
        FloatSort.Sort(sorted);
        return EdgesOf(sorted, maxBins);
    }

    /// <summary>The edges of one feature from its values in ascending order, without NaN.</summary>
    internal static double[] EdgesOf(ReadOnlySpan<float> sorted, int maxBins) =>
        FewDistinct(sorted, maxBins) is { } distinct ? Midpoints(distinct) : Percentiles(sorted, maxBins);

    private static double Bounded(float value) => Math.Clamp(value, -LargestEdge, LargestEdge);

    /// <summary>The distinct values, or null where there are more than <paramref name="maxBins"/>.</summary>
    private static List<float>? FewDistinct(ReadOnlySpan<float> sorted, int maxBins)
    {
        var distinct = new List<float>(maxBins);
        foreach (var value in sorted)
        {
            if (distinct.Count == 0 || distinct[^1] != value)
            {
                if (distinct.Count == maxBins)
                {
                    return null;
                }

                distinct.Add(value);
            }
        }

        return distinct;
    }

    private static double[] Midpoints(List<float> distinct)
    {
        var edges = new double[Math.Max(0, distinct.Count - 1)];
        for (var i = 0; i < edges.Length; i++)
        {
            edges[i] = (Bounded(distinct[i]) + Bounded(distinct[i + 1])) * 0.5;
        }

        return edges;
    }

    /// <summary>
    /// numpy.percentile(x, linspace(0, 100, maxBins + 1)[1:-1], method='midpoint') in numpy's order of operations: the midpoint of
    /// the neighbours of the position q (n - 1), or the value there where that is an integer. With many ties edges repeat.
    /// </summary>
    private static double[] Percentiles(ReadOnlySpan<float> sorted, int maxBins)
    {
        var edges = new double[maxBins - 1];
        var step = 100.0 / maxBins;
        var last = (double)(sorted.Length - 1);
        for (var i = 1; i < maxBins; i++)
        {
            var position = last * (i * step / 100.0);
            var below = Bounded(sorted[(int)Math.Floor(position)]);
            var above = Bounded(sorted[(int)Math.Ceiling(position)]);
            edges[i - 1] = above - ((above - below) * 0.5);
        }

        return edges;
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Write(RowPlanes planes, int feature, float[] column)
    {
        var edges = _edges[feature];
        var bins = planes.Column(feature);
        var stride = planes.Stride;
        for (var row = 0; row < column.Length; row++)
        {
            bins[(long)row * stride] = (byte)BinOf(edges, column[row]);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private int BinOf(ReadOnlySpan<double> edges, float value)
    {
        if (float.IsNaN(value))
        {
            return MaxBins;
        }

        // Count the edges below the value: halving without a branch that depends on the data.
        double x = value;
        var start = 0;
        var length = edges.Length;
        while (length > 0)
        {
            var half = (length + 1) >> 1;
            start = edges[start + half - 1] < x ? start + half : start;
            length -= half;
        }

        return start;
    }
}
