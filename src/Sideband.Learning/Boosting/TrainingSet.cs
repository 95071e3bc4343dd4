using System.Globalization;

namespace Sideband.Learning.Boosting;

/// <summary>The rows of one side of a training (training or validation), copied together, with signed weights and log-odds.</summary>
internal sealed unsafe class TrainingSet
{
    private readonly AlignedArray<float> _signedWeights = new();
    private readonly AlignedArray<float> _scores = new();
    private BinColumns? _columns;

    /// <summary>Bins of this side's rows, in their order.</summary>
    public BinColumns Columns => _columns!;

    public int Count { get; private set; }

    public int PaddedCount => BinColumns.Padded(Count);

    public float* SignedWeights => _signedWeights.Pointer;

    public float* Scores => _scores.Pointer;

    public double TotalWeight { get; private set; }

    public double PositiveWeight { get; private set; }

    public float LargestWeight { get; private set; }

    /// <summary>Room for rows whose columns and weights come next.</summary>
    public void Resize(int features, int count)
    {
        if (_columns?.FeatureCount != features)
        {
            _columns = new BinColumns(features);
        }

        Count = count;
    }

    /// <summary>Takes the bins of rows over.</summary>
    /// <param name="matrix">All rows.</param>
    /// <param name="rows">The rows of this side.</param>
    public void LoadBins(BinnedMatrix matrix, ReadOnlySpan<int> rows)
    {
        Resize(matrix.FeatureCount, rows.Length);
        Columns.CopyFrom(matrix.Planes, rows);
    }

    /// <summary>Takes labels and weights over.</summary>
    /// <param name="rows">The rows of this side.</param>
    /// <param name="labels">0 or 1 for each row number.</param>
    /// <param name="weights">A weight for each row number; empty for 1.</param>
    /// <param name="classFactors">Factors on |w|.</param>
    public void LoadWeights(
        ReadOnlySpan<int> rows, ReadOnlySpan<byte> labels, ReadOnlySpan<double> weights, TrainingWeights classFactors)
    {
        _signedWeights.EnsureLength(PaddedCount);
        _scores.EnsureLength(PaddedCount);
        (TotalWeight, PositiveWeight, LargestWeight) = (0, 0, 0);
        ReadOnlySpan<double> factors = [-classFactors.Zero, classFactors.One];
        for (var i = 0; i < rows.Length; i++)
        {
            var label = labels[rows[i]];
            var signed = (float)((weights.IsEmpty ? 1 : Math.Abs(weights[rows[i]])) * factors[label]);
            var weight = Math.Abs(signed);
            SignedWeights[i] = signed;
            TotalWeight += weight;
            PositiveWeight += weight * label;
            LargestWeight = Math.Max(LargestWeight, weight);
        }

        new Span<float>(SignedWeights + Count, PaddedCount - Count).Clear();
    }

    /// <summary>Why nothing can be learnt from this side (<paramref name="name"/>), or null.</summary>
    public string? MissingClass(string name) => PositiveWeight > 0 && TotalWeight > PositiveWeight ? null
        : string.Create(
            CultureInfo.InvariantCulture,
            $"the {name} rows ({Count}) have weight {TotalWeight - PositiveWeight} in class 0 "
            + $"and {PositiveWeight} in class 1; both must be above 0");

    /// <summary>Sets all log-odds.</summary>
    public void StartFrom(double baseline) => new Span<float>(Scores, PaddedCount).Fill((float)baseline);

    /// <summary>Weighted mean log-loss.</summary>
    public double MeanLoss() => LogisticKernel.Loss(Scores, SignedWeights, PaddedCount) / TotalWeight;
}
