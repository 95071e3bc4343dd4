using System.Buffers.Binary;
using Parquet;
using Parquet.Schema;

namespace Sideband.Events.Readers.Parquet;

/// <summary>A Parquet file, read by Parquet.Net one row group at a time. Flat columns of numbers and bools are read; null is NaN.</summary>
internal sealed class ParquetTable : TabularFile
{
    private const int FooterLength = 8, LongestFooter = 1 << 28, MostRowsOfGroup = 1 << 28;
    private readonly FileStream _stream;
    private readonly ParquetReader _reader;
    private readonly List<DataField> _fields = [];

    /// <exception cref="InputDataException">Not Parquet, or damaged.</exception>
    public ParquetTable(string path)
        : base(path)
    {
        _stream = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read);
        try
        {
            RequireFooter();
            _reader = Guard(() => Wait(ParquetReader.CreateAsync(_stream, leaveStreamOpen: true)));
            (Columns, RowCount) = Guard(Describe);
        }
        catch
        {
            _stream.Dispose();
            throw;
        }
    }

    /// <summary>"PAR1", at the beginning and at the end.</summary>
    public static ReadOnlySpan<byte> Signature => "PAR1"u8;

    public override string Format => "Parquet";

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var batch = NewBatch(columns.Length, until - start);
        long first = 0;
        for (var g = 0; g < _reader.RowGroupCount; g++)
        {
            var rows = _reader.Metadata!.RowGroups[g].NumRows;
            var (from, to) = (Math.Max(start, first), Math.Min(until, first + rows));
            if (from < to)
            {
                var group = g;
                var values = Guard(() => ReadGroup(group, columns));
                for (var row = from; row < to; row += BatchRows)
                {
                    var count = (int)Math.Min(BatchRows, to - row);
                    for (var i = 0; i < columns.Length; i++)
                    {
                        values[i].AsSpan((int)(row - first), count).CopyTo(batch[i]);
                    }

                    yield return new ColumnBatch(row, count, batch);
                }
            }

            first += rows;
        }
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _reader.DisposeAsync().AsTask().GetAwaiter().GetResult();
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>
    /// The file ends with its description, the length of that, and the signature. The description is walked over before the library reads
    /// it, which does not end on every damaged one.
    /// </summary>
    private void RequireFooter()
    {
        var end = new byte[FooterLength];
        var hasEnd = _stream.Length >= 12
            && _stream.SafeFileHandle.TryRead(_stream.Length - FooterLength, end)
            && end.AsSpan(4).SequenceEqual(Signature);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(end);
        var footer = new byte[hasEnd && length <= Math.Min(_stream.Length - 12, LongestFooter) ? length : 0];
        if (footer.Length == 0 || !_stream.SafeFileHandle.TryRead(_stream.Length - FooterLength - length, footer))
        {
            throw new InputDataException($"{FileName}: not a Parquet file, or cut short (its last bytes are not 'PAR1')");
        }

        Guard(() =>
        {
            var cursor = new ThriftCursor(footer);
            cursor.Numbers();
            return cursor.Position == footer.Length ? true : throw new InvalidDataException("its description ends early");
        });
    }

    private (IReadOnlyList<TableColumn> Columns, long Rows) Describe()
    {
        var columns = new List<TableColumn>();
        var apart = new List<TableColumn>();
        foreach (var field in _reader.Schema.Fields)
        {
            if (field is DataField { IsArray: false, MaxRepetitionLevel: 0 } data)
            {
                columns.Add(new TableColumn(field.Name, ParquetNumbers.NameOf(data.ClrType), ParquetNumbers.IsNumber(data.ClrType)));
                _fields.Add(data);
            }
            else
            {
                apart.Add(TableColumn.Apart(field.Name, $"nested values ({field.SchemaType})"));
            }
        }

        var groups = _reader.Metadata!.RowGroups;
        var rows = groups.Sum(group => group.NumRows is >= 0 and <= MostRowsOfGroup
            ? group.NumRows
            : throw new InvalidDataException($"a row group of {group.NumRows} rows"));
        if (rows != _reader.Metadata.NumRows)
        {
            throw new InvalidDataException($"row groups of {rows} rows, and {_reader.Metadata.NumRows} in all");
        }

        // The number of rows is believed when a column's pages have it too.
        if (_fields.Find(field => ParquetNumbers.IsNumber(field.ClrType)) is { } number)
        {
            for (var g = 0; g < groups.Count; g++)
            {
                RequirePages(g, number);
            }
        }

        return (RequireDistinct([.. columns, .. apart]), rows);
    }

    private double[][] ReadGroup(int group, int[] columns)
    {
        using var reader = _reader.OpenRowGroupReader(group);
        return [.. columns.Select(column =>
        {
            var field = _fields[column];
            RequirePages(group, field);
            return Wait(ParquetNumbers.ReadAsync(reader, field, (int)reader.RowCount));
        })];
    }

    private void RequirePages(int group, DataField field)
    {
        using var reader = _reader.OpenRowGroupReader(group);
        var meta = reader.GetMetadata(field)?.MetaData
            ?? throw new InvalidDataException($"column '{field.Name}' is not in row group {group}");
        var start = meta.DictionaryPageOffset is > 0 and var dictionary ? Math.Min(dictionary, meta.DataPageOffset) : meta.DataPageOffset;
        if (meta.NumValues != reader.RowCount)
        {
            throw new InvalidDataException($"column '{field.Name}' has {meta.NumValues} values in a row group of {reader.RowCount} rows");
        }

        ParquetPages.Require(_stream, start, meta.TotalCompressedSize, meta.NumValues);
    }

    /// <summary>The library fails in many ways on damaged files.</summary>
    private T Guard<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception error) when (error is not SidebandException)
        {
            throw new InputDataException(
                $"{FileName}: the Parquet file is cut short or damaged: {error.Message.ReplaceLineEndings(" ")}",
                error);
        }
    }

    private static T Wait<T>(Task<T> task) => task.GetAwaiter().GetResult();
}
