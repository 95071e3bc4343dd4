using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Learning.Boosting;

/// <summary>Which rows go left at a split.</summary>
/// <param name="bins">The split's feature: a byte a row, with room for whole blocks of 32, or three readable bytes after the last.</param>
/// <param name="lastLeft">The last bin that goes left.</param>
/// <param name="alsoLeft">One more bin that goes left (the missing one), or <paramref name="lastLeft"/>.</param>
internal readonly unsafe struct LeftTest(byte* bins, int lastLeft, int alsoLeft)
{
    private readonly byte* _bins = bins;
    private readonly int _lastLeft = lastLeft;
    private readonly int _alsoLeft = alsoLeft;

    /// <summary>1 for a row that goes left, 0 for one that goes right.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public int One(int row)
    {
        int bin = _bins[row];
        return bin <= _lastLeft | bin == _alsoLeft ? 1 : 0;
    }

    /// <summary>All bits set for rows that go left. Reads four bytes a row and keeps the lowest.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector256<int> Eight(Vector256<int> rows)
    {
        var bins = Avx2.GatherVector256((int*)_bins, rows, 1) & Vector256.Create(255);
        return ~Vector256.GreaterThan(bins, Vector256.Create(_lastLeft)) | Vector256.Equals(bins, Vector256.Create(_alsoLeft));
    }

    /// <summary>A bit for each of eight listed rows, set where it goes left. By plain loads, faster than the processors' gathers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint EightOf(int* rows)
    {
        ulong first = _bins[rows[0]] | ((uint)_bins[rows[1]] << 8) | ((uint)_bins[rows[2]] << 16) | ((uint)_bins[rows[3]] << 24);
        ulong second = _bins[rows[4]] | ((uint)_bins[rows[5]] << 8) | ((uint)_bins[rows[6]] << 16) | ((uint)_bins[rows[7]] << 24);
        var bins = Vector128.CreateScalar(first | (second << 32)).AsByte();
        var isLow = Vector128.Equals(Vector128.Min(bins, Vector128.Create((byte)_lastLeft)), bins);
        return (isLow | Vector128.Equals(bins, Vector128.Create((byte)_alsoLeft))).ExtractMostSignificantBits() & 255;
    }

    /// <summary>A bit for each of 32 consecutive rows, the lowest for the first, set where it goes left.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public uint ThirtyTwoFrom(int row)
    {
        var bins = Vector256.Load(_bins + row);
        var isLow = Vector256.Equals(Vector256.Min(bins, Vector256.Create((byte)_lastLeft)), bins);
        return (isLow | Vector256.Equals(bins, Vector256.Create((byte)_alsoLeft))).ExtractMostSignificantBits();
    }

    /// <summary>The same for sixteen consecutive rows.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public Vector512<int> SixteenFrom(int row)
    {
        var bins = Avx512F.ConvertToVector512Int32(Vector128.Load(_bins + row));
        return ~Vector512.GreaterThan(bins, Vector512.Create(_lastLeft)) | Vector512.Equals(bins, Vector512.Create(_alsoLeft));
    }
}

/// <summary>Splits a list of rows in place: those that go left first, both sides in their old order.</summary>
internal static unsafe class RowPartition
{
    private static readonly AlignedArray<byte> ToFront = MakeToFront();

    /// <returns>How many go left.</returns>
    /// <param name="rows">The node's rows; for the root (<paramref name="isRoot"/>) written without being read: row k is k.</param>
    /// <param name="count">How many.</param>
    /// <param name="isRoot">Whether the node holds all rows.</param>
    /// <param name="test">Which go left.</param>
    /// <param name="scratch">Room for <paramref name="count"/> rows and a vector.</param>
    public static int Split(int* rows, int count, bool isRoot, LeftTest test, int* scratch)
    {
        var done = 0;
        var left = 0;
        if (Avx512F.IsSupported)
        {
            done = count / Vector512<int>.Count * Vector512<int>.Count;
            left = isRoot ? SplitAllWide(rows, done, test, scratch) : SplitWide(rows, done, test, scratch);
        }
        else if (Avx2.IsSupported)
        {
            var step = isRoot ? Vector256<byte>.Count : Vector256<int>.Count;
            done = count / step * step;
            left = isRoot ? SplitAllEight(rows, done, test, scratch) : SplitEight(rows, done, test, scratch);
        }

        for (var k = done; isRoot && k < count; k++)
        {
            rows[k] = k;
        }

        return SplitOneByOne(rows, done, count, left, test, scratch);
    }

