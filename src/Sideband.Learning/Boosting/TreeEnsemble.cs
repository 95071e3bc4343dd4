namespace Sideband.Learning.Boosting;

/// <summary>Trained members and their mean score.</summary>
public sealed class TreeEnsemble
{
    private readonly EnsembleMember[] _members;
    private readonly Lazy<EdgeCodes[]> _codes;

    internal TreeEnsemble(IReadOnlyList<EnsembleMember> results)
        : this(
            [.. results.Where(r => r.Training.Succeeded)],
            [.. results.Where(r => !r.Training.Succeeded).Select(r => r.Training.Failure!)])
    {
    }

    private TreeEnsemble(EnsembleMember[] members, string[] failures)
    {
        (_members, Failures) = (members, failures);
        _codes = new Lazy<EdgeCodes[]>(() => EnsembleScorer.CodesOf(_members));
    }

    /// <summary>The members that succeeded, in the order of their numbers.</summary>
    public IReadOnlyList<EnsembleMember> Members => _members;

    /// <summary>The reason of each member that failed.</summary>
    public IReadOnlyList<string> Failures { get; }

    /// <summary>Whether at least one member can score.</summary>
    public bool Succeeded => _members.Length > 0;

    /// <summary>Whether no tree of any member splits: all events have one score, and a cut on it selects all or nothing.</summary>
    public bool LearnedNothing => Succeeded && _members.All(member => member.Training.LearnedNothing);

    /// <summary>Mean over members of sigma(log-odds), from 0 to 1, of the listed rows.</summary>
    /// <param name="columns">[feature][row], the features that the ensemble was trained on; NaN is a missing value.</param>
    /// <param name="rows">Row numbers.</param>
    /// <param name="meanScore">Written, one number for each listed row.</param>
    /// <exception cref="InvalidOperationException">All members failed.</exception>
    /// <exception cref="ArgumentException">Another number of features, or of scores than rows.</exception>
    public void Score(IReadOnlyList<ReadOnlyMemory<float>> columns, ReadOnlySpan<int> rows, Span<float> meanScore)
    {
        CheckScoring(columns, rows.Length, meanScore.Length);
        var longest = Math.Min(EnsembleScorer.BlockRows, rows.Length);
        float[][] block = [.. columns.Select(_ => new float[longest])];
        var scorer = new EnsembleScorer(_members, _codes.Value);
        for (var start = 0; start < rows.Length; start += EnsembleScorer.BlockRows)
        {
            var chosen = rows.Slice(start, Math.Min(EnsembleScorer.BlockRows, rows.Length - start));
            for (var f = 0; f < block.Length; f++)
            {
                var column = columns[f].Span;
                for (var i = 0; i < chosen.Length; i++)
                {
                    block[f][i] = column[chosen[i]];
                }
            }

            scorer.Score(block, meanScore.Slice(start, chosen.Length));
        }
    }

    /// <inheritdoc cref="Score(IReadOnlyList{ReadOnlyMemory{float}}, ReadOnlySpan{int}, Span{float})"/>
    public void Score(float[][] columns, ReadOnlySpan<int> rows, Span<float> meanScore) =>
        Score(Array.ConvertAll(columns, column => (ReadOnlyMemory<float>)column), rows, meanScore);

    /// <summary>The same for all rows.</summary>
    public void Score(float[][] columns, Span<float> meanScore) => Score(columns, [.. Enumerable.Range(0, meanScore.Length)], meanScore);

    /// <summary>
    /// Writes what scoring needs, about 0.17 kB for a tree of 31 leaves and 4 bytes for each threshold of a member: trees, the thresholds
    /// that they use, leaf values and baselines in single precision (in which scores are computed), numbers of iterations, and the
    /// reasons of failures. Losses are left out.
    /// </summary>
    /// <param name="stream">Left open behind the ensemble, so that others may follow.</param>
    public void Save(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        EnsembleFile.Frame.Write(stream, writer => EnsembleFile.Write(writer, _members, Failures));
    }

    /// <summary>
    /// The ensemble that was saved: scores of any values are the same bits. Its members have the thresholds as bin edges, and know
    /// no losses.
    /// </summary>
    /// <param name="stream">Left open behind the ensemble.</param>
    /// <exception cref="InvalidDataException">
    /// Not a saved ensemble, a damaged one, or one of another version; the message says which.
    /// </exception>
    public static TreeEnsemble Load(Stream stream)
    {
        ArgumentNullException.ThrowIfNull(stream);
        var (members, failures) = EnsembleFile.Read(EnsembleFile.Frame.Read(stream));
        return new TreeEnsemble(members, failures);
    }

    /// <summary>An ensemble none of whose members could be trained.</summary>
    internal static TreeEnsemble Failed(string reason, int members) =>
        new([], [.. Enumerable.Repeat(reason, members)]);

    private void CheckScoring(IReadOnlyList<ReadOnlyMemory<float>> columns, int rows, int scores)
    {
        ArgumentNullException.ThrowIfNull(columns);
        CheckSucceeded();
        if (columns.Count != _members[0].Binning.FeatureCount || rows != scores)
        {
            throw new ArgumentException(
                $"{scores} scores for {rows} rows of {columns.Count} features; "
                + $"the ensemble was trained on {_members[0].Binning.FeatureCount}");
        }
    }

    private void CheckSucceeded()
    {
        if (!Succeeded)
        {
            throw new InvalidOperationException($"no member of the ensemble can score: {Failures[0]}");
        }
    }
}
