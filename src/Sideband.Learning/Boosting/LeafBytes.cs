using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;
using System.Runtime.Intrinsics.X86;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The tables of a <see cref="LeafTable"/> as bytes, for 64 rows at a time with AVX2. A row's interval of a feature is the number of
/// intervals that begin at its bin or below; sets of leaves and values of leaves are four bytes each, every one looked up among 32 by
/// two shuffles. The processors' own gathers of words take longer than all of this.
/// </summary>
internal sealed unsafe class LeafBytes
{
    /// <summary>Most intervals of a feature, most leaves of a tree.</summary>
    private const int Most = 32;
    private const int WordBytes = 4;
    private const int Length = WordBytes * Most;
    private readonly AlignedArray<sbyte> _starts = new(Most * FeatureBinning.MaxFeatures);
    private readonly AlignedArray<byte> _sets = new(Length * FeatureBinning.MaxFeatures);
    private readonly AlignedArray<byte> _values = new(Length);
    private readonly int[] _startCounts = new int[FeatureBinning.MaxFeatures];
    private readonly byte[] _leaves = new byte[WordBytes];

    public static bool IsSupported => Avx2.IsSupported;

    /// <summary>Becomes the tables of a tree; false where a feature has more than 32 intervals.</summary>
    /// <param name="masks">The set of leaves for each of <see cref="LeafTable.Bins"/> bins, slot by slot; leaf k is the bit 31 - k.</param>
    /// <param name="slots">How many features the tree uses.</param>
    /// <param name="values">Of 32 leaves.</param>
    /// <param name="leafCount">How many leaves there are.</param>
    public bool Fill(uint* masks, int slots, float* values, int leafCount)
    {
        for (var p = 0; p < WordBytes; p++)
        {
            _leaves[p] = (byte)((uint.MaxValue << (Most - leafCount)) >> (8 * p));
            for (var leaf = 0; leaf < Most; leaf++)
            {
                _values.Pointer[(p * Most) + leaf] = ((byte*)(values + leaf))[p];
            }
        }

        for (var s = 0; s < slots; s++)
        {
            if (!FillSlot(masks + (s * LeafTable.Bins), _starts.Pointer + (s * Most), _sets.Pointer + (s * Length), out _startCounts[s]))
            {
                return false;
            }
        }

        return true;
    }

    /// <summary>Adds the tree's values to scores, in whole blocks of <see cref="BinColumns.BlockRows"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization | MethodImplOptions.NoInlining)]
    public void AddTo(float* scores, BinColumns columns, ReadOnlySpan<int> features, int count)
    {
        var starts = _starts.Pointer;
        var sets = _sets.Pointer;
        for (var i = 0; i < count; i += BinColumns.BlockRows)
        {
            var (a0, a1, a2, a3) = (Bytes(_leaves[0]), Bytes(_leaves[1]), Bytes(_leaves[2]), Bytes(_leaves[3]));
            var (b0, b1, b2, b3) = (a0, a1, a2, a3);
            for (var s = 0; s < features.Length; s++)
            {
                // Bytes are compared as signed numbers, which shifts all by 128.
                var bins = columns[features[s]] + i;
                var first = (Vector256.Load(bins) ^ Bytes(128)).AsSByte();
                var second = (Vector256.Load(bins + Vector256<byte>.Count) ^ Bytes(128)).AsSByte();
                var (inFirst, inSecond) = (Vector256<sbyte>.Zero, Vector256<sbyte>.Zero);
                var end = starts + (s * Most) + _startCounts[s];
                for (var start = starts + (s * Most); start < end; start++)
                {
                    var below = Vector256.Create(*start);
                    inFirst -= Vector256.GreaterThan(first, below);
                    inSecond -= Vector256.GreaterThan(second, below);
                }

                var table = sets + (s * Length);
                var (firstIndex, secondIndex) = (new Index(inFirst.AsByte()), new Index(inSecond.AsByte()));
                a0 &= firstIndex.Look(table);
                b0 &= secondIndex.Look(table);
                a1 &= firstIndex.Look(table + Most);
                b1 &= secondIndex.Look(table + Most);
                a2 &= firstIndex.Look(table + (2 * Most));
                b2 &= secondIndex.Look(table + (2 * Most));
                a3 &= firstIndex.Look(table + (3 * Most));
                b3 &= secondIndex.Look(table + (3 * Most));
            }

            Add(scores + i, LeafOf(a0, a1, a2, a3));
            Add(scores + i + Vector256<byte>.Count, LeafOf(b0, b1, b2, b3));
        }
    }

