namespace Sideband.Learning.Boosting;

/// <summary>
/// Events as bins: one byte a feature, the features of a row packed in words. One matrix is shared by all members of an ensemble
/// (and by folds and runs that share their bins); members differ by row lists only.
/// </summary>
public sealed unsafe class BinnedMatrix
{
    private readonly int[] _binCounts;

    internal BinnedMatrix(RowPlanes planes, int missingBin, int[] binCounts)
    {
        Planes = planes;
        MissingBin = missingBin;
        _binCounts = binCounts;
    }

    /// <summary>Rows.</summary>
    public int Count => Planes.Count;

    public int FeatureCount => Planes.FeatureCount;

    /// <summary>The bin of missing values, the same for all features: above all other bins.</summary>
    public int MissingBin { get; }

    /// <summary>Bins of each feature, without the missing one.</summary>
    public ReadOnlySpan<int> BinCounts => _binCounts;

    internal RowPlanes Planes { get; }

    /// <summary>The bin of one value.</summary>
    public byte Bin(int row, int feature)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)Count, nameof(row));
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)FeatureCount, nameof(feature));
        var bin = Planes.Column(feature)[(long)row * Planes.Stride];
        GC.KeepAlive(this);
        return bin;
    }
}
