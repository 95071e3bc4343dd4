using System.Globalization;
using System.Text;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>A dataset, read in consecutive rows; a row is all elements that share the first index.</summary>
internal sealed class Hdf5Dataset
{
    private const long LargestPiece = 1 << 28;
    private const int ContiguousPiece = 1 << 20;
    private const long MostNames = 1_000_000;
    private readonly Hdf5File _file;
    private readonly string _label;
    private readonly byte[] _layout;
    private readonly Hdf5Filters _filters;
    private readonly bool _isExternal;
    private IHdf5Storage? _storage;

    /// <param name="file">The file.</param>
    /// <param name="header">Its object header.</param>
    /// <param name="name">As errors give it.</param>
    /// <exception cref="InputDataException">A header that is not that of a dataset, or damaged.</exception>
    public Hdf5Dataset(Hdf5File file, Hdf5Header header, string name)
    {
        (_file, _label) = (file, $"{file.Name}: dataset '{name}'");
        _layout = header.Find(Hdf5Header.Layout) ?? throw file.Damaged($"'{name}' is no dataset");
        Type = Hdf5Type.Parse(file, header.Find(Hdf5Header.Datatype) ?? throw file.Damaged($"dataset '{name}' has no type"));
        Space = Hdf5Space.Parse(file, header.Find(Hdf5Header.Dataspace) ?? throw file.Damaged($"dataset '{name}' has no size"));
        _filters = new Hdf5Filters(file, header.Find(Hdf5Header.Filters), Type.Size);
        _isExternal = header.Has(Hdf5Header.ExternalFiles);
    }

    public Hdf5Type Type { get; }

    public Hdf5Space Space { get; }

    public long Rows => Space.IsEmpty || Space.Dimensions.Count == 0 ? 0 : Space.Dimensions[0];

    /// <summary>Elements of a row: 1 for a vector.</summary>
    public long RowLength => Space.Dimensions.Skip(1)
        .Aggregate(1L, (product, length) => length == 0 ? 0 : product > long.MaxValue / length ? long.MaxValue : product * length);

    /// <summary>Why the values cannot be read although the file is whole, or null: "a virtual dataset, ...".</summary>
    public string? Obstacle => Class == 3 ? "a virtual dataset, whose values lie in other places or files: copy it with h5repack"
        : _isExternal ? "a dataset whose values lie in other files: copy it with h5repack"
        : _filters.Unsupported;

    private int Class => _layout is [3 or 4 or 5, var kind, ..] ? kind
        : throw _file.Damaged($"a layout of version {(_layout.Length > 0 ? _layout[0] : 0)} (known: 3 to 5)");

    /// <summary>Finds the values, so that their number is known to be there.</summary>
    /// <exception cref="InputDataException">An obstacle; values that lie outside of the file or were never written.</exception>
    public void Prepare()
    {
        if (Obstacle is { } obstacle)
        {
            throw new InputDataException($"{_label} is {obstacle}");
        }

        _storage ??= Rows == 0 || RowLength == 0 ? new Hdf5Block(_file, null, [], 1) : FindStorage();
    }