    /// <summary>
    /// From row <paramref name="start"/> on, with <paramref name="left"/> rows gone left before; moves the right side behind the left one.
    /// </summary>
    internal static int SplitOneByOne(int* rows, int start, int count, int left, LeftTest test, int* scratch)
    {
        var right = start - left;
        for (var k = start; k < count; k++)
        {
            // Written to both sides; only the counter of the right one moves, so that no branch depends on the data.
            var row = rows[k];
            var goesLeft = test.One(row);
            rows[left] = row;
            scratch[right] = row;
            left += goesLeft;
            right += 1 - goesLeft;
        }

        new Span<int>(scratch, right).CopyTo(new Span<int>(rows + left, right));
        return left;
    }

    /// <summary>Eight rows at a time: a table has, for each set of rows that stay, the permutation that moves them to the front.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int SplitEight(int* rows, int count, LeftTest test, int* scratch)
    {
        var left = 0;
        var right = 0;
        var table = ToFront.Pointer;
        for (var k = 0; k < count; k += Vector256<int>.Count)
        {
            var vector = Vector256.Load(rows + k);
            var goesLeft = test.EightOf(rows + k);
            Avx2.PermuteVar8x32(vector, Avx2.ConvertToVector256Int32(table + (8 * goesLeft))).Store(rows + left);
            Avx2.PermuteVar8x32(vector, Avx2.ConvertToVector256Int32(table + (8 * (goesLeft ^ 255)))).Store(scratch + right);
            var leftNow = BitOperations.PopCount(goesLeft);
            left += leftNow;
            right += Vector256<int>.Count - leftNow;
        }

        return left;
    }

    /// <summary>The same for the root, whose bins are read in order: a row is the table's position and the number of the first.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal static int SplitAllEight(int* rows, int count, LeftTest test, int* scratch)
    {
        var left = 0;
        var right = 0;
        var table = ToFront.Pointer;
        for (var k = 0; k < count; k += Vector256<byte>.Count)
        {
            var goesLeft = test.ThirtyTwoFrom(k);
            for (var first = k; first < k + Vector256<byte>.Count; first += Vector256<int>.Count, goesLeft >>= Vector256<int>.Count)
            {
                var set = goesLeft & 255;
                (Avx2.ConvertToVector256Int32(table + (8 * set)) + Vector256.Create(first)).Store(rows + left);
                (Avx2.ConvertToVector256Int32(table + (8 * (set ^ 255))) + Vector256.Create(first)).Store(scratch + right);
                var leftNow = BitOperations.PopCount(set);
                left += leftNow;
                right += Vector256<int>.Count - leftNow;
            }
        }

        return left;
    }

    /// <summary>
    /// Sixteen rows at a time. A whole vector is stored at the end of each side, of which only the front is valid; in place this
    /// reaches no row that was not yet read, since the left side is never longer than what was read.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int SplitWide(int* rows, int count, LeftTest test, int* scratch)
    {
        var left = 0;
        var right = 0;
        for (var k = 0; k < count; k += Vector512<int>.Count)
        {
            var vector = Vector512.Load(rows + k);
            var goesLeft = Vector512.Create(test.Eight(vector.GetLower()), test.Eight(vector.GetUpper()));
            var leftNow = Store(vector, goesLeft, rows + left, scratch + right);
            left += leftNow;
            right += Vector512<int>.Count - leftNow;
        }

        return left;
    }

    /// <summary>The same for the root, whose bins are read in order.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private static int SplitAllWide(int* rows, int count, LeftTest test, int* scratch)
    {
        var left = 0;
        var right = 0;
        var vector = Vector512<int>.Indices;
        for (var k = 0; k < count; k += Vector512<int>.Count, vector += Vector512.Create(Vector512<int>.Count))
        {
            var leftNow = Store(vector, test.SixteenFrom(k), rows + left, scratch + right);
            left += leftNow;
            right += Vector512<int>.Count - leftNow;
        }

        return left;
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static int Store(Vector512<int> rows, Vector512<int> goesLeft, int* left, int* right)
    {
        Avx512F.Compress(rows, goesLeft, rows).Store(left);
        Avx512F.Compress(rows, ~goesLeft, rows).Store(right);
        return BitOperations.PopCount((uint)goesLeft.ExtractMostSignificantBits());
    }

    /// <summary>For each byte the positions of its set bits, lowest first: 256 times eight numbers.</summary>
    private static AlignedArray<byte> MakeToFront()
    {
        var table = new AlignedArray<byte>(256 * 8);
        table.Span.Clear();
        for (var set = 0; set < 256; set++)
        {
            var end = 0;
            for (byte bit = 0; bit < 8; bit++)
            {
                table.Pointer[(8 * set) + end] = bit;
                end += (set >> bit) & 1;
            }
        }

        return table;
    }
}
