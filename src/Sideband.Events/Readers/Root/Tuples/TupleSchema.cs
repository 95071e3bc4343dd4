using System.Buffers.Binary;
using System.IO.Hashing;

namespace Sideband.Events.Readers.Root.Tuples;

/// <summary>What an RNTuple holds and where: its fields, columns and pages, from header, footer and page lists.</summary>
internal sealed class TupleSchema
{
    public const int ChecksumLength = 8;
    private const int MostClusters = 1_000_000;
    private const long LargestEnvelope = 1 << 28;
    private readonly RootFile _file;
    private readonly List<TupleField> _fields = [];
    private readonly List<TupleColumn> _columns = [];

    /// <param name="file">The file.</param>
    /// <param name="key">Of the anchor, an object of class ROOT::RNTuple.</param>
    /// <exception cref="InputDataException">Another version; damaged.</exception>
    public TupleSchema(RootFile file, RootKey key)
    {
        _file = file;
        var anchor = new RootCursor(file.Name, file.Object(key));
        anchor.Skip(6);
        int epoch = anchor.UInt16();
        anchor.Skip(6);
        if (epoch != 1)
        {
            throw file.Damaged($"an RNTuple of version {epoch} (known: 1)");
        }

        var header = Envelope(anchor.Int64(), anchor.Int64(), anchor.Int64());
        var footer = Envelope(anchor.Int64(), anchor.Int64(), anchor.Int64());
        var cursor = new TupleCursor(file.Name, header);
        cursor.Take(8);
        cursor.RequireNoFeatures();
        cursor.Text();
        cursor.Text();
        cursor.Text();
        ReadSchema(ref cursor);
        ReadFooter(footer);
    }

    /// <summary>Rows.</summary>
    public long Entries { get; private set; }

    public IReadOnlyList<TupleField> Fields => _fields;

    /// <summary>The columns of a field.</summary>
    public IEnumerable<TupleColumn> ColumnsOf(int field) => _columns.Where(column => column.Field == field);

    /// <summary>Bytes without the last eight, which are the XXH3 hash of those before.</summary>
    /// <exception cref="InputDataException">They are not.</exception>
    public static byte[] WithoutChecksum(RootFile file, byte[] bytes, string what) =>
        bytes.Length >= ChecksumLength
        && BinaryPrimitives.ReadUInt64LittleEndian(bytes.AsSpan(^ChecksumLength..)) == XxHash3.HashToUInt64(bytes.AsSpan(..^ChecksumLength))
            ? bytes[..^ChecksumLength]
            : throw file.Damaged($"the checksum of {what} does not fit");

    /// <summary>An envelope, unpacked and checked.</summary>
    private byte[] Envelope(long seek, long bytes, long length)
    {
        if (length is < 16 or > LargestEnvelope)
        {
            throw _file.Damaged($"an envelope of {length} bytes");
        }

        var envelope = RootBlocks.Unpack(_file.Name, _file.Read(seek, bytes), (int)length);
        return WithoutChecksum(_file, envelope, $"the envelope at {seek}");
    }

    /// <summary>Lists of fields and columns; aliases and further information are not needed.</summary>
    private void ReadSchema(ref TupleCursor cursor)
    {
        var (end, count) = cursor.List();
        for (var i = 0; i < count; i++)
        {
            ReadField(ref cursor);
        }

        cursor.MoveTo(end);
        (end, count) = cursor.List();
        for (var i = 0; i < count; i++)
        {
            ReadColumn(ref cursor);
        }

        cursor.MoveTo(end);
    }

    private void ReadField(ref TupleCursor cursor)
    {
        const int repetitive = 1, projected = 2;
        var end = cursor.Record();
        cursor.Take(8);
        var parent = cursor.Int32();
        int role = cursor.UInt16(), flags = cursor.UInt16();
        var (name, type) = (cursor.Text(), cursor.Text());
        var isTop = parent == _fields.Count;
        _fields.Add(new TupleField(name, type, isTop && role == 0 && (flags & (repetitive | projected)) == 0, isTop));
        cursor.MoveTo(end);
    }

    private void ReadColumn(ref TupleCursor cursor)
    {
        const int deferred = 1;
        var end = cursor.Record();
        int type = cursor.UInt16(), bits = cursor.UInt16();
        var field = cursor.Int32();
        int flags = cursor.UInt16(), representation = cursor.UInt16();
        var encoding = TupleEncoding.Of(type);
        _columns.Add(new TupleColumn(field, encoding?.Bits == bits ? encoding : null, (flags & deferred) == 0 && representation == 0));
        cursor.MoveTo(end);
    }

    private void ReadFooter(byte[] footer)
    {
        var cursor = new TupleCursor(_file.Name, footer);
        cursor.Take(8);
        cursor.RequireNoFeatures();
        cursor.Take(8);
        var end = cursor.Record();
        ReadSchema(ref cursor);
        cursor.MoveTo(end);
        var (_, groups) = cursor.List();
        for (var i = 0; i < groups; i++)
        {
            var groupEnd = cursor.Record();
            cursor.Take(16);
            cursor.Take(4);
            var length = cursor.Int64();
            var (seek, bytes) = cursor.Locator();
            ReadPageList(Envelope(seek, bytes, length));
            cursor.MoveTo(groupEnd);
        }
    }

    /// <summary>The clusters of a group, then the pages of each column in each of them.</summary>
    private void ReadPageList(byte[] list)
    {
        const long entriesMask = (1L << 56) - 1;
        var cursor = new TupleCursor(_file.Name, list);
        cursor.Take(16);
        var clusters = new List<(long First, long Entries)>();
        var (end, count) = cursor.List();
        for (var i = 0; i < Math.Min(count, MostClusters); i++)
        {
            var clusterEnd = cursor.Record();
            clusters.Add((cursor.Int64(), cursor.Int64() & entriesMask));
            cursor.MoveTo(clusterEnd);
        }

        cursor.MoveTo(end);
        (_, count) = cursor.List();
        if (count != clusters.Count)
        {
            throw _file.Damaged($"pages of {count} clusters where there are {clusters.Count}");
        }

        foreach (var (first, entries) in clusters)
        {
            if (first != Entries)
            {
                throw _file.Damaged($"a cluster that begins at row {first}, behind {Entries} rows");
            }

            var (columnsEnd, columns) = cursor.List();
            for (var c = 0; c < columns; c++)
            {
                ReadPages(ref cursor, c < _columns.Count ? _columns[c] : throw _file.Damaged("pages of a column that is not there"), first);
            }

            cursor.MoveTo(columnsEnd);
            Entries += entries;
        }
    }

    private void ReadPages(ref TupleCursor cursor, TupleColumn column, long firstEntry)
    {
        var (end, pages) = cursor.List();
        for (var i = 0; i < pages; i++)
        {
            // A negative number of elements says that a checksum follows the page.
            var elements = cursor.Int32();
            var count = elements == int.MinValue ? throw _file.Damaged("a page of too many elements") : Math.Abs(elements);
            var (seek, bytes) = cursor.Locator();
            column.Pages.Add(new TuplePage(firstEntry, count, seek, bytes, elements < 0));
            firstEntry += count;
        }

        cursor.MoveTo(end);
    }
}
