using System.Globalization;

namespace Sideband.Events.Readers.Root;

/// <summary>A tree of a ROOT file whose branches hold numbers. An array of n numbers is n columns NAME[0], NAME[1], ...</summary>
internal sealed class RootTable : TabularFile
{
    private readonly RootFile _file;
    private readonly List<(RootBranch Branch, NumberType Number, int Offset)> _places = [];

    /// <param name="path">Of the file.</param>
    /// <param name="file">The open file, owned from here on.</param>
    /// <param name="name">Path of the tree in it.</param>
    /// <param name="key">Of the tree.</param>
    /// <exception cref="InputDataException">Damaged, or of an unknown version.</exception>
    public RootTable(string path, RootFile file, string name, RootKey key)
        : base(path)
    {
        _file = file;
        var tree = RootTree.Read(_file, key);
        RowCount = tree.Entries;
        Format = $"ROOT {key.ClassName} '{name}'";
        Place = key.Seek.ToString(CultureInfo.InvariantCulture);
        var apart = new List<TableColumn>();
        var columns = new List<TableColumn>();
        Collect(tree.Branches, "", columns, apart);
        Columns = RequireDistinct([.. columns, .. apart]);
    }

    public override string Format { get; }

    public override string Place { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var wanted = columns.Select((column, i) => (_places[column].Branch, _places[column].Number, _places[column].Offset, Target: i))
            .GroupBy(entry => entry.Branch, ReferenceEqualityComparer.Instance)
            .Select(entries => (Reader: new RootBranchReader(_file, entries.First().Branch), Entries: entries.ToArray()))
            .ToArray();
        return Batches(columns.Length, start, until, (row, count, batch) =>
        {
            foreach (var (reader, entries) in wanted)
            {
                reader.Read(row, count, Array.ConvertAll(entries, entry => (entry.Number, entry.Offset, batch[entry.Target])));
            }
        });
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private void Collect(IReadOnlyList<RootBranch> branches, string above, List<TableColumn> columns, List<TableColumn> apart)
    {
        foreach (var branch in branches)
        {
            // A branch inside another one may have the other's name in front already.
            var name = above.Length == 0 || branch.Name.StartsWith(above + ".", StringComparison.Ordinal)
                ? branch.Name
                : $"{above}.{branch.Name}";
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
        : branch.Leaves.Count == 0 || branch.Leaves.Any(leaf => leaf.Number is null)
            ? string.Join(", ", branch.Leaves.Select(leaf => leaf.Type).DefaultIfEmpty("objects"))
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
