namespace Sideband.Learning.Boosting;

/// <summary>Scores blocks of rows that stay in the cache while all trees of all members pass over them.</summary>
internal sealed unsafe class EnsembleScorer(IReadOnlyList<TrainingResult> members, int missingBin)
{
    /// <summary>Bins, log-odds and sums of a block are 1 MB at four features: they stay in the second-level cache.</summary>
    public const int BlockRows = 1 << 16;

    private readonly LeafTable _table = new();
    private readonly AlignedArray<float> _logOdds = new();
    private readonly AlignedArray<double> _sums = new();

    /// <summary>Mean over members, summed in their order in double precision, of sigma(log-odds).</summary>
    public void Score(BinColumns columns, Span<float> meanScore)
    {
        var padded = BinColumns.Padded(meanScore.Length);
        _logOdds.EnsureLength(padded);
        _sums.EnsureLength(padded);
        _sums.Span[..padded].Clear();
        foreach (var member in members)
        {
            _logOdds.Span[..padded].Fill((float)member.Baseline);
            foreach (var tree in member.Trees)
            {
                _table.Fill(tree, missingBin);
                _table.AddTo(_logOdds.Pointer, columns, meanScore.Length);
            }

            LogisticKernel.AddSigmoid(_logOdds.Pointer, _sums.Pointer, padded);
        }

        for (var i = 0; i < meanScore.Length; i++)
        {
            meanScore[i] = (float)(_sums.Pointer[i] / members.Count);
        }
    }
}
