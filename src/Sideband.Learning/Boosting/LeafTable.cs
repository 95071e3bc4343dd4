using System.Numerics;
using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Learning.Boosting;

/// <summary>
/// A tree as tables: for each feature that it uses and each bin, the set of leaves (bits of a word) that a row with this bin can
/// still reach. The intersection over features is the row's leaf: no walk, and loads that do not wait for each other (in the
/// manner of QuickScorer, Lucchese et al., SIGIR 2015). One object is refilled tree by tree.
/// </summary>
/// <remarks>
/// A tree of 32 leaves cuts a feature's bins into at most 33 intervals, and all bins of an interval have the same set. With AVX-512
/// VBMI the tables therefore fit in registers: bin to interval (256 bytes) for 64 rows at a time, interval to set (32 words) and
/// leaf to value for 16 rows at a time; with AVX2 see <see cref="LeafBytes"/>. All ways give the same leaf and add the same value.
/// </remarks>
internal sealed unsafe class LeafTable
{
    /// <summary>Values of a byte, of which a feature's bins are some.</summary>
    public const int Bins = 256;

    private const int Words = 32;
    private readonly AlignedArray<uint> _masks = new(Bins * FeatureBinning.MaxFeatures);
    private readonly AlignedArray<byte> _intervals = new(Bins * FeatureBinning.MaxFeatures);
    private readonly AlignedArray<uint> _intervalMasks = new(Words * FeatureBinning.MaxFeatures);
    private readonly AlignedArray<float> _values = new(Words);
    private readonly AlignedArray<byte> _buffer = new(BinColumns.BlockRows);
    private readonly LeafBytes _bytes = new();
    private readonly int[] _features = new int[FeatureBinning.MaxFeatures];
    private readonly int[] _slotOfFeature = new int[FeatureBinning.MaxFeatures];
    private readonly uint[] _reach = new uint[Words];
    private int _featureCount;
    private bool _intervalsFit;
    private bool _bytesFit;

    /// <summary>Becomes the table of a tree.</summary>
    public void Fill(Tree tree, int missingBin)
    {
        Array.Fill(_slotOfFeature, -1);
        _featureCount = 0;
        for (var leaf = 0; leaf < tree.Leaves.Length; leaf++)
        {
            // Leaf k is the bit 31 - k, so that the count of leading zeros is its number.
            _values.Pointer[leaf] = (float)tree.Leaves[leaf];
        }

        // Children come after their parents, so that going up from the last node meets both children first.
        for (var n = tree.Nodes.Length - 1; n >= 0; n--)
        {
            ref readonly var node = ref tree.Nodes[n];
            var (left, right) = (Reach(node.Left), Reach(node.Right));
            _reach[n] = left | right;
            var masks = MasksOf(node.Feature);
            var missing = masks[missingBin] & (node.MissingLeft ? ~right : ~left);
            Restrict(masks, node.Bin + 1, ~right);
            Restrict(masks + node.Bin + 1, Bins - node.Bin - 1, ~left);
            masks[missingBin] = missing;
        }

        _intervalsFit = Avx512Vbmi.IsSupported && Avx512CD.IsSupported && FindIntervals();
        _bytesFit = !_intervalsFit && FillBytes(tree.Leaves.Length);
    }

    /// <summary>Adds the tree's values to the scores of the first <paramref name="count"/> rows, padded to a whole block.</summary>
    public void AddTo(float* scores, BinColumns columns, int count)
    {
        if (_featureCount == 0)
        {
            for (var i = 0; i < count; i++)
            {
                scores[i] += _values.Pointer[0];
            }
        }
        else if (_intervalsFit)
        {
            AddWide(scores, columns, count);
        }
        else if (_bytesFit)
        {
            AddInBytes(scores, columns, count);
        }
        else
        {
            AddRowByRow(scores, columns, count);
        }
    }

    /// <summary>Makes the tables of <see cref="AddInBytes"/>; false where they do not fit or the processor has no AVX2.</summary>
    internal bool FillBytes(int leafCount) =>
        LeafBytes.IsSupported && _bytes.Fill(_masks.Pointer, _featureCount, _values.Pointer, leafCount);

    /// <summary>With AVX2, after <see cref="FillBytes"/>.</summary>
    internal void AddInBytes(float* scores, BinColumns columns, int count) =>
        _bytes.AddTo(scores, columns, _features.AsSpan(0, _featureCount), count);

    /// <summary>By table look-up for each row and feature, on any processor.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    internal void AddRowByRow(float* scores, BinColumns columns, int count)
    {
        var values = _values.Pointer;
        var leaves = stackalloc uint[BinColumns.BlockRows];
        for (var start = 0; start < count; start += BinColumns.BlockRows)
        {
            new Span<uint>(leaves, BinColumns.BlockRows).Fill(uint.MaxValue);
            var s = 0;
            for (; s + 1 < _featureCount; s += 2)
            {
                IntersectTwo(leaves, _masks.Pointer + (s * Bins), columns[_features[s]] + start, columns[_features[s + 1]] + start);
            }

            if (s < _featureCount)
            {
                IntersectOne(leaves, _masks.Pointer + (s * Bins), columns[_features[s]] + start);
            }

            for (var i = 0; i < BinColumns.BlockRows; i++)
            {
                scores[start + i] += values[BitOperations.LeadingZeroCount(leaves[i])];
            }
        }
    }

