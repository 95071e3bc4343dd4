using System.Buffers.Binary;
using System.Globalization;
using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers.Root.Tuples;

/// <summary>An RNTuple of a ROOT file; its fields at the top that hold one number or bool each are columns.</summary>
internal sealed class TupleTable : TabularFile
{
    private readonly RootFile _file;
    private readonly List<TupleColumn> _places = [];

    /// <param name="path">Of the file.</param>
    /// <param name="file">The open file, owned from here on.</param>
    /// <param name="name">Of the tuple.</param>
    /// <param name="key">Of its anchor.</param>
    /// <exception cref="InputDataException">Another version; damaged.</exception>
    public TupleTable(string path, RootFile file, string name, RootKey key)
        : base(path)
    {
        _file = file;
        Format = $"ROOT RNTuple '{name}'";
        Place = key.Seek.ToString(CultureInfo.InvariantCulture);
        var schema = new TupleSchema(file, key);
        RowCount = schema.Entries;
        var columns = new List<TableColumn>();
        var apart = new List<TableColumn>();
        for (var i = 0; i < schema.Fields.Count; i++)
        {
            var field = schema.Fields[i];
            if (!field.IsTop)
            {
                continue;
            }

            if (field.IsFlat
                && schema.ColumnsOf(i).ToList() is [{ Encoding: { } encoding, IsWhole: true } column]
                && column.HasOneOfEach(RowCount))
            {
                columns.Add(new TableColumn(field.Name, encoding.Number?.Name ?? "bool", IsNumeric: true));
                _places.Add(column);
            }
            else
            {
                var isPacked = field.IsFlat && field.Type != "std::string";
                apart.Add(TableColumn.Apart(field.Name, isPacked ? $"{field.Type} in a form that is not read" : field.Type));
            }
        }

        Columns = RequireDistinct([.. columns, .. apart]);
    }

    public override string Format { get; }

    public override string Place { get; }

    public override IReadOnlyList<TableColumn> Columns { get; }

    public override long RowCount { get; }

    protected override IEnumerable<ColumnBatch> ReadColumns(int[] columns, long start, long until)
    {
        var held = columns.Select(_ => (Page: -1, Values: Array.Empty<double>())).ToArray();
        return Batches(columns.Length, start, until, (row, count, batch) =>
        {
            for (var i = 0; i < columns.Length; i++)
            {
                var column = _places[columns[i]];
                for (var done = 0; done < count;)
                {
                    if (held[i].Page < 0 || row + done >= column.Pages[held[i].Page].FirstEntry + column.Pages[held[i].Page].Count)
                    {
                        var next = column.Pages.FindIndex(held[i].Page + 1, page => row + done < page.FirstEntry + page.Count);
                        held[i] = (next, Values(column.Pages[next], column.Encoding!));
                    }

                    var page = column.Pages[held[i].Page];
                    var first = (int)(row + done - page.FirstEntry);
                    var here = Math.Min(count - done, page.Count - first);
                    held[i].Values.AsSpan(first, here).CopyTo(batch[i].AsSpan(done));
                    done += here;
                }
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

    /// <summary>The elements of a page.</summary>
    private double[] Values(TuplePage page, TupleEncoding encoding)
    {
        var length = (((long)page.Count * encoding.Bits) + 7) / 8;
        var packed = page.HasChecksum
            ? TupleSchema.WithoutChecksum(
                _file, _file.Read(page.Seek, page.Bytes + TupleSchema.ChecksumLength), $"the page at {page.Seek}")
            : _file.Read(page.Seek, page.Bytes);
        var bytes = RootBlocks.Unpack(FileName, packed, checked((int)length));
        var values = new double[page.Count];
        if (encoding.Number is not { } number)
        {
            for (var i = 0; i < values.Length; i++)
            {
                values[i] = (bytes[i / 8] >> (i % 8)) & 1;
            }

            return values;
        }

        if (encoding.IsSplit)
        {
            var split = bytes;
            bytes = new byte[split.Length];
            ByteShuffle.Undo(split, bytes, number.Size);
        }

        if (encoding.IsZigZag)
        {
            UndoZigZag(bytes, number.Size);
        }

        number.Extract(bytes, number.Size, values);
        return values;
    }

    private static void UndoZigZag(Span<byte> bytes, int size)
    {
        for (; bytes.Length >= size; bytes = bytes[size..])
        {
            switch (size)
            {
                case 2:
                    var small = BinaryPrimitives.ReadUInt16LittleEndian(bytes);
                    BinaryPrimitives.WriteInt16LittleEndian(bytes, (short)((small >> 1) ^ -(small & 1)));
                    break;
                case 4:
                    var middle = BinaryPrimitives.ReadUInt32LittleEndian(bytes);
                    BinaryPrimitives.WriteInt32LittleEndian(bytes, (int)(middle >> 1) ^ -(int)(middle & 1));
                    break;
                default:
                    var large = BinaryPrimitives.ReadUInt64LittleEndian(bytes);
                    BinaryPrimitives.WriteInt64LittleEndian(bytes, (long)(large >> 1) ^ -(long)(large & 1));
                    break;
            }
        }
    }
}
