namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>The messages of an object header (specification IV.A): what an object is, its links, attributes and storage.</summary>
internal sealed class Hdf5Header
{
    public const int Dataspace = 0x01, LinkInfo = 0x02, Datatype = 0x03, Link = 0x06, ExternalFiles = 0x07, Layout = 0x08, GroupInfo = 0x0A,
        Filters = 0x0B, Attribute = 0x0C, Continuation = 0x10, SymbolTable = 0x11, AttributeInfo = 0x15;

    private const int MostMessages = 100_000;

    private readonly Hdf5File _file;
    private readonly List<(int Type, bool IsShared, byte[] Data)> _messages = [];

    /// <exception cref="InputDataException">A damaged header.</exception>
    public Hdf5Header(Hdf5File file, ulong address)
    {
        (_file, Address) = (file, address);
        var start = file.Read(address, (ulong)Math.Clamp(file.Length - (long)Math.Min(address, (ulong)file.Length), 0, 32));
        if (start.AsSpan().StartsWith("OHDR"u8))
        {
            ReadVersion2(start);
        }
        else
        {
            ReadVersion1(start);
        }
    }

    public ulong Address { get; }

    /// <summary>The first message of a type, or null.</summary>
    /// <exception cref="InputDataException">It is shared through a heap, or lies nowhere.</exception>
    public byte[]? Find(int type) => All(type).FirstOrDefault();

    public bool Has(int type) => _messages.Any(message => message.Type == type);

    public IEnumerable<byte[]> All(int type) => _messages.Where(message => message.Type == type).Select(message => Resolve(type, message));

    private byte[] Resolve(int type, (int Type, bool IsShared, byte[] Data) message) =>
        !message.IsShared ? message.Data : OfSharedMessage(_file, message.Data, type);

    /// <summary>The message that a reference stands for: that of a committed data type's header.</summary>
    public static byte[] OfSharedMessage(Hdf5File file, ReadOnlySpan<byte> reference, int type)
    {
        var cursor = new Hdf5Cursor(file, reference);
        var version = cursor.Byte();
        var kind = cursor.Byte();
        if (version == 3 && kind == 1)
        {
            throw file.Damaged("a message shared through a heap, which is not read; repack the file with h5repack");
        }

        cursor.Skip(version == 1 ? 6 : 0);
        var target = new Hdf5Header(file, cursor.Offset());
        return target._messages.FirstOrDefault(message => message.Type == type && !message.IsShared).Data
            ?? throw file.Damaged("a shared message that is not where it should be");
    }

    private void ReadVersion1(ReadOnlySpan<byte> start)
    {
        var cursor = new Hdf5Cursor(_file, start);
        if (cursor.Byte() != 1)
        {
            throw _file.Damaged($"no object header at {Address}");
        }

        cursor.Skip(7);
        var size = cursor.UInt32();
        var blocks = new Queue<(ulong Address, ulong Size)>([(Address + 16, size)]);
        var visited = new HashSet<ulong>();
        while (blocks.TryDequeue(out var block))
        {
            RequireNew(visited, block.Address);
            var entries = new Hdf5Cursor(_file, _file.Read(block.Address, block.Size));
            while (entries.Left >= 8)
            {
                int type = entries.UInt16(), length = entries.UInt16();
                if (length % 8 != 0)
                {
                    throw _file.Damaged($"a message of {length} bytes in the object header at {Address} (allowed: multiples of 8)");
                }

                var flags = entries.Byte();
                entries.Skip(3);
                Add(type, flags, entries.Take(length), blocks);
            }
        }
    }

    private void ReadVersion2(ReadOnlySpan<byte> start)
    {
        var cursor = new Hdf5Cursor(_file, start);
        cursor.Skip(4);
        if (cursor.Byte() != 2)
        {
            throw _file.Damaged($"an object header of unknown version at {Address}");
        }

        var flags = cursor.Byte();
        cursor.Skip(((flags & 0x20) != 0 ? 16 : 0) + ((flags & 0x10) != 0 ? 4 : 0));
        var size = cursor.Sized(1 << (flags & 3));
        var first = (ulong)cursor.Position;
        var blocks = new Queue<(ulong Address, ulong Size)>();
        if (size > (ulong)_file.Length)
        {
            throw _file.Damaged($"an object header of {size} bytes at {Address}");
        }

        ReadBlock2(_file.Read(Address, first + size + 4, "OHDR"u8, isChecked: true).AsSpan((int)first), flags, blocks);
        var visited = new HashSet<ulong>();
        while (blocks.TryDequeue(out var block))
        {
            RequireNew(visited, block.Address);
            ReadBlock2(_file.Read(block.Address, block.Size, "OCHK"u8, isChecked: true).AsSpan(4), flags, blocks);
        }
    }

    private void ReadBlock2(ReadOnlySpan<byte> block, int flags, Queue<(ulong Address, ulong Size)> blocks)
    {
        var entries = new Hdf5Cursor(_file, block[..^4]);
        var start = (flags & 0x04) != 0 ? 6 : 4;
        while (entries.Left >= start)
        {
            int type = entries.Byte(), length = entries.UInt16();
            var messageFlags = entries.Byte();
            entries.Skip(start - 4);
            Add(type, messageFlags, entries.Take(length), blocks);
        }
    }

    private void Add(int type, int flags, ReadOnlySpan<byte> data, Queue<(ulong Address, ulong Size)> blocks)
    {
        if (type == Continuation)
        {
            var cursor = new Hdf5Cursor(_file, data);
            var (address, size) = (cursor.Offset(), cursor.Length());
            if (size == 0)
            {
                throw _file.Damaged($"the object header at {Address} continues nowhere");
            }

            blocks.Enqueue((address, size));
        }
        else if (type != 0)
        {
            _messages.Add((type, (flags & 2) != 0, data.ToArray()));
        }

        if (_messages.Count > MostMessages)
        {
            throw _file.Damaged($"more than {MostMessages} messages in the object header at {Address}");
        }
    }

    private void RequireNew(HashSet<ulong> visited, ulong address)
    {
        if (!visited.Add(address))
        {
            throw _file.Damaged($"the object header at {Address} continues in a circle");
        }
    }
}
