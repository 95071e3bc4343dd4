namespace Sideband.Events.Readers.Root;

/// <summary>A tree of a ROOT file whose branches hold numbers. An array of n numbers is n columns NAME[0], NAME[1], ...</summary>
internal sealed class RootTable : TabularFile
{
    private readonly RootFile _file;
    private readonly List<(RootBranch Branch, NumberType Number, int Offset)> _places = [];

    /// <param name="path">The file.</param>
    /// <param name="name">Path of the tree in it, or null where there is one alone.</param>
    /// <exception cref="InputDataException">Not ROOT; damaged; no tree, or several.</exception>
    public RootTable(string path, string? name)
        : base(path)
    {
        _file = new RootFile(path);
        try
        {
            var (treePath, key) = Choose(_file, name);
            var tree = RootTree.Read(_file, key);
            RowCount = tree.Entries;
            Format = $"ROOT {key.ClassName} '{treePath}'";
            var apart = new List<TableColumn>();
            var columns = new List<TableColumn>();
            Collect(tree.Branches, "", columns, apart);
            Columns = RequireDistinct([.. columns, .. apart]);
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override string Format { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var readers = new Dictionary<RootBranch, RootBranchReader>(ReferenceEqualityComparer.Instance);
        foreach (var column in columns)
        {
            readers.TryAdd(_places[column].Branch, new RootBranchReader(_file, _places[column].Branch));
        }

        var batch = NewBatch(columns.Length, until - start);
        for (var row = start; row < until; row += BatchRows)
        {
            var count = (int)Math.Min(BatchRows, until - row);
            foreach (var (branch, reader) in readers)
            {
                var wanted = Enumerable.Range(0, columns.Length).Where(i => ReferenceEquals(_places[columns[i]].Branch, branch));
                reader.Read(row, count, [.. wanted.Select(i => (_places[columns[i]].Number, _places[columns[i]].Offset, batch[i]))]);
            }

            yield return new ColumnBatch(row, count, batch);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static (string Path, RootKey Key) Choose(RootFile file, string? name)
    {
        var all = file.Objects();
        var objects = all.DistinctBy(item => item.Path).OrderBy(item => item.Key.Seek).ToList();
        var trees = objects.Where(item => RootTree.Classes.Contains(item.Key.ClassName)).ToList();
        var names = string.Join(", ", trees.Select(tree => tree.Path));
        if (name is null)
        {
            return trees.Count switch
            {
                1 => trees[0],
                0 => throw new InputDataException(
                    $"{file.Name}: holds no tree (it holds {(objects.Count == 0 ? "nothing" : string.Join(", ", objects.Take(10).Select(item => $"{item.Path} ({item.Key.ClassName})")))})"),
                _ => throw new InputDataException($"{file.Name}: holds {trees.Count} trees ({names}); choose one with {file.Name}:{trees[0].Path}"),
            };
        }

        // TREE;CYCLE names an older version.
        var wanted = name.Trim('/');
        var found = objects.Concat(all.Select(item => (Path: $"{item.Path};{item.Key.Cycle}", item.Key)))
            .Where(item => item.Path == wanted)
            .Select(item => ((string Path, RootKey Key)?)item)
            .FirstOrDefault()
            ?? throw new InputDataException($"{file.Name}: no tree '{name}'{NearestName.Hint(wanted, [.. trees.Select(tree => tree.Path)])} (trees: {names})");
        return RootTree.Classes.Contains(found.Key.ClassName) ? found
            : throw new InputDataException($"{file.Name}: '{name}' is a {found.Key.ClassName}, not a tree (trees: {names})");
    }

    private void Collect(IReadOnlyList<RootBranch> branches, string above, List<TableColumn> columns, List<TableColumn> apart)
    {
        foreach (var branch in branches)
        {
            // A branch inside another one may have the other's name in front already.
            var name = above.Length == 0 || branch.Name.StartsWith(above + ".", StringComparison.Ordinal) ? branch.Name : $"{above}.{branch.Name}";
            if (branch.IsSplit)
            {
                Collect(branch.Branches, name.TrimEnd('.'), columns, apart);
            }
            else if (Obstacle(branch) is { } obstacle)
            {
                apart.Add(TableColumn.Apart(name, obstacle));
            }
            else
            {
                Add(branch, name, columns);
            }
        }
    }

    /// <summary>Why a branch is no column, or null.</summary>
    private string? Obstacle(RootBranch branch) =>
        branch.FileName.Length > 0 ? $"a branch whose values lie in another file ({branch.FileName})"
        : branch.Leaves.Any(leaf => leaf.IsVariable) ? "a branch with a variable number of values in each event"
        : branch.Leaves.Count == 0 || branch.Leaves.Any(leaf => leaf.Number is null) ? string.Join(", ", branch.Leaves.Select(leaf => leaf.Type).DefaultIfEmpty("objects"))
        : branch.Leaves.Any(leaf => leaf.Length is < 1 or > 10_000) ? "a branch of very long arrays"
        : branch.Problem is { } problem ? problem
        : branch.Entries != RowCount ? TableLength.Reason(branch.Leaves[0].Type, branch.Entries, RowCount)
        : null;

    private void Add(RootBranch branch, string name, List<TableColumn> columns)
    {
        // The number of rows is believed when the last basket has it too.
        if (branch.Baskets is [.., { Inside: null } last])
        {
            RootBaskets.Require(_file, branch, last);
        }

        var offset = 0;
        foreach (var leaf in branch.Leaves)
        {
            var leafName = branch.Leaves.Count == 1 ? name : $"{name}.{leaf.Name}";
            for (var i = 0; i < leaf.Length; i++)
            {
                columns.Add(new TableColumn(leaf.Length == 1 ? leafName : $"{leafName}[{i}]", leaf.Type, IsNumeric: true));
                _places.Add((branch, leaf.Number!.Value, offset));
                offset += leaf.Number.Value.Size;
            }
        }
    }
}
