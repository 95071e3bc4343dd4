namespace Sideband.Events.Readers.Hdf5;

/// <summary>A dataset that holds some of a table's columns.</summary>
internal abstract class Hdf5Block(Hdf5Dataset dataset) : IDisposable
{
    private byte[] _buffer = [];

    protected Hdf5Dataset Dataset { get; } = dataset;

    public long Rows => Dataset.Rows;

    /// <summary>The columns, in the dataset's order.</summary>
    public abstract IReadOnlyList<TableColumn> Columns { get; }

    /// <summary>Reads rows [start, start + count) of the given columns, <paramref name="destination"/> having one array a column.</summary>
    public abstract void Read(long start, int count, ReadOnlySpan<int> columns, ReadOnlySpan<double[]> destination);

    public void Dispose() => Dataset.Dispose();

    /// <summary>Room for one batch, kept from batch to batch.</summary>
    protected Span<byte> Buffer(int bytes)
    {
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }

        return _buffer.AsSpan(0, bytes);
    }

    /// <summary>Copies one column out of rows of <paramref name="stride"/> bytes, as doubles.</summary>
    protected static unsafe void Extract(ReadOnlySpan<byte> rows, int stride, int offset, Hdf5Element element, Span<double> column)
    {
        fixed (byte* first = rows)
        {
            var at = first + offset;
            for (var i = 0; i < column.Length; i++, at += stride)
            {
                column[i] = element.Value(at);
            }
        }
    }
}
