using System.Buffers.Binary;
using System.Text;

namespace Sideband.Events.Readers.Root;

/// <summary>Reads the fields of a ROOT record or object one after the other; most significant byte first.</summary>
/// <param name="name">The file, named in errors.</param>
/// <param name="bytes">The record.</param>
internal ref struct RootCursor(string name, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    public static InputDataException Damaged(string name, string what) => new($"{name}: the ROOT file is cut short or damaged: {what}");

    /// <summary>The next bytes.</summary>
    /// <exception cref="InputDataException">The record ends before.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left)
        {
            throw Damaged(name, $"a record of {_bytes.Length} bytes ends within one of its entries");
        }

        Position += (int)count;
        return _bytes.Slice(Position - (int)count, (int)count);
    }

    public void Skip(long count) => Take(count);

    /// <summary>Goes on or back to a place.</summary>
    public void MoveTo(long position)
    {
        if (position < 0 || position > _bytes.Length)
        {
            throw Damaged(name, $"a record of {_bytes.Length} bytes has an entry that ends at {position}");
        }

        Position = (int)position;
    }

    public byte Byte() => Take(1)[0];

    public bool Bool() => Byte() != 0;

    public short Int16() => BinaryPrimitives.ReadInt16BigEndian(Take(2));

    public ushort UInt16() => BinaryPrimitives.ReadUInt16BigEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32BigEndian(Take(4));

    public uint UInt32() => BinaryPrimitives.ReadUInt32BigEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64BigEndian(Take(8));

    /// <summary>A place in the file: 8 bytes in large files, else 4.</summary>
    public long Seek(bool isLarge) => isLarge ? Int64() : Int32();

    /// <summary>A TString: a byte of length, or 255 and four bytes.</summary>
    public string Text()
    {
        int length = Byte();
        return Encoding.UTF8.GetString(Take(length == 255 ? UInt32() : length));
    }

    /// <summary>A text up to its zero byte.</summary>
    public string ZeroEnded()
    {
        var end = _bytes[Position..].IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(Take(end < 0 ? Left + 1 : end));
        Skip(1);
        return text;
    }
}
