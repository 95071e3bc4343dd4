using System.Runtime.CompilerServices;

namespace Sideband.Learning.Boosting;

/// <summary>
/// The bin edges at which the trees of several members split, as one ascending list a feature. A value's code is the number of these
/// edges below it, looked up once; from the code a member's table gives a bin that its trees send the same way as the value's own.
/// </summary>
internal sealed class EdgeCodes
{
    /// <summary>Members whose edges fit in 16-bit codes, with the code of missing values: 256 x 254 edges at most.</summary>
    public const int MostMembers = 256;

    // A value x (single precision) is above an edge exactly when it is above the largest single-precision number not above the edge.
    private readonly float[][] _edges;
    private readonly byte[][][] _tables;

    /// <param name="members">At most <see cref="MostMembers"/>, all with the same number of features.</param>
    public EdgeCodes(IReadOnlyList<EnsembleMember> members)
    {
        var features = members[0].Binning.FeatureCount;
        var splits = members.Select(SplitBins).ToArray();
        _edges = new float[features][];
        _tables = [.. members.Select(_ => new byte[features][])];
        for (var f = 0; f < features; f++)
        {
            float[][] own = [.. members.Select((member, m) => EdgesAt(member.Binning.Edges(f), splits[m][f]))];
            _edges[f] = Distinct([.. own.SelectMany(edges => edges)]);
            for (var m = 0; m < members.Count; m++)
            {
                _tables[m][f] = Table(_edges[f], own[m], splits[m][f], members[m].Binning.MaxBins);
            }
        }
    }

    /// <summary>The codes of values: the number of edges below each, one more than all edges where it is missing.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    public void Encode(int feature, ReadOnlySpan<float> values, Span<ushort> codes)
    {
        var edges = _edges[feature];
        for (var i = 0; i < values.Length; i++)
        {
            var x = values[i];
            var start = 0;
            for (var length = edges.Length; length > 0;)
            {
                var half = (length + 1) >> 1;
                start = edges[start + half - 1] < x ? start + half : start;
                length -= half;
            }

            codes[i] = (ushort)(float.IsNaN(x) ? edges.Length + 1 : start);
        }
    }

    /// <summary>A member's bin for each code of a feature.</summary>
    public ReadOnlySpan<byte> TableOf(int member, int feature) => _tables[member][feature];

    /// <summary>Sorts, and leaves out what repeats.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float[] Distinct(float[] edges)
    {
        Array.Sort(edges);
        var count = 0;
        foreach (var edge in edges)
        {
            if (count == 0 || edges[count - 1] != edge)
            {
                edges[count++] = edge;
            }
        }

        return edges[..count];
    }

    /// <summary>[feature] the bins, ascending, behind which a tree splits and an edge lies.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static byte[][] SplitBins(EnsembleMember member)
    {
        var used = new bool[member.Binning.FeatureCount, 256];
        foreach (var tree in member.Training.Trees)
        {
            foreach (var node in tree.Nodes)
            {
                used[node.Feature, node.Bin] = true;
            }
        }

        var splits = new byte[member.Binning.FeatureCount][];
        var found = new List<byte>(256);
        for (var f = 0; f < splits.Length; f++)
        {
            found.Clear();
            for (var bin = 0; bin < member.Binning.Edges(f).Length; bin++)
            {
                if (used[f, bin])
                {
                    found.Add((byte)bin);
                }
            }

            splits[f] = [.. found];
        }

        return splits;
    }

    /// <summary>The edges behind some bins, as the largest single-precision numbers not above them.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    internal static float[] EdgesAt(ReadOnlySpan<double> edges, byte[] bins)
    {
        var chosen = new float[bins.Length];
        for (var i = 0; i < bins.Length; i++)
        {
            chosen[i] = NotAbove(edges[bins[i]]);
        }

        return chosen;
    }

    // Above the edge behind bin b a value's bin is b + 1 or, as far as the trees can tell, another up to the next split.
    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private static byte[] Table(float[] edges, float[] own, byte[] bins, int missingBin)
    {
        var table = new byte[edges.Length + 2];
        for (var i = 0; i < own.Length; i++)
        {
            var above = Array.BinarySearch(edges, own[i]) + 1;
            var next = i + 1 < own.Length ? Array.BinarySearch(edges, own[i + 1]) + 1 : edges.Length + 1;
            table.AsSpan(above, next - above).Fill((byte)(bins[i] + 1));
        }

        table[^1] = (byte)missingBin;
        return table;
    }

    /// <summary>The largest single-precision number not above an edge.</summary>
    internal static float NotAbove(double edge)
    {
        var nearest = (float)edge;
        return nearest > edge ? MathF.BitDecrement(nearest) : nearest;
    }
}
