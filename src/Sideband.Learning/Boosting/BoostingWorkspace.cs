using Sideband.Numerics;

namespace Sideband.Learning.Boosting;

/// <summary>
/// All memory of a training, for one thread at a time; used again by the next training, so that a member allocates only its trees.
/// </summary>
public sealed class BoostingWorkspace
{
    private readonly BinningMemory _binning = new();
    private readonly AlignedArray<int> _trainingRows = new();
    private readonly AlignedArray<int> _validationRows = new();
    private RowPlanes? _planes;

    internal TrainingSet Training { get; } = new();

    internal TrainingSet Validation { get; } = new();

    internal TreeGrower Grower { get; } = new();

    internal LeafTable LeafTable { get; } = new();

    internal AlignedArray<long> Derivatives { get; } = new();

    /// <summary>A member's split, see <see cref="StratifiedSplit"/>; holds until the next.</summary>
    internal RowSplit Split(ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, double validationFraction, RandomStream stream)
    {
        var counts = StratifiedSplit.Counts(rows, labels, validationFraction);
        _trainingRows.EnsureLength(counts.Training + 1);
        _validationRows.EnsureLength(counts.Validation + 1);
        StratifiedSplit.Split(rows, labels, counts, stream, _trainingRows.Span, _validationRows.Span);
        return new RowSplit(_trainingRows.Span[..counts.Training], _validationRows.Span[..counts.Validation]);
    }

    /// <summary>
    /// Both sides of a member's split in the bins of its training rows, by row and by feature. Labels and weights are not looked at.
    /// </summary>
    internal (RowPlanes Planes, FeatureBinning Binning) LoadBins(RowSplit split, SortedColumns x, int maxBins)
    {
        var binning = x.Bin(split.Training, maxBins, _binning);
        var planes = PlanesOf(x.FeatureCount, split.Training.Length);
        Training.Resize(x.FeatureCount, split.Training.Length);
        Validation.Resize(x.FeatureCount, split.Validation.Length);
        for (var f = 0; f < x.FeatureCount; f++)
        {
            var bins = x.BinsByPlace(f, binning, _binning);
            var places = x.RanksOf(f);
            Training.Columns.Look(f, bins, places, split.Training);
            Validation.Columns.Look(f, bins, places, split.Validation);
            planes.SetColumn(f, Training.Columns);
        }

        return (planes, binning);
    }

    /// <summary>The training rows packed together, for histograms and splits.</summary>
    internal RowPlanes TrainingPlanes(BinnedMatrix matrix, ReadOnlySpan<int> rows)
    {
        var planes = PlanesOf(matrix.FeatureCount, rows.Length);
        planes.CopyRows(matrix.Planes, rows);
        return planes;
    }

    private RowPlanes PlanesOf(int features, int rows)
    {
        if (_planes?.FeatureCount != features)
        {
            _planes = new RowPlanes(features, rows);
        }

        _planes.Resize(rows);
        return _planes;
    }
}

/// <summary>Rows to train and to validate on.</summary>
internal readonly ref struct RowSplit(ReadOnlySpan<int> training, ReadOnlySpan<int> validation)
{
    public ReadOnlySpan<int> Training { get; } = training;

    public ReadOnlySpan<int> Validation { get; } = validation;
}
