using System.Buffers.Binary;
using System.Text;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>Reads the fields of a structure one after the other; least significant byte first, as all of HDF5's own numbers are.</summary>
/// <param name="file">Gives the width of addresses and lengths, and its name to errors.</param>
/// <param name="bytes">The structure.</param>
internal ref struct Hdf5Cursor(Hdf5File file, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public readonly int Left => _bytes.Length - Position;

    /// <summary>The next bytes.</summary>
    /// <exception cref="InputDataException">The structure ends before.</exception>
    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > Left)
        {
            throw file.Damaged($"a structure of {_bytes.Length} bytes ends within one of its entries");
        }

        Position += (int)count;
        return _bytes.Slice(Position - (int)count, (int)count);
    }

    /// <summary>The structure up to here and <paramref name="more"/> bytes beyond.</summary>
    public ReadOnlySpan<byte> Before(int more)
    {
        Take(more);
        return _bytes[..Position];
    }

    public void Skip(long count) => Take(count);

    public byte Byte() => Take(1)[0];

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public uint UInt32() => BinaryPrimitives.ReadUInt32LittleEndian(Take(4));

    /// <summary>An unsigned number of 0 to 8 bytes.</summary>
    public ulong Sized(int size)
    {
        ulong value = 0;
        var part = Take(size);
        for (var i = part.Length - 1; i >= 0; i--)
        {
            value = (value << 8) | part[i];
        }

        return value;
    }

    /// <summary>An address; <see cref="Hdf5File.Nowhere"/> where all its bits are set.</summary>
    public ulong Offset()
    {
        var value = Sized(file.OffsetSize);
        return value == ulong.MaxValue >> (64 - (8 * file.OffsetSize)) ? Hdf5File.Nowhere : value;
    }

    public ulong Length() => Sized(file.LengthSize);

    /// <summary>A text up to its zero byte, which is passed.</summary>
    public string Text()
    {
        var rest = _bytes[Position..];
        var end = rest.IndexOf((byte)0);
        var text = Encoding.UTF8.GetString(Take(end < 0 ? Left + 1 : end));
        Skip(1);
        return text;
    }

    /// <summary>Moves on to a multiple of eight bytes from <paramref name="start"/>.</summary>
    public void Align(int start) => Skip((8 - ((Position - start) % 8)) % 8);
}
