namespace Sideband.Events.Readers.Numpy;

/// <summary>
/// NumPy files as tables. NPY: records, or a matrix with columns c0, c1, ... NPZ: vectors of equal length, each being a column, or a
/// matrix <c>data</c> with the names in <c>columns</c>.
/// </summary>
internal sealed class NumpyTable : TabularFile
{
    private readonly IReadOnlyList<NpyBlock> _blocks;
    private readonly IDisposable? _archive;

    /// <summary>Block and field in it of each column.</summary>
    private readonly List<(int Block, int Field)> _places;

    private NumpyTable(string path, string format, IReadOnlyList<NpyBlock> blocks, IReadOnlyList<TableColumn> apart, IDisposable? archive)
        : base(path)
    {
        (Format, _blocks, _archive) = (format, blocks, archive);
        _places = [.. blocks.SelectMany((block, b) => block.Fields.Select((_, field) => (b, field)))];
        Columns = RequireDistinct(
        [
            .. blocks.SelectMany(block => block.Fields)
                .Select(field => new TableColumn(field.Name, field.TypeName, field.Number is not null)),
            .. apart,
        ]);
        RowCount = blocks[0].Rows;
    }

    public override string Format { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    /// <exception cref="InputDataException">Not NPY, or not a table.</exception>
    public static NumpyTable OpenNpy(string path) =>
        new(path, "NumPy NPY", [new NpyBlock(Path.GetFileName(path), () => OpenBuffered(path))], [], null);

    /// <exception cref="InputDataException">Not NPZ, or no columns.</exception>
    public static NumpyTable OpenNpz(string path)
    {
        var archive = NpzFile.Open(path);
        try
        {
            var (blocks, apart) = FindBlocks(archive, Path.GetFileName(path));
            return new NumpyTable(path, "NumPy NPZ", blocks, apart, archive);
        }
        catch
        {
            archive.Dispose();
            throw;
        }
    }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var lanes = new List<NpyLane>();
        try
        {
            for (var b = 0; b < _blocks.Count; b++)
            {
                var wanted = columns.Select((column, place) => (_places[column].Block, _places[column].Field, Place: place))
                    .Where(entry => entry.Block == b)
                    .Select(entry => (entry.Field, entry.Place));
                lanes.AddRange(_blocks[b].Lanes([.. wanted], start));
            }

            foreach (var batch in Batches(
                columns.Length, start, until, (_, count, target) => lanes.ForEach(lane => lane.Read(count, target))))
            {
                yield return batch;
            }

            lanes.ForEach(lane => lane.Finish());
        }
        finally
        {
            lanes.ForEach(lane => lane.Dispose());
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _archive?.Dispose();
        }

        base.Dispose(disposing);
    }

    private static (List<NpyBlock> Blocks, List<TableColumn> Apart) FindBlocks(NpzFile archive, string fileName)
    {
        const string data = "data", columns = "columns";
        if (archive.Names.Contains(data) && archive.Names.Contains(columns))
        {
            return ([new NpyBlock($"{fileName}: array '{data}'", () => archive.OpenEntry(data), archive.ReadStrings(columns))], []);
        }

        var headers = archive.Names.Select(name => (Name: name, Header: archive.ReadHeader(name))).ToList();
        var rows = TableLength.Of([.. headers.Where(array => IsColumn(array.Header)).Select(array => array.Header.Shape[0])]);
        var isIn = headers.ToLookup(array => IsColumn(array.Header) && array.Header.Shape[0] == rows);
        var apart = isIn[false].Select(array => TableColumn.Apart(
            array.Name,
            IsColumn(array.Header)
                ? TableLength.Reason(array.Header.Fields[0].TypeName, array.Header.Shape[0], rows)
                : array.Header.Describe));
        return isIn[true].Any()
            ? ([.. isIn[true].Select(array => Block(array.Name))], [.. apart])
            : throw new InputDataException($"{fileName}: an archive without columns");

        NpyBlock Block(string name) => new($"{fileName}: array '{name}'", () => archive.OpenEntry(name), [name]);
    }

    /// <summary>A vector, or a matrix of one column.</summary>
    private static bool IsColumn(NpyHeader header) => header.Shape is [_] or [_, 1] && (header.Shape.Count == 1 || !header.IsStructured);

    private static FileStream OpenBuffered(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, 1 << 16);
}