    // Plain loads: the processors' own gathers of eight words take longer than eight loads.
    private static void IntersectOne(uint* leaves, uint* masks, byte* bins)
    {
        for (var i = 0; i < BinColumns.BlockRows; i++)
        {
            leaves[i] &= masks[bins[i]];
        }
    }

    private static void IntersectTwo(uint* leaves, uint* masks, byte* first, byte* second)
    {
        for (var i = 0; i < BinColumns.BlockRows; i++)
        {
            leaves[i] &= masks[first[i]] & masks[Bins + second[i]];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    private void AddWide(float* scores, BinColumns columns, int count)
    {
        var buffer = _buffer.Pointer;
        var lowValues = Vector512.LoadAligned(_values.Pointer);
        var highValues = Vector512.LoadAligned(_values.Pointer + 16);
        for (var i = 0; i < count; i += BinColumns.BlockRows)
        {
            var leaves0 = Vector512<uint>.AllBitsSet;
            var (leaves1, leaves2, leaves3) = (leaves0, leaves0, leaves0);
            for (var s = 0; s < _featureCount; s++)
            {
                var bins = Vector512.Load(columns[_features[s]] + i);
                var table = _intervals.Pointer + (s * Bins);
                var lower = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(table), bins, Vector512.LoadAligned(table + 64));
                var upper = Avx512Vbmi.PermuteVar64x8x2(Vector512.LoadAligned(table + 128), bins, Vector512.LoadAligned(table + 192));
                var isUpper = Vector512.GreaterThan(bins, Vector512.Create((byte)127));
                Vector512.ConditionalSelect(isUpper, upper, lower).StoreAligned(buffer);
                var low = Vector512.LoadAligned(_intervalMasks.Pointer + (s * Words));
                var high = Vector512.LoadAligned(_intervalMasks.Pointer + (s * Words) + 16);
                leaves0 &= Avx512F.PermuteVar16x32x2(low, Widen(buffer), high);
                leaves1 &= Avx512F.PermuteVar16x32x2(low, Widen(buffer + 16), high);
                leaves2 &= Avx512F.PermuteVar16x32x2(low, Widen(buffer + 32), high);
                leaves3 &= Avx512F.PermuteVar16x32x2(low, Widen(buffer + 48), high);
            }

            Add(scores + i, leaves0, lowValues, highValues);
            Add(scores + i + 16, leaves1, lowValues, highValues);
            Add(scores + i + 32, leaves2, lowValues, highValues);
            Add(scores + i + 48, leaves3, lowValues, highValues);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector512<uint> Widen(byte* bytes) => Avx512F.ConvertToVector512UInt32(Vector128.LoadAligned(bytes));

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void Add(float* scores, Vector512<uint> leaves, Vector512<float> lowValues, Vector512<float> highValues)
    {
        var values = Avx512F.PermuteVar16x32x2(lowValues, Avx512CD.LeadingZeroCount(leaves).AsInt32(), highValues);
        (Vector512.Load(scores) + values).Store(scores);
    }

    private static void Restrict(uint* masks, int count, uint keep)
    {
        var b = 0;
        for (; b + Vector256<uint>.Count <= count; b += Vector256<uint>.Count)
        {
            (Vector256.Load(masks + b) & Vector256.Create(keep)).Store(masks + b);
        }

        for (; b < count; b++)
        {
            masks[b] &= keep;
        }
    }

    /// <summary>Numbers the intervals of bins with equal sets; false where a feature has more than 32.</summary>
    private bool FindIntervals()
    {
        for (var s = 0; s < _featureCount; s++)
        {
            var masks = _masks.Pointer + (s * Bins);
            var interval = 0;
            var set = masks[0];
            var sets = _intervalMasks.Pointer + (s * Words);
            var numbers = _intervals.Pointer + (s * Bins);
            sets[0] = set;
            for (var b = 0; b < Bins; b++)
            {
                if (masks[b] != set)
                {
                    set = masks[b];
                    if (++interval == Words)
                    {
                        return false;
                    }

                    sets[interval] = set;
                }

                numbers[b] = (byte)interval;
            }
        }

        return true;
    }

    private uint Reach(int child) => child < 0 ? 0x80000000u >> ~child : _reach[child];

    private uint* MasksOf(int feature)
    {
        if (_slotOfFeature[feature] < 0)
        {
            _slotOfFeature[feature] = _featureCount;
            _features[_featureCount] = feature;
            new Span<uint>(_masks.Pointer + (_featureCount * Bins), Bins).Fill(uint.MaxValue);
            _featureCount++;
        }

        return _masks.Pointer + (_slotOfFeature[feature] * Bins);
    }
}
