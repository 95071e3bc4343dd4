namespace Sideband.Events.Readers.Root.Tuples;

/// <summary>How the elements of a column lie in its pages (specification, "Column types").</summary>
/// <param name="Number">An element after splitting is undone; null for single bits.</param>
/// <param name="IsSplit">True where the first bytes of all elements come first, then the second bytes, and so on.</param>
/// <param name="IsZigZag">True where a signed number x is stored as 2 x, or as -2 x - 1 below zero.</param>
internal sealed record TupleEncoding(NumberType? Number, bool IsSplit, bool IsZigZag)
{
    /// <summary>Bits of an element.</summary>
    public int Bits => Number is { } number ? 8 * number.Size : 1;

    /// <summary>Null for what is no plain number: indices of variable lengths, switches, numbers of fewer bits.</summary>
    public static TupleEncoding? Of(int type) => type switch
    {
        0x00 => new(null, false, false),
        0x01 or 0x04 => Plain(NumberKind.Unsigned, 1),
        0x03 => Plain(NumberKind.Signed, 1),
        0x05 => Plain(NumberKind.Signed, 2),
        0x06 => Plain(NumberKind.Unsigned, 2),
        0x07 => Plain(NumberKind.Signed, 4),
        0x08 => Plain(NumberKind.Unsigned, 4),
        0x09 => Plain(NumberKind.Signed, 8),
        0x0A => Plain(NumberKind.Unsigned, 8),
        0x0B => Plain(NumberKind.Float, 2),
        0x0C => Plain(NumberKind.Float, 4),
        0x0D => Plain(NumberKind.Float, 8),
        0x11 => Split(NumberKind.Signed, 2),
        0x12 => Split(NumberKind.Unsigned, 2),
        0x13 => Split(NumberKind.Signed, 4),
        0x14 => Split(NumberKind.Unsigned, 4),
        0x15 => Split(NumberKind.Signed, 8),
        0x16 => Split(NumberKind.Unsigned, 8),
        0x18 => Split(NumberKind.Float, 4),
        0x19 => Split(NumberKind.Float, 8),
        _ => null,
    };

    private static TupleEncoding Plain(NumberKind kind, int size) => new(new NumberType(kind, size, BigEndian: false), false, false);

    private static TupleEncoding Split(NumberKind kind, int size) =>
        new(new NumberType(kind, size, BigEndian: false), true, kind == NumberKind.Signed);
}

/// <summary>A page: consecutive elements of a column.</summary>
/// <param name="FirstEntry">Row of its first element.</param>
/// <param name="Count">Elements.</param>
/// <param name="Seek">Place in the file.</param>
/// <param name="Bytes">As stored.</param>
/// <param name="HasChecksum">True where eight bytes of checksum follow.</param>
internal readonly record struct TuplePage(long FirstEntry, int Count, long Seek, long Bytes, bool HasChecksum);

/// <summary>A column and its pages.</summary>
/// <param name="Field">Identifier of the field that it belongs to.</param>
/// <param name="Encoding">Null where it is not read.</param>
/// <param name="IsWhole">False where it begins later than the tuple, or is one of several representations of its field.</param>
internal sealed record TupleColumn(int Field, TupleEncoding? Encoding, bool IsWhole)
{
    public List<TuplePage> Pages { get; } = [];

    /// <summary>True where the pages, one behind the other, hold one element for each of so many rows.</summary>
    public bool HasOneOfEach(long rows)
    {
        long next = 0;
        foreach (var page in Pages)
        {
            if (page.FirstEntry != next)
            {
                return false;
            }

            next += page.Count;
        }

        return next == rows;
    }
}

/// <summary>A field of the schema.</summary>
/// <param name="Name">Unique among its siblings.</param>
/// <param name="Type">"float", "std::vector&lt;float&gt;", ...</param>
/// <param name="IsFlat">True for a field at the top that holds values itself.</param>
/// <param name="IsTop">True for a field at the top.</param>
internal sealed record TupleField(string Name, string Type, bool IsFlat, bool IsTop);