    private static bool FillSlot(uint* masks, sbyte* starts, byte* sets, out int startCount)
    {
        startCount = 0;
        for (var b = 0; b < LeafTable.Bins; b++)
        {
            if (b > 0 && masks[b] == masks[b - 1])
            {
                continue;
            }

            if (b > 0)
            {
                // A bin is in this interval or a later one where it is above b - 1.
                starts[startCount++] = (sbyte)(b - 1 - 128);
            }

            if (startCount == Most)
            {
                return false;
            }

            for (var p = 0; p < WordBytes; p++)
            {
                sets[(p * Most) + startCount] = (byte)(masks[b] >> (8 * p));
            }
        }

        return true;
    }

    /// <summary>The numbers of the only leaves left, 31 - k for the bit k of the word whose bytes these are.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> LeafOf(Vector256<byte> p0, Vector256<byte> p1, Vector256<byte> p2, Vector256<byte> p3)
    {
        // Bits of one of the four bytes alone: 7, 6, 5, 4 for the lower four, 3, 2, 1, 0 for the upper ones.
        var ofLow = Vector256.Create(Vector128.Create((byte)0, 7, 6, 0, 5, 0, 0, 0, 4, 0, 0, 0, 0, 0, 0, 0));
        var ofHigh = Vector256.Create(Vector128.Create((byte)0, 3, 2, 0, 1, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0));
        var any = p0 | p1 | p2 | p3;
        var high = (any.AsUInt16() >> 4).AsByte() & Bytes(15);
        var inByte = Avx2.Shuffle(ofLow, any & Bytes(15)) | Avx2.Shuffle(ofHigh, high);
        return inByte
            | Vector256.AndNot(Bytes(8), Vector256.Equals(p0 | p2, Vector256<byte>.Zero))
            | Vector256.AndNot(Bytes(16), Vector256.Equals(p0 | p1, Vector256<byte>.Zero));
    }

    /// <summary>Adds the values of 32 leaves, whose bytes are interleaved to numbers.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private void Add(float* scores, Vector256<byte> leaves)
    {
        var index = new Index(leaves);
        var values = _values.Pointer;
        var (v0, v1) = (index.Look(values), index.Look(values + Most));
        var (v2, v3) = (index.Look(values + (2 * Most)), index.Look(values + (3 * Most)));
        var (low01, low23) = (Avx2.UnpackLow(v0, v1).AsUInt16(), Avx2.UnpackLow(v2, v3).AsUInt16());
        var (high01, high23) = (Avx2.UnpackHigh(v0, v1).AsUInt16(), Avx2.UnpackHigh(v2, v3).AsUInt16());

        // Unpacking keeps the two halves apart: rows 0-3 and 16-19, 4-7 and 20-23, 8-11 and 24-27, 12-15 and 28-31.
        var (r0, r4) = (Avx2.UnpackLow(low01, low23).AsSingle(), Avx2.UnpackHigh(low01, low23).AsSingle());
        var (r8, r12) = (Avx2.UnpackLow(high01, high23).AsSingle(), Avx2.UnpackHigh(high01, high23).AsSingle());
        AddEight(scores, Avx.Permute2x128(r0, r4, 0x20));
        AddEight(scores + 8, Avx.Permute2x128(r8, r12, 0x20));
        AddEight(scores + 16, Avx.Permute2x128(r0, r4, 0x31));
        AddEight(scores + 24, Avx.Permute2x128(r8, r12, 0x31));
    }

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static void AddEight(float* scores, Vector256<float> values) => (Vector256.Load(scores) + values).Store(scores);

    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    private static Vector256<byte> Bytes(byte value) => Vector256.Create(value);

    /// <summary>32 places in tables of 32 bytes, as two shuffles of 16 want them: a place whose highest bit is set gives 0.</summary>
    private readonly struct Index(Vector256<byte> places)
    {
        private readonly Vector256<byte> _lower = places + Bytes(0x70);
        private readonly Vector256<byte> _upper = places - Bytes(16);

        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public Vector256<byte> Look(byte* table) =>
            Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(table), _lower)
            | Avx2.Shuffle(Avx2.BroadcastVector128ToVector256(table + 16), _upper);
    }
}
