namespace Sideband.Learning.Boosting;

/// <summary>Trained members and their mean score.</summary>
public sealed class TreeEnsemble
{
    private readonly TrainingResult[] _members;
    private readonly int[] _binCounts;
    private readonly int _missingBin;

    internal TreeEnsemble(IEnumerable<TrainingResult> results, BinnedMatrix x)
    {
        var all = results.ToArray();
        _members = [.. all.Where(r => r.Succeeded)];
        Failures = [.. all.Where(r => !r.Succeeded).Select(r => r.Failure!)];
        _binCounts = x.BinCounts.ToArray();
        _missingBin = x.MissingBin;
    }

    /// <summary>The members that succeeded, in the order of their numbers.</summary>
    public IReadOnlyList<TrainingResult> Members => _members;

    /// <summary>The reason of each member that failed.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>Whether at least one member can score.</summary>
    public bool Succeeded => _members.Length > 0;

    /// <summary>Mean over members of sigma(log-odds), from 0 to 1, of the listed rows.</summary>
    /// <param name="x">Rows binned with the same edges as the training rows.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="meanScore">Written, one number for each listed row.</param>
    /// <exception cref="InvalidOperationException">All members failed.</exception>
    /// <exception cref="ArgumentException">Other features, or another number of scores than rows.</exception>
    public void Score(BinnedMatrix x, ReadOnlySpan<int> rows, Span<float> meanScore)
    {
        CheckScoring(x, rows.Length, meanScore.Length);
        foreach (var row in rows)
        {
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)row, (uint)x.Count, nameof(rows));
        }

        var block = new BinColumns(x.FeatureCount);
        var scorer = new EnsembleScorer(_members, _missingBin);
        for (var start = 0; start < rows.Length; start += EnsembleScorer.BlockRows)
        {
            var count = Math.Min(EnsembleScorer.BlockRows, rows.Length - start);
            block.CopyFrom(x.Planes, rows.Slice(start, count));
            scorer.Score(block, meanScore.Slice(start, count));
        }

        GC.KeepAlive(x);
    }

    /// <summary>The same for all rows.</summary>
    public void Score(BinnedMatrix x, Span<float> meanScore)
    {
        CheckScoring(x, x.Count, meanScore.Length);
        var block = new BinColumns(x.FeatureCount);
        var scorer = new EnsembleScorer(_members, _missingBin);
        for (var start = 0; start < x.Count; start += EnsembleScorer.BlockRows)
        {
            var count = Math.Min(EnsembleScorer.BlockRows, x.Count - start);
            block.CopyFrom(x.Planes, start, count);
            scorer.Score(block, meanScore.Slice(start, count));
        }

        GC.KeepAlive(x);
    }

    /// <summary>
    /// How much each feature's splits reduced the loss: their summed gain over all trees and members, as a fraction of the sum over
    /// features (all 0 where no tree split).
    /// </summary>
    public double[] GainImportance()
    {
        var gains = new double[_binCounts.Length];
        foreach (var tree in _members.SelectMany(m => m.Trees))
        {
            foreach (var node in tree.Nodes)
            {
                gains[node.Feature] += node.Gain;
            }
        }

        var total = 0.0;
        foreach (var gain in gains)
        {
            total += gain;
        }

        return total > 0 ? [.. gains.Select(g => g / total)] : gains;
    }

    /// <summary>
    /// Partial dependence on one feature: for each of its bins and last for missing values, the mean over members of the log-odds
    /// with this feature fixed and the others averaged, by the training rows' fractions at each split (Friedman, Ann. Stat. 29
    /// (2001) 1189, section 8.2; scikit-learn's method 'recursion', with the baseline).
    /// </summary>
    /// <returns>BinCounts[feature] + 1 numbers.</returns>
    public double[] PartialDependence(int feature)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)feature, (uint)_binCounts.Length, nameof(feature));
        var table = new double[_binCounts[feature] + 1];
        foreach (var member in _members)
        {
            for (var b = 0; b < table.Length; b++)
            {
                var bin = b == _binCounts[feature] ? _missingBin : b;
                var sum = member.Baseline;
                foreach (var tree in member.Trees)
                {
                    sum += Average(tree, tree.Nodes.IsEmpty ? ~0 : 0, feature, bin);
                }

                table[b] += sum / _members.Length;
            }
        }

        return table;
    }

    private double Average(Tree tree, int next, int feature, int bin)
    {
        if (next < 0)
        {
            return tree.Leaves[~next];
        }

        var node = tree.Nodes[next];
        if (node.Feature == feature)
        {
            return Average(tree, bin <= node.Bin || (node.MissingLeft && bin == _missingBin) ? node.Left : node.Right, feature, bin);
        }

        return (node.LeftFraction * Average(tree, node.Left, feature, bin)) + ((1 - node.LeftFraction) * Average(tree, node.Right, feature, bin));
    }

    private void CheckScoring(BinnedMatrix x, int rows, int scores)
    {
        ArgumentNullException.ThrowIfNull(x);
        if (!Succeeded)
        {
            throw new InvalidOperationException($"no member of the ensemble can score: {Failures[0]}");
        }

        if (!x.BinCounts.SequenceEqual(_binCounts) || x.MissingBin != _missingBin || rows != scores)
        {
            throw new ArgumentException($"{scores} scores for {rows} rows of {x.FeatureCount} features; the ensemble was trained on {_binCounts.Length}");
        }
    }
}
