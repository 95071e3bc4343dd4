namespace Sideband.Learning.Boosting;

/// <summary>
/// The bin edges of several members as one ascending list a feature. A value's code is the number of these edges below it, looked
/// up once; each member's bin follows from the code by its table.
/// </summary>
internal sealed class EdgeCodes
{
    /// <summary>Members whose edges fit in 16-bit codes, with the code of missing values: 256 x 254 edges.</summary>
    public const int MostMembers = 256;

    // A value x (single precision) is above an edge exactly when it is above the largest single-precision number not above the edge.
    private readonly float[][] _edges;
    private readonly byte[][][] _tables;

    /// <param name="members">At most <see cref="MostMembers"/>, all with the same number of features and of most bins.</param>
    public EdgeCodes(IReadOnlyList<FeatureBinning> members)
    {
        var features = members[0].FeatureCount;
        _edges = [.. Enumerable.Range(0, features).Select(f => members.SelectMany(member => member.Edges(f).ToArray()).Select(NotAbove).Distinct().Order().ToArray())];
        _tables = [.. members.Select(member => Enumerable.Range(0, features).Select(f => Table(_edges[f], member, f)).ToArray())];
    }

    /// <summary>The codes of values: the number of edges below each, one more than all edges where it is missing.</summary>
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

    private static byte[] Table(float[] edges, FeatureBinning member, int feature)
    {
        var table = new byte[edges.Length + 2];
        var own = member.Edges(feature);
        var bin = 0;
        for (var code = 0; code <= edges.Length; code++)
        {
            while (code > 0 && bin < own.Length && NotAbove(own[bin]) <= edges[code - 1])
            {
                bin++;
            }

            table[code] = (byte)bin;
        }

        table[^1] = (byte)member.MaxBins;
        return table;
    }

    private static float NotAbove(double edge)
    {
        var nearest = (float)edge;
        return nearest > edge ? MathF.BitDecrement(nearest) : nearest;
    }
}
