namespace Sideband.Events.Readers.Parquet;

/// <summary>Walks a structure in Thrift's compact protocol (thrift.apache.org, doc/specs/thrift-compact-protocol.md).</summary>
/// <param name="bytes">From the structure on.</param>
internal ref struct ThriftCursor(ReadOnlySpan<byte> bytes)
{
    private const int MostNested = 16;
    private readonly ReadOnlySpan<byte> _bytes = bytes;

    public int Position { get; private set; }

    /// <summary>
    /// Walks the structure and gives its whole numbers, those of structures in it under the field number times 100 plus theirs.
    /// </summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public Dictionary<int, long> Numbers()
    {
        var numbers = new Dictionary<int, long>();
        Structure(numbers, 0, 0);
        return numbers;
    }

    private void Structure(Dictionary<int, long>? numbers, int above, int depth)
    {
        var field = 0;
        for (var head = Byte(); head != 0; head = Byte())
        {
            field = head >> 4 == 0 ? (int)ZigZag() : field + (head >> 4);
            Value(head & 0xF, numbers, above + field, depth);
        }
    }

    private void Value(int type, Dictionary<int, long>? numbers, int key, int depth)
    {
        if (depth > MostNested)
        {
            throw Damaged();
        }

        switch (type)
        {
            case 1 or 2: break;
            case 3: Byte(); break;
            case 4 or 5 or 6:
                var number = ZigZag();
                numbers?.TryAdd(key, number);
                break;
            case 7: Skip(8); break;
            case 8: Skip(Varint()); break;
            case 9 or 10:
                var head = Byte();
                Elements(head >> 4 == 15 ? Varint() : (ulong)(head >> 4), head & 0xF, depth);
                break;
            case 11:
                var count = Varint();
                var types = count == 0 ? 0 : Byte();
                for (ulong i = 0; i < count; i++)
                {
                    Elements(1, types >> 4, depth);
                    Elements(1, types & 0xF, depth);
                }

                break;
            case 12: Structure(depth == 0 ? numbers : null, key * 100, depth + 1); break;
            default: throw Damaged();
        }
    }

    private void Elements(ulong count, int type, int depth)
    {
        for (ulong i = 0; i < count; i++)
        {
            if (type is 1 or 2)
            {
                Byte();
            }
            else
            {
                Value(type, null, 0, depth + 1);
            }
        }
    }

    private long ZigZag()
    {
        var value = Varint();
        return (long)(value >> 1) ^ -(long)(value & 1);
    }

    private ulong Varint()
    {
        ulong value = 0;
        for (var shift = 0; shift < 64; shift += 7)
        {
            var next = Byte();
            value |= (ulong)(next & 0x7F) << shift;
            if (next < 0x80)
            {
                return value;
            }
        }

        throw Damaged();
    }

    private byte Byte() => Position < _bytes.Length ? _bytes[Position++] : throw Damaged();

    private void Skip(ulong count) => Position = count <= (ulong)(_bytes.Length - Position) ? Position + (int)count : throw Damaged();

    private static InvalidDataException Damaged() => new("a structure that cannot be read");
}
