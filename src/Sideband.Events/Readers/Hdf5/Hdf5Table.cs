namespace Sideband.Events.Readers.Hdf5;

/// <summary>A table in an HDF5 file: one or more blocks of columns with the same rows.</summary>
internal sealed class Hdf5Table : TabularFile
{
    private readonly Hdf5Id _file;
    private readonly IReadOnlyList<Hdf5Block> _blocks;

    /// <summary>Block and place in it of each column.</summary>
    private readonly List<(int Block, int Place)> _places = [];

    /// <exception cref="InputDataException">No HDF5 library; not HDF5; damaged; no table, or several, in it.</exception>
    public Hdf5Table(string path)
        : base(path)
    {
        Hdf5Library.Require(FileName);
        using (Hdf5Library.Enter())
        {
            _file = Hdf5Tree.OpenFile(path);
            try
            {
                var layout = Hdf5Layouts.Find(_file, FileName);
                (Format, _blocks) = (layout.Format, layout.Blocks);
                Columns = Arrange(layout.ColumnOrder);
            }
            catch
            {
                _file.Dispose();
                throw;
            }
        }

        RowCount = _blocks.Count == 0 ? 0 : _blocks[0].Rows;
        if (_blocks.FirstOrDefault(block => block.Rows != RowCount && block.Columns.Any(column => column.IsNumeric)) is { } odd)
        {
            throw new InputDataException(
                $"{FileName}: column '{odd.Columns[0].Name}' has {odd.Rows} rows, '{_blocks[0].Columns[0].Name}' has {RowCount}");
        }
    }

    public override string Format { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var batch = NewBatch(columns.Length, until - start);
        for (var row = start; row < until; row += BatchRows)
        {
            var count = (int)Math.Min(BatchRows, until - row);
            using (Hdf5Library.Enter())
            {
                ReadBatch(columns, row, count, batch);
            }

            yield return new ColumnBatch(row, count, batch);
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            using (Hdf5Library.Enter())
            {
                foreach (var block in _blocks)
                {
                    block.Dispose();
                }

                _file.Dispose();
            }
        }

        base.Dispose(disposing);
    }

    private void ReadBatch(int[] columns, long row, int count, double[][] batch)
    {
        for (var b = 0; b < _blocks.Count; b++)
        {
            var wanted = Enumerable.Range(0, columns.Length).Where(i => _places[columns[i]].Block == b).ToArray();
            if (wanted.Length > 0)
            {
                int[] places = [.. wanted.Select(i => _places[columns[i]].Place)];
                double[][] destination = [.. wanted.Select(i => batch[i])];
                _blocks[b].Read(row, count, places, destination);
            }
        }
    }

    /// <summary>The blocks' columns in the order of the frame, as far as that is known.</summary>
    private List<TableColumn> Arrange(IReadOnlyList<string> order)
    {
        var rank = order.Select((name, index) => (name, index)).DistinctBy(pair => pair.name).ToDictionary(pair => pair.name, pair => pair.index);
        var all = _blocks.SelectMany((block, b) => block.Columns.Select((column, place) => (Column: column, Place: (b, place))))
            .OrderBy(entry => rank.GetValueOrDefault(entry.Column.Name, int.MaxValue))
            .ToList();
        _places.AddRange(all.Select(entry => entry.Place));
        return [.. all.Select(entry => entry.Column)];
    }
}
