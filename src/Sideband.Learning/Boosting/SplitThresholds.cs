namespace Sideband.Learning.Boosting;

/// <summary>
/// The thresholds at which a member's trees split, and a number for each split that is possible with them: feature f has n_f ascending
/// thresholds and n_f + 1 splits (the last sends all values left that are not missing), and the features' splits are counted on.
/// </summary>
/// <remarks>
/// A single-precision value is above an edge exactly when it is above the largest single-precision number not above the edge: these
/// numbers are the thresholds.
/// </remarks>
internal sealed class SplitThresholds
{
    private readonly int[] _firstSplit;

    /// <param name="values">[feature] ascending, at most 254 each.</param>
    public SplitThresholds(float[][] values)
    {
        Values = values;
        _firstSplit = new int[values.Length + 1];
        for (var f = 0; f < values.Length; f++)
        {
            _firstSplit[f + 1] = _firstSplit[f] + values[f].Length + 1;
        }
    }

    /// <summary>[feature] the thresholds.</summary>
    public float[][] Values { get; }

    /// <summary>Number of splits of all features: at most 60 x 255.</summary>
    public int SplitCount => _firstSplit[^1];

    /// <summary>The thresholds that some tree of the member uses.</summary>
    public static SplitThresholds Of(EnsembleMember member)
    {
        var bins = EdgeCodes.SplitBins(member);
        return new SplitThresholds([.. bins.Select((b, f) => EdgeCodes.Distinct(EdgeCodes.EdgesAt(member.Binning.Edges(f), b)))]);
    }

    /// <summary>The number of a node's split.</summary>
    /// <param name="node">Of a tree of a member whose thresholds these are.</param>
    /// <param name="edges">The member's bin edges of the node's feature.</param>
    public int SplitOf(in TreeNode node, ReadOnlySpan<double> edges)
    {
        var own = Values[node.Feature];
        var rank = node.Bin < edges.Length ? Array.BinarySearch(own, EdgeCodes.NotAbove(edges[node.Bin])) : own.Length;
        return _firstSplit[node.Feature] + rank;
    }

    /// <summary>The feature of a split, and its last bin on the left in <see cref="Binning"/>.</summary>
    public (int Feature, int Bin) Split(int number)
    {
        var feature = Array.BinarySearch(_firstSplit, number);
        feature = feature >= 0 ? feature : ~feature - 1;
        return (feature, number - _firstSplit[feature]);
    }

    /// <summary>Bins with the thresholds as edges; missing values have bin 255, which no split reaches.</summary>
    public FeatureBinning Binning() => FeatureBinning.Of([.. Values.Select(own => Array.ConvertAll(own, x => (double)x))], 255);
}
