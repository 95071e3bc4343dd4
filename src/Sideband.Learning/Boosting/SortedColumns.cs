using System.Runtime.CompilerServices;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The features of all rows, each also in ascending order: sorted once for a data set, they give every member the bins of its own
/// training rows in two passes without a search. Shared by all members, folds and runs; immutable.
/// </summary>
public sealed class SortedColumns
{
    private readonly float[][] _values;
    private readonly int[][] _rows;

    private SortedColumns(float[][] values, int[][] rows, int count) => (_values, _rows, Count) = (values, rows, count);

    /// <summary>Rows.</summary>
    public int Count { get; }

    public int FeatureCount => _values.Length;

    /// <param name="columns">One array a feature (1 to 60), all of one length; NaN is a missing value.</param>
    /// <param name="threads">Features sorted at one time, at least 1.</param>
    /// <exception cref="ArgumentException">No feature, too many, or columns of different lengths.</exception>
    public static SortedColumns Of(float[][] columns, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        FeatureBinning.CheckColumns(columns);
        var sorted = new (float[] Values, int[] Rows)[columns.Length];
        Parallel.For(
            0, columns.Length, new ParallelOptions { MaxDegreeOfParallelism = threads }, f => sorted[f] = FloatSort.Order(columns[f]));
        return new SortedColumns([.. sorted.Select(column => column.Values)], [.. sorted.Select(column => column.Rows)], columns[0].Length);
    }

    /// <summary>
    /// The edges that <see cref="FeatureBinning.Fit"/> finds for the chosen rows (here always from all of them), and the bins of all rows.
    /// </summary>
    /// <param name="chosen">1 for the rows that the edges come from, 0 for others; one a row.</param>
    /// <param name="maxBins">2 to 255.</param>
    /// <param name="planes">Written: the bins of all rows.</param>
    /// <param name="scratch">Room for one number a row.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal FeatureBinning Bin(ReadOnlySpan<byte> chosen, int maxBins, RowPlanes planes, Span<float> scratch)
    {
        var edges = new double[FeatureCount][];
        for (var f = 0; f < FeatureCount; f++)
        {
            var count = 0;
            var (values, rows) = (_values[f], _rows[f]);
            for (var i = 0; i < values.Length; i++)
            {
                scratch[count] = values[i];
                count += chosen[rows[i]];
            }

            edges[f] = FeatureBinning.EdgesOf(scratch[..count], maxBins);
            Write(planes, f, edges[f], maxBins);
        }

        return FeatureBinning.Of(edges, maxBins);
    }

    // Ascending values meet the edges one after the other. Missing values follow the others in the order of rows.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private unsafe void Write(RowPlanes planes, int feature, double[] edges, int missingBin)
    {
        var (values, rows) = (_values[feature], _rows[feature]);
        var bins = planes.Column(feature);
        nint stride = planes.Stride;
        var bin = 0;
        for (var i = 0; i < values.Length; i++)
        {
            while (bin < edges.Length && edges[bin] < values[i])
            {
                bin++;
            }

            bins[rows[i] * stride] = (byte)bin;
        }

        for (var i = values.Length; i < rows.Length; i++)
        {
            bins[rows[i] * stride] = (byte)missingBin;
        }
    }
}
