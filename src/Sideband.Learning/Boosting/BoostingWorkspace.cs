using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// All memory of a training, for one thread at a time; used again by the next training, so that a member allocates only its trees.
/// </summary>
public sealed class BoostingWorkspace
{
    private readonly AlignedArray<byte> _chosen = new();
    private readonly AlignedArray<float> _scratch = new();
    private readonly AlignedArray<int> _trainingRows = new();
    private readonly AlignedArray<int> _validationRows = new();
    private RowPlanes? _planes;
    private RowPlanes? _memberPlanes;

    internal TrainingSet Training { get; } = new();

    internal TrainingSet Validation { get; } = new();

    internal TreeGrower Grower { get; } = new();

    internal LeafTable LeafTable { get; } = new();

    internal AlignedArray<long> Derivatives { get; } = new();

    /// <summary>A member's split, see <see cref="StratifiedSplit"/>; holds until the next.</summary>
    internal RowSplit Split(ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, double validationFraction, RandomStream stream)
    {
        _trainingRows.EnsureLength(rows.Length + 1);
        _validationRows.EnsureLength(rows.Length + 1);
        var training = StratifiedSplit.Split(rows, labels, validationFraction, stream, _trainingRows.Span, _validationRows.Span);
        return new RowSplit(_trainingRows.Span[..training], _validationRows.Span[..(rows.Length - training)]);
    }

    /// <summary>All rows in the bins of some of them, for a member.</summary>
    internal (BinnedMatrix Matrix, FeatureBinning Binning) BinBy(ReadOnlySpan<int> training, SortedColumns x, int maxBins)
    {
        if (_memberPlanes?.FeatureCount != x.FeatureCount)
        {
            _memberPlanes = new RowPlanes(x.FeatureCount, x.Count);
        }

        _memberPlanes.Resize(x.Count);
        _chosen.EnsureLength(x.Count);
        _scratch.EnsureLength(x.Count + 1);
        _chosen.Span.Clear();
        foreach (var row in training)
        {
            _chosen.Span[row] = 1;
        }

        var binning = x.Bin(_chosen.Span, maxBins, _memberPlanes, _scratch.Span);
        return (new BinnedMatrix(_memberPlanes, binning.MaxBins, binning.BinCounts()), binning);
    }

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

/// <summary>Rows to train and to validate on.</summary>
internal readonly ref struct RowSplit(ReadOnlySpan<int> training, ReadOnlySpan<int> validation)
{
    public ReadOnlySpan<int> Training { get; } = training;

    public ReadOnlySpan<int> Validation { get; } = validation;
}
