namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>Classes of data types (specification IV.A.2.d).</summary>
internal enum Hdf5Class
{
    Integer = 0,
    Float = 1,
    Time = 2,
    Text = 3,
    Bitfield = 4,
    Opaque = 5,
    Compound = 6,
    Reference = 7,
    Enumeration = 8,
    VariableLength = 9,
    Array = 10,
}

/// <summary>A member of a compound type.</summary>
internal sealed record Hdf5Member(string Name, int Offset, Hdf5Type Type);

/// <summary>The type of a dataset's or attribute's elements.</summary>
/// <param name="Class">What it is.</param>
/// <param name="Size">Bytes of an element.</param>
/// <param name="Number">Where an element is one number that can be read: how it lies in the file.</param>
/// <param name="Members">Of a compound type.</param>
/// <param name="Base">Of an array, an enumeration or a sequence.</param>
/// <param name="Count">Elements of an array; else 1.</param>
internal sealed record Hdf5Type(
    Hdf5Class Class, int Size, NumberType? Number, IReadOnlyList<Hdf5Member> Members, Hdf5Type? Base, int Count)
{
    private const int MostNested = 8;
    private const int LargestElement = 1 << 24;

    /// <summary>"float32", "bool", or what an element is instead of a number.</summary>
    public string Name => this switch
    {
        { Number: { } number } => number.Name,
        { Class: Hdf5Class.Text } => "text",
        { Class: Hdf5Class.VariableLength } => "text or Python objects",
        { Class: Hdf5Class.Compound } => "records",
        { Class: Hdf5Class.Array } => "arrays",
        _ => "an HDF5 type that is neither number nor bool",
    };

    public static Hdf5Type Parse(Hdf5File file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        return Parse(file, ref cursor, 0);
    }

    private static Hdf5Type Parse(Hdf5File file, ref Hdf5Cursor cursor, int depth)
    {
        int first = cursor.Byte(), version = first >> 4;
        var kind = (Hdf5Class)(first & 0xF);
        var bits = (int)cursor.Sized(3);
        var size = cursor.UInt32();
        if (version is < 1 or > 4 || kind > Hdf5Class.Array || size > LargestElement || depth > MostNested)
        {
            throw file.Damaged($"a data type of class {first & 0xF}, version {version}, {size} bytes");
        }

        switch (kind)
        {
            case Hdf5Class.Integer:
            case Hdf5Class.Bitfield:
                int bitOffset = cursor.UInt16(), precision = cursor.UInt16();
                var isSigned = kind == Hdf5Class.Integer && (bits & 8) != 0;
                var isWhole = bitOffset == 0 && precision == 8 * size && (kind == Hdf5Class.Integer ? size is 1 or 2 or 4 or 8 : size == 1);
                var number = new NumberType(isSigned ? NumberKind.Signed : NumberKind.Unsigned, (int)size, (bits & 1) != 0);
                return Plain(kind, size, !isWhole ? null : kind == Hdf5Class.Bitfield ? NumberType.Bool : number);
            case Hdf5Class.Float:
                return Plain(kind, size, Float(cursor.Take(12), bits, size));
            case Hdf5Class.Time:
                cursor.Skip(2);
                return Plain(kind, size, null);
            case Hdf5Class.Opaque:
                cursor.Skip((bits & 0xFF) + 7 & ~7);
                return Plain(kind, size, null);
            case Hdf5Class.Compound:
                return Compound(file, ref cursor, version, bits & 0xFFFF, size, depth);
            case Hdf5Class.Enumeration:
                return Enumeration(file, ref cursor, version, bits & 0xFFFF, size, depth);
            case Hdf5Class.VariableLength:
                return new Hdf5Type(kind, (int)size, null, [], Parse(file, ref cursor, depth + 1), 1);
            case Hdf5Class.Array:
                return Array(file, ref cursor, version, size, depth);
            default:
                return Plain(kind, size, null);
        }
    }

    private static Hdf5Type Plain(Hdf5Class kind, uint size, NumberType? number) => new(kind, (int)size, number, [], null, 1);

    /// <summary>IEEE 754 of 2, 4 or 8 bytes; other forms (such as 80 bits) are no number here.</summary>
    private static NumberType? Float(ReadOnlySpan<byte> properties, int bits, uint size)
    {
        // Bit offset, precision (16 bits each), exponent's place and size, mantissa's place and size (8 bits each), exponent's bias.
        ReadOnlySpan<byte> expected = size switch
        {
            2 => [0, 0, 16, 0, 10, 5, 0, 10, 15, 0, 0, 0],
            4 => [0, 0, 32, 0, 23, 8, 0, 23, 127, 0, 0, 0],
            8 => [0, 0, 64, 0, 52, 11, 0, 52, 0xFF, 3, 0, 0],
            _ => [],
        };

        // Not VAX; the mantissa's first bit is implied; the sign is the last bit.
        const int vax = 0x40, normalization = 0x30, impliedBit = 0x20;
        return expected.SequenceEqual(properties) && (bits & (vax | normalization)) == impliedBit && bits >> 8 == (8 * size) - 1
            ? new NumberType(NumberKind.Float, (int)size, (bits & 1) != 0)
            : null;
    }

    private static Hdf5Type Compound(Hdf5File file, ref Hdf5Cursor cursor, int version, int count, uint size, int depth)
    {
        var members = new List<Hdf5Member>();
        for (var i = 0; i < count; i++)
        {
            var start = cursor.Position;
            var name = cursor.Text();
            if (version < 3)
            {
                cursor.Align(start);
            }

            var offset = cursor.Sized(version < 3 ? 4 : Hdf5Tree2.SizeOf(size));
            var length = 1L;
            if (version == 1)
            {
                int rank = cursor.Byte();
                cursor.Skip(11);
                for (var axis = 0; axis < 4; axis++)
                {
                    var extent = cursor.UInt32();
                    length = Math.Min(length * (axis < rank ? extent : 1), LargestElement);
                }
            }

            var type = Parse(file, ref cursor, depth + 1);
            type = length == 1
                ? type
                : new Hdf5Type(Hdf5Class.Array, (int)Math.Min(type.Size * length, int.MaxValue), null, [], type, (int)length);
            var end = offset + (ulong)type.Size;
            if (end > size || members.Exists(other => (ulong)other.Offset < end && offset < (ulong)(other.Offset + other.Type.Size)))
            {
                throw file.Damaged($"member '{name}' lies {(end > size ? "outside of its record" : "within another")}");
            }

            members.Add(new Hdf5Member(name, (int)offset, type));
        }

        return new Hdf5Type(Hdf5Class.Compound, (int)size, null, members, null, 1);
    }

    /// <summary>Of one byte: a bool where the values are 0 and 1, as h5py writes it, else a number.</summary>
    private static Hdf5Type Enumeration(Hdf5File file, ref Hdf5Cursor cursor, int version, int count, uint size, int depth)
    {
        var underlying = Parse(file, ref cursor, depth + 1);
        for (var i = 0; i < count; i++)
        {
            var start = cursor.Position;
            cursor.Text();
            if (version < 3)
            {
                cursor.Align(start);
            }
        }

        var isBool = cursor.Take((long)count * size) is [0, 1];
        var number = size != 1 || underlying.Size != 1 ? null : isBool ? NumberType.Bool : underlying.Number;
        return new Hdf5Type(Hdf5Class.Enumeration, (int)size, number, [], underlying, 1);
    }

    private static Hdf5Type Array(Hdf5File file, ref Hdf5Cursor cursor, int version, uint size, int depth)
    {
        int rank = cursor.Byte();
        cursor.Skip(version < 3 ? 3 : 0);
        var count = 1L;
        for (var axis = 0; axis < rank; axis++)
        {
            count = Math.Min(count * cursor.UInt32(), LargestElement);
        }

        cursor.Skip(version < 3 ? 4 * rank : 0);
        var type = Parse(file, ref cursor, depth + 1);
        return count * type.Size == size
            ? new Hdf5Type(Hdf5Class.Array, (int)size, null, [], type, (int)count)
            : throw file.Damaged($"an array of {count} elements of {type.Size} bytes in {size} bytes");
    }
}
