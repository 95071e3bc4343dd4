namespace Sideband.Events.Readers.Root;

/// <summary>A leaf: a number, or a fixed number of them, in each entry of a branch.</summary>
/// <param name="Name">In its branch.</param>
/// <param name="Type">"float32", or what it holds instead of numbers.</param>
/// <param name="Number">How a number lies in the file; null where it cannot be read.</param>
/// <param name="Length">Numbers in each entry.</param>
/// <param name="IsVariable">True where another branch says how many there are.</param>
internal sealed record RootLeaf(string Name, string Type, NumberType? Number, int Length, bool IsVariable)
{
    /// <summary>An object of one of the TLeaf classes, after its class name.</summary>
    public static RootLeaf Read(ref RootCursor cursor, RootObjects objects, string className)
    {
        var (_, end) = objects.Head(ref cursor);
        var (_, baseEnd) = objects.Head(ref cursor);
        var (name, _) = objects.Named(ref cursor);
        var length = cursor.Int32();
        cursor.Skip(8);
        cursor.Skip(1);
        var isUnsigned = cursor.Bool();
        var counter = objects.Any(ref cursor, (ref RootCursor inner, string leafClass) => Read(ref inner, objects, leafClass));
        cursor.MoveTo(baseEnd);
        NumberType? number = className switch
        {
            "TLeafF" => new(NumberKind.Float, 4, true),
            "TLeafD" => new(NumberKind.Float, 8, true),
            "TLeafO" => NumberType.Bool,
            "TLeafB" => Whole(1),
            "TLeafS" => Whole(2),
            "TLeafI" => Whole(4),
            "TLeafL" or "TLeafG" => Whole(8),
            "TLeafElement" when Element(cursor.Int32(), cursor.Int32()) is { } element => element,
            _ => null,
        };
        cursor.MoveTo(end);
        var type = className switch
        {
            "TLeafC" => "text",
            "TLeafF16" or "TLeafD32" => "packed numbers (Float16_t, Double32_t)",
            _ => number?.Name ?? "objects",
        };
        return new RootLeaf(name, type, number, length, counter is not null);

        NumberType Whole(int size) => new(isUnsigned ? NumberKind.Unsigned : NumberKind.Signed, size, true);
    }

    /// <summary>The number of a split object's member, by TVirtualStreamerInfo's type: char, short, int, long, float, double, ...</summary>
    private static NumberType? Element(int id, int type) => id < 0 ? null : type switch
    {
        1 => new(NumberKind.Signed, 1, true),
        2 => new(NumberKind.Signed, 2, true),
        3 => new(NumberKind.Signed, 4, true),
        4 or 16 => new(NumberKind.Signed, 8, true),
        5 => new(NumberKind.Float, 4, true),
        8 => new(NumberKind.Float, 8, true),
        11 => new(NumberKind.Unsigned, 1, true),
        18 => NumberType.Bool,
        12 => new(NumberKind.Unsigned, 2, true),
        13 => new(NumberKind.Unsigned, 4, true),
        14 or 17 => new(NumberKind.Unsigned, 8, true),
        _ => null,
    };
}

/// <summary>A run of entries of a branch.</summary>
/// <param name="FirstEntry">Its first.</param>
/// <param name="Entries">How many.</param>
/// <param name="Seek">Place of its record; 0 where it lies in the tree's own record.</param>
/// <param name="Bytes">Of the record.</param>
/// <param name="Inside">The bytes of one in the tree's record.</param>
internal sealed record RootBasket(long FirstEntry, int Entries, long Seek, int Bytes, byte[]? Inside);

