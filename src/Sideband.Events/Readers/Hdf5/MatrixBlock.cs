namespace Sideband.Events.Readers.Hdf5;

/// <summary>Columns of one type in a rows x columns dataset (a block of pandas' fixed layout), or one column in a vector.</summary>
internal sealed class MatrixBlock : Hdf5Block
{
    /// <param name="dataset">One or two dimensions, the first being the rows.</param>
    /// <param name="names">One name a column.</param>
    public MatrixBlock(Hdf5Dataset dataset, IEnumerable<string> names)
        : base(dataset) =>
        Columns = [.. names.Select(name => new TableColumn(name, dataset.Element.TypeName, dataset.Element.IsNumeric))];

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override void Read(long start, int count, ReadOnlySpan<int> columns, ReadOnlySpan<double[]> destination)
    {
        var element = Dataset.Element;
        var stride = element.Size * Dataset.RowLength;
        var rows = Buffer(count * stride);
        using var memoryType = element.MemoryType(Dataset.Type);
        Dataset.ReadRows(start, count, memoryType, rows);
        for (var i = 0; i < columns.Length; i++)
        {
            Extract(rows, stride, columns[i] * element.Size, element, destination[i].AsSpan(0, count));
        }
    }
}
