using System.Buffers.Binary;
using System.Text;

namespace Sideband.Events.Readers.Root.Tuples;

/// <summary>
/// Reads the fields of an RNTuple envelope (root.cern, "RNTuple Binary Format Specification" 1.0.0.0); least significant byte first.
/// Records and lists are frames, whose length says where the next thing begins, whatever a later version adds to them.
/// </summary>
/// <param name="name">The file, named in errors.</param>
/// <param name="bytes">The envelope.</param>
internal ref struct TupleCursor(string name, ReadOnlySpan<byte> bytes)
{
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    public ReadOnlySpan<byte> Take(long count)
    {
        if (count < 0 || count > _bytes.Length - Position)
        {
            throw RootCursor.Damaged(name, $"an envelope of {_bytes.Length} bytes ends within one of its entries");
        }

        Position += (int)count;
        return _bytes.Slice(Position - (int)count, (int)count);
    }

    public void MoveTo(long position)
    {
        Take(position - Position);
    }

    public ushort UInt16() => BinaryPrimitives.ReadUInt16LittleEndian(Take(2));

    public int Int32() => BinaryPrimitives.ReadInt32LittleEndian(Take(4));

    public long Int64() => BinaryPrimitives.ReadInt64LittleEndian(Take(8));

    public ulong UInt64() => BinaryPrimitives.ReadUInt64LittleEndian(Take(8));

    public string Text() => Encoding.UTF8.GetString(Take(Int32()));

    /// <summary>Feature flags go on while the highest bit is set. None is known, so that any means a format that is not read.</summary>
    public void RequireNoFeatures()
    {
        if (UInt64() != 0)
        {
            throw RootCursor.Damaged(name, "an RNTuple with features that are not known");
        }
    }

    /// <summary>Where the record that begins here ends.</summary>
    public long Record()
    {
        var begin = Position;
        var size = Int64();
        return size >= 8 ? begin + size : throw RootCursor.Damaged(name, $"a record of {size} bytes");
    }

    /// <summary>Where the list that begins here ends, and how many entries it has.</summary>
    public (long End, int Count) List()
    {
        var begin = Position;
        var size = -Int64();
        var count = Int32();
        return size >= 12 && count >= 0 && count <= size
            ? (begin + size, count)
            : throw RootCursor.Damaged(name, $"a list of {count} entries");
    }

    /// <summary>Place and bytes of a block in the file.</summary>
    public (long Seek, long Bytes) Locator()
    {
        const int large = 1;
        var size = Int32();
        if (size >= 0)
        {
            return (Int64(), size);
        }

        // Bits 24 to 30: its type; the lowest 16: its own length.
        var length = -(long)size & 0xFFFF;
        var type = (-(long)size >> 24) & 0x7F;
        var end = Position - 4 + length;
        if (type != large)
        {
            throw RootCursor.Damaged(name, $"a locator of type {type}, which leads out of the file");
        }

        var bytes = Int64();
        var seek = Int64();
        MoveTo(end);
        return (seek, bytes);
    }
}
