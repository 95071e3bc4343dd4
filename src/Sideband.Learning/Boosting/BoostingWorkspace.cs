namespace Sideband.Learning.Boosting;

/// <summary>All memory of a training, for one thread at a time; used again by the next training, so that a member allocates only its trees.</summary>
public sealed class BoostingWorkspace
{
    private RowPlanes? _planes;

    internal TrainingSet Training { get; } = new();

    internal TrainingSet Validation { get; } = new();

    internal TreeGrower Grower { get; } = new();

    internal LeafTable LeafTable { get; } = new();

    internal AlignedArray<long> Derivatives { get; } = new();

    /// <summary>The training rows packed together, for histograms and splits.</summary>
    internal RowPlanes TrainingPlanes(BinnedMatrix matrix, ReadOnlySpan<int> rows)
    {
        if (_planes?.FeatureCount != matrix.FeatureCount)
        {
            _planes = new RowPlanes(matrix.FeatureCount, rows.Length);
        }

        _planes.CopyRows(matrix.Planes, rows);
        return _planes;
    }
}
