using System.Numerics;
using System.Runtime.CompilerServices;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The features of all rows in ascending order, with each row's place in it: sorted once for a data set, they give every member the bins of
/// its own training rows without a search, and any selection of the rows its own order in linear time. Shared by all members, folds and
/// runs; immutable.
/// </summary>
public sealed class SortedColumns
{
    private const int WordBits = 64;

    // [feature][place] without missing values, and [feature][row]: the row's place, or the number of values where it is missing.
    private readonly float[][] _values;
    private readonly int[][] _ranks;

    private SortedColumns(float[][] values, int[][] ranks, int count) => (_values, _ranks, Count) = (values, ranks, count);

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
        return OfParts(Array.ConvertAll(columns, column => new ReadOnlyMemory<float>[] { column }), threads);
    }

    /// <summary>The same of columns that lie in several parts of memory, one after the other, without a copy of them.</summary>
    /// <param name="columns">[feature][part], all features of one length.</param>
    /// <param name="threads">Features sorted at one time, at least 1.</param>
    public static SortedColumns OfParts(ReadOnlyMemory<float>[][] columns, int threads = 1)
    {
        ArgumentNullException.ThrowIfNull(columns);
        var rows = columns[0].Sum(part => part.Length);
        var sorted = new (float[] Values, int[] Ranks)[columns.Length];
        Parallel.For(
            0,
            columns.Length,
            new ParallelOptions { MaxDegreeOfParallelism = threads },
            () => new PairMemory(),
            (f, _, memory) =>
            {
                sorted[f] = FloatSort.Rank(columns[f], memory);
                return memory;
            },
            memory => memory.Dispose());
        return Joined(sorted, rows);
    }

    /// <summary>What <see cref="Of"/> gives for some of the rows in any order, without sorting them.</summary>
    /// <param name="rows">Row numbers, each at most once.</param>
    /// <exception cref="ArgumentException">A row number that comes twice.</exception>
    public SortedColumns Select(ReadOnlySpan<int> rows)
    {
        var selected = new (float[] Values, int[] Ranks)[FeatureCount];
        var marks = new ulong[WordsOf(Count)];
        var before = new int[marks.Length];
        for (var f = 0; f < FeatureCount; f++)
        {
            var missing = Mark(_ranks[f], rows, _values[f].Length, marks);
            var count = 0;
            for (var w = 0; w < marks.Length; w++)
            {
                before[w] = count;
                count += BitOperations.PopCount(marks[w]);
            }

            if (count + missing != rows.Length)
            {
                throw new ArgumentException("a row number comes twice", nameof(rows));
            }

            var values = new float[count];
            Marked(_values[f], marks, values);
            selected[f] = (values, Places(_ranks[f], rows, marks, before, _values[f].Length, count));
        }

        return Joined(selected, rows.Length);
    }

    /// <summary>Some of the features, in the order given; shares the memory.</summary>
    internal SortedColumns Only(int[] features) =>
        new([.. features.Select(f => _values[f])], [.. features.Select(f => _ranks[f])], Count);

    /// <summary>The edges that <see cref="FeatureBinning.Fit"/> finds for the chosen rows, here always from all of them.</summary>
    /// <param name="chosen">Row numbers; what comes twice counts once.</param>
    /// <param name="maxBins">2 to 255.</param>
    /// <param name="memory">Reused.</param>
    internal FeatureBinning Bin(ReadOnlySpan<int> chosen, int maxBins, BinningMemory memory)
    {
        var edges = new double[FeatureCount][];
        var marks = memory.Marks(WordsOf(Count));
        var values = memory.Values(chosen.Length);
        for (var f = 0; f < FeatureCount; f++)
        {
            Mark(_ranks[f], chosen, _values[f].Length, marks);
            edges[f] = FeatureBinning.EdgesOf(values[..Marked(_values[f], marks, values)], maxBins);
        }

        return FeatureBinning.Of(edges, maxBins);
    }

    /// <summary>A feature's bins by place, those of missing values last: bin of a row = <c>table[RanksOf(feature)[row]]</c>.</summary>
    internal ReadOnlySpan<byte> BinsByPlace(int feature, FeatureBinning binning, BinningMemory memory)
    {
        ReadOnlySpan<float> values = _values[feature];
        var edges = binning.Edges(feature);
        var table = memory.Table(values.Length + 1);
        var place = 0;
        for (var bin = 0; bin < edges.Length; bin++)
        {
            var next = place + FirstAbove(values[place..], edges[bin]);
            table[place..next].Fill((byte)bin);
            place = next;
        }

        table[place..].Fill((byte)edges.Length);
        table[^1] = (byte)binning.MaxBins;
        return table;
    }

    /// <summary>Each row's place in ascending order; the number of values where it is missing.</summary>
    internal ReadOnlySpan<int> RanksOf(int feature) => _ranks[feature];

    private static SortedColumns Joined((float[] Values, int[] Ranks)[] columns, int count) =>
        new([.. columns.Select(column => column.Values)], [.. columns.Select(column => column.Ranks)], count);

    private static int WordsOf(int count) => (count / WordBits) + 1;

    /// <summary>Sets the bits at the places of the rows, and no other; of missing values none.</summary>
    /// <returns>The number of missing values.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Mark(int[] ranks, ReadOnlySpan<int> rows, int values, Span<ulong> marks)
    {
        marks.Clear();
        var missing = 0;
        foreach (var row in rows)
        {
            var rank = ranks[row];
            marks[rank / WordBits] |= 1UL << rank;
            missing += rank == values ? 1 : 0;
        }

        marks[values / WordBits] &= ~(1UL << values);
        return missing;
    }

    /// <summary>The values at the places that are marked, in ascending order.</summary>
    /// <returns>Their number.</returns>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int Marked(float[] values, ReadOnlySpan<ulong> marks, Span<float> marked)
    {
        var count = 0;
        for (var w = 0; w < marks.Length; w++)
        {
            for (var word = marks[w]; word != 0; word &= word - 1)
            {
                marked[count++] = values[(w * WordBits) + BitOperations.TrailingZeroCount(word)];
            }
        }

        return count;
    }

    /// <summary>The rows' places among those that are marked.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static int[] Places(int[] ranks, ReadOnlySpan<int> rows, ulong[] marks, int[] before, int values, int count)
    {
        var places = new int[rows.Length];
        for (var i = 0; i < places.Length; i++)
        {
            var rank = ranks[rows[i]];
            var word = rank / WordBits;
            var place = before[word] + BitOperations.PopCount(marks[word] & ((1UL << rank) - 1));
            places[i] = rank == values ? count : place;
        }

        return places;
    }

    /// <summary>The number of ascending values that are not above an edge.</summary>
    private static int FirstAbove(ReadOnlySpan<float> values, double edge)
    {
        var (low, high) = (0, values.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            (low, high) = edge < values[middle] ? (low, middle) : (middle + 1, high);
        }

        return low;
    }
}
