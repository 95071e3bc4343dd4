namespace Sideband.Learning.Boosting;

/// <summary>
/// Scores events in blocks that stay in the cache while all trees of all members pass over them. Members have bins of their own: a
/// block's values are looked up once among all members' edges.
/// </summary>
internal sealed unsafe class EnsembleScorer
{
    /// <summary>Codes, bins, log-odds and sums of a block are 0.8 MB at four features: they stay in the second-level cache.</summary>
    public const int BlockRows = 1 << 15;

    private readonly IReadOnlyList<EnsembleMember> _members;
    private readonly EdgeCodes[] _codes;
    private readonly int[][] _used;
    private readonly int _featureCount;
    private readonly LeafTable _table = new();
    private readonly AlignedArray<float> _logOdds = new(BlockRows);
    private readonly AlignedArray<double> _sums = new(BlockRows);
    private readonly BinColumns _bins;
    private readonly ushort[][] _blockCodes;

    /// <param name="members">The members.</param>
    /// <param name="codes">See <see cref="CodesOf"/>.</param>
    public EnsembleScorer(IReadOnlyList<EnsembleMember> members, EdgeCodes[] codes)
    {
        _members = members;
        _featureCount = members[0].Binning.FeatureCount;
        _codes = codes;
        _used = [.. members.Select(member => member.UsedFeatures())];
        _bins = new BinColumns(_featureCount);
        _blockCodes = [.. Enumerable.Range(0, _featureCount).Select(_ => new ushort[BlockRows])];
    }

    /// <summary>The members' edges, in groups of <see cref="EdgeCodes.MostMembers"/>.</summary>
    public static EdgeCodes[] CodesOf(IEnumerable<EnsembleMember> members) =>
        [.. members.Chunk(EdgeCodes.MostMembers).Select(group => new EdgeCodes(group))];

    /// <summary>Mean over members, summed in their order in double precision, of sigma(log-odds).</summary>
    /// <param name="columns">[feature][row] of at most <see cref="BlockRows"/> rows.</param>
    /// <param name="meanScore">Written, one number a row.</param>
    public void Score(float[][] columns, Span<float> meanScore)
    {
        var count = meanScore.Length;
        var padded = BinColumns.Padded(count);
        _sums.Span[..padded].Clear();
        for (var m = 0; m < _members.Count; m++)
        {
            var codes = _codes[m / EdgeCodes.MostMembers];
            for (var f = 0; f < _featureCount && m % EdgeCodes.MostMembers == 0; f++)
            {
                codes.Encode(f, columns[f].AsSpan(0, count), _blockCodes[f]);
            }

            Add(m, codes, count);
        }

        for (var i = 0; i < count; i++)
        {
            meanScore[i] = (float)(_sums.Pointer[i] / _members.Count);
        }
    }

    private void Add(int number, EdgeCodes codes, int count)
    {
        var member = _members[number];
        var padded = BinColumns.Padded(count);
        foreach (var f in _used[number])
        {
            _bins.Look(f, codes.TableOf(number % EdgeCodes.MostMembers, f), _blockCodes[f].AsSpan(0, count));
        }

        _logOdds.Span[..padded].Fill((float)member.Training.Baseline);
        foreach (var tree in member.Training.Trees)
        {
            _table.Fill(tree, member.Binning.MaxBins);
            _table.AddTo(_logOdds.Pointer, _bins, count);
        }

        LogisticKernel.AddSigmoid(_logOdds.Pointer, _sums.Pointer, padded);
    }
}