/// <summary>A branch of a tree (TBranch, versions 10 to 13: ROOT 5 and 6).</summary>
/// <param name="Name">In its tree.</param>
/// <param name="Entries">Rows.</param>
/// <param name="FileName">File of its baskets where that is another one; else empty.</param>
/// <param name="IsSplit">True where it holds branches instead of values.</param>
/// <param name="Branches">Those.</param>
/// <param name="Leaves">What an entry is made of.</param>
/// <param name="Baskets">In order; together all entries.</param>
/// <param name="Problem">What is wrong with the tables that say where the entries lie, or null.</param>
internal sealed record RootBranch(
    string Name,
    long Entries,
    string FileName,
    bool IsSplit,
    IReadOnlyList<RootBranch> Branches,
    IReadOnlyList<RootLeaf> Leaves,
    IReadOnlyList<RootBasket> Baskets,
    string? Problem)
{
    private const int MostBaskets = 10_000_000;

    /// <summary>Bytes of an entry.</summary>
    public int EntrySize => Leaves.Sum(leaf => leaf.Number is { } number ? number.Size * leaf.Length : 0);

    /// <summary>An object of one of the TBranch classes, after its class name; those beside TBranch itself begin with one.</summary>
    public static RootBranch? Read(ref RootCursor cursor, RootObjects objects, string className)
    {
        if (className == "TBranch")
        {
            return ReadBase(ref cursor, objects);
        }

        var (_, end) = objects.Head(ref cursor);
        var branch = className is "TBranchElement" or "TBranchObject" or "TBranchClones" ? ReadBase(ref cursor, objects) : null;
        cursor.MoveTo(end);
        return branch;
    }

    private static RootBranch ReadBase(ref RootCursor cursor, RootObjects objects)
    {
        var (version, end) = objects.Head(ref cursor);
        if (version is < 10 or > 13)
        {
            throw objects.Damaged($"a TBranch of version {version} (known: 10 to 13, of ROOT 5 and 6)");
        }

        var (name, _) = objects.Named(ref cursor);
        objects.SkipObject(ref cursor);
        cursor.Skip(12);
        var last = cursor.Int32();
        cursor.Skip(8);
        if (version == 13)
        {
            objects.SkipObject(ref cursor);
        }

        cursor.Skip(4);
        var maximum = cursor.Int32();
        cursor.Skip(4);
        var entries = cursor.Int64();
        cursor.Skip(version == 10 ? 16 : 24);
        var branches = objects.Array(ref cursor, (ref RootCursor inner, string kind) => Read(ref inner, objects, kind));
        var leaves = objects.Array(ref cursor, (ref RootCursor inner, string kind) => RootLeaf.Read(ref inner, objects, kind));
        var inside = objects.Array(ref cursor, (ref RootCursor inner, string _) => RootBaskets.ReadInside(ref inner, objects));
        if (maximum is < 0 or > MostBaskets || last < 0 || last > maximum || entries < 0)
        {
            throw objects.Damaged($"branch '{name}' has {last} of {maximum} baskets and {entries} entries");
        }

        // Each table has a byte in front.
        var (bytes, firsts, places) = (Table(ref cursor, maximum, 4), Table(ref cursor, maximum, 8), Table(ref cursor, maximum, 8));
        var fileName = cursor.Text();
        cursor.MoveTo(end);
        var problem = RootBaskets.Arrange(entries, last, inside, (bytes, firsts, places), out var baskets);
        return new RootBranch(
            name,
            entries,
            fileName,
            branches.Count > 0,
            [.. branches.OfType<RootBranch>()],
            [.. leaves.OfType<RootLeaf>()],
            baskets,
            problem);
    }

    private static long[] Table(ref RootCursor cursor, int count, int size)
    {
        // Zero where the table is empty.
        if (cursor.Byte() == 0)
        {
            return [];
        }

        var bytes = cursor.Take((long)count * size);
        var numbers = new long[count];
        for (var i = 0; i < count; i++)
        {
            numbers[i] = size == 4
                ? System.Buffers.Binary.BinaryPrimitives.ReadInt32BigEndian(bytes[(4 * i)..])
                : System.Buffers.Binary.BinaryPrimitives.ReadInt64BigEndian(bytes[(8 * i)..]);
        }

        return numbers;
    }
}