    /// <summary>At least one row and at most <paramref name="wanted"/> from <paramref name="row"/> on, as they lie in the file.</summary>
    /// <exception cref="InputDataException">A chunk that cannot be unpacked.</exception>
    public ReadOnlySpan<byte> Read(long row, int wanted)
    {
        Prepare();
        try
        {
            return _storage!.Read(row, (int)Math.Min(wanted, Rows - row));
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"{_label}, from row {row} on: cannot be unpacked: {error.Message}", error);
        }
    }

    /// <summary>All entries of a vector of names: fixed-length text, or integers as their decimal text.</summary>
    /// <exception cref="InputDataException">Other types; more than a million.</exception>
    public List<string> ReadNames()
    {
        var isText = Type.Class == Hdf5Class.Text && Type.Size > 0;
        if ((!isText && Type is not { Class: Hdf5Class.Integer, Number: not null }) || Space.Dimensions.Count != 1 || Rows > MostNames)
        {
            throw new InputDataException($"{_label} should hold column names, and holds {Type.Name}, {Rows} rows");
        }

        var names = new List<string>();
        var number = new double[1];
        while (names.Count < Rows)
        {
            var bytes = Read(names.Count, (int)Rows - names.Count);
            for (var at = 0; at < bytes.Length; at += Type.Size)
            {
                if (isText)
                {
                    names.Add(Encoding.UTF8.GetString(bytes.Slice(at, Type.Size)).TrimEnd('\0'));
                    continue;
                }

                Type.Number!.Value.Extract(bytes[at..], Type.Size, number);
                names.Add(number[0].ToString("R", CultureInfo.InvariantCulture));
            }
        }

        return names;
    }

    /// <summary>A value that its type does not have.</summary>
    public InputDataException Wrong(string column, long row, InvalidDataException error) =>
        new($"{_label}, column '{column}', from row {row} on: {error.Message}", error);

    private IHdf5Storage FindStorage()
    {
        var rowBytes = (UInt128)RowLength * (UInt128)Type.Size;
        if (rowBytes == 0 || rowBytes > LargestPiece)
        {
            throw new InputDataException($"{_label}: rows of {rowBytes} bytes (allowed: up to {LargestPiece})");
        }

        var cursor = new Hdf5Cursor(_file, _layout);
        int version = cursor.Byte(), kind = cursor.Byte();
        var bytes = rowBytes * (UInt128)Rows;
        switch (kind)
        {
            case 0:
                var compact = cursor.Take(cursor.UInt16()).ToArray();
                return bytes <= (ulong)compact.Length
                    ? new Hdf5Block(_file, null, compact, (int)rowBytes)
                    : throw Short(bytes, (ulong)compact.Length);
            case 1:
                var (address, size) = (cursor.Offset(), cursor.Length());
                if (bytes > size || address == Hdf5File.Nowhere)
                {
                    throw Short(bytes, address == Hdf5File.Nowhere ? 0 : size);
                }

                _file.Require(address, (long)bytes);
                var piece = Math.Max((int)rowBytes, (int)Math.Min((ulong)ContiguousPiece, (ulong)bytes));
                return new Hdf5Block(_file, address, new byte[piece], (int)rowBytes);
            case 2:
                return Chunked(cursor, version, (int)rowBytes);
            default:
                throw _file.Damaged($"a layout of class {kind}");
        }
    }

    private Hdf5Chunks Chunked(Hdf5Cursor cursor, int version, int rowBytes)
    {
        var flags = version == 3 ? 0 : cursor.Byte();
        if ((flags & 1) != 0 && !_filters.IsEmpty)
        {
            throw new InputDataException(
                $"{_label}: chunks at the edge are not packed as the others are: repack it with h5repack -f GZIP=6");
        }

        int axes = cursor.Byte() - 1;
        var address = version == 3 ? cursor.Offset() : 0;
        var size = version == 3 ? 4 : cursor.Byte();
        var shape = new long[Math.Max(axes, 0)];
        UInt128 bytes = (UInt128)Type.Size;
        for (var axis = 0; axis < shape.Length; axis++)
        {
            shape[axis] = (long)Math.Min(cursor.Sized(Math.Min(size, 8)), int.MaxValue);
            bytes *= (UInt128)shape[axis];
        }

        var element = cursor.Sized(Math.Min(size, 8));
        if (axes != Space.Dimensions.Count || element != (ulong)Type.Size || bytes == 0 || bytes > LargestPiece
            || (UInt128)shape[0] * (UInt128)rowBytes > LargestPiece)
        {
            throw new InputDataException(
                $"{_label}: chunks of {bytes} bytes along {axes} axes "
                + $"(allowed: up to {LargestPiece} bytes, {Space.Dimensions.Count} axes)");
        }

        var index = new Hdf5ChunkIndex(_file, Space, shape, (ulong)bytes, !_filters.IsEmpty);
        if (version == 3)
        {
            index.ReadTree1(address);
        }
        else
        {
            index.ReadVersion4(cursor, flags);
        }

        return new Hdf5Chunks(_file, _filters, index.Complete(), Space, shape, Type.Size);
    }

    private InputDataException Short(UInt128 wanted, ulong stored) =>
        _file.Damaged($"{_label[(_file.Name.Length + 2)..]} should have {wanted} bytes of values, and {stored} are there");
}
