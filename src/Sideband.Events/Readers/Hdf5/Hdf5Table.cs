using Sideband.Events.Readers.Hdf5.Format;

namespace Sideband.Events.Readers.Hdf5;

/// <summary>A table in an HDF5 file: one or more datasets of columns with the same rows.</summary>
internal sealed class Hdf5Table : TabularFile
{
    private readonly Hdf5File _file;
    private readonly IReadOnlyList<Hdf5Columns> _blocks;

    /// <summary>Block and place in it of each column.</summary>
    private readonly List<(int Block, int Place)> _places = [];

    /// <param name="path">The file.</param>
    /// <param name="key">Path of the table in it, or null.</param>
    /// <exception cref="InputDataException">Not HDF5; damaged; no table, or several, in it.</exception>
    public Hdf5Table(string path, string? key)
        : base(path)
    {
        _file = new Hdf5File(path);
        try
        {
            var layout = Hdf5Layouts.Find(_file, key);
            (Format, Place, _blocks) = (layout.Format, layout.Path, layout.Blocks);
            Columns = RequireDistinct([.. Arrange(layout.ColumnOrder), .. layout.Apart]);
            RowCount = _blocks.FirstOrDefault(block => block.IsNumeric)?.Rows ?? 0;
            if (_blocks.FirstOrDefault(block => block.Rows != RowCount && block.IsNumeric) is { } odd)
            {
                throw new InputDataException(
                    $"{FileName}: column '{odd.Columns[0].Column.Name}' has {odd.Rows} rows, '{Columns[0].Name}' has {RowCount}");
            }
        }
        catch
        {
            _file.Dispose();
            throw;
        }
    }

    public override string Format { get; }

    public override string Place { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var wanted = columns.Select((column, i) => (_places[column].Block, _places[column].Place, Target: i))
            .GroupBy(entry => entry.Block, (block, entries) => (Block: _blocks[block], Entries: entries.ToArray()))
            .ToArray();
        return Batches(columns.Length, start, until, (row, count, batch) =>
        {
            foreach (var (block, entries) in wanted)
            {
                block.Read(row, count, Array.ConvertAll(entries, e => e.Place), Array.ConvertAll(entries, e => batch[e.Target]));
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

    /// <summary>The blocks' columns in the order of the frame, as far as that is known.</summary>
    private List<TableColumn> Arrange(IReadOnlyList<string> order)
    {
        var rank = order.Select((name, index) => (name, index))
            .DistinctBy(pair => pair.name)
            .ToDictionary(pair => pair.name, pair => pair.index);
        var all = _blocks.SelectMany((block, b) => block.Columns.Select((column, place) => (column.Column, Place: (b, place))))
            .OrderBy(entry => rank.GetValueOrDefault(entry.Column.Name, int.MaxValue))
            .ToList();
        _places.AddRange(all.Select(entry => entry.Place));
        return [.. all.Select(entry => entry.Column)];
    }
}
