namespace Sideband.Events.Readers.Root;

/// <summary>Baskets: records with the values of consecutive entries of one branch (TBasket, TKey).</summary>
internal static class RootBaskets
{
    /// <summary>A basket that was not full when the tree was written, and lies in the tree's own record.</summary>
    public sealed record InTree(int Entries, byte[] Values);

    /// <summary>A basket in the tree's record, after its class name.</summary>
    public static InTree ReadInside(ref RootCursor cursor, RootObjects objects)
    {
        var key = RootKey.Read(ref cursor);
        var (entries, last, flag) = ReadEnd(ref cursor);
        if (flag >= 80)
        {
            flag -= 80;
        }
        else if (flag != 0 && flag % 10 != 2)
        {
            SkipNumbers(ref cursor, entries > 0);
            if (flag > 40)
            {
                SkipNumbers(ref cursor, isThere: true);
            }
        }

        if (flag is not (1 or > 10))
        {
            return new InTree(0, []);
        }

        // The values, behind room for the key.
        var bytes = cursor.Take(last);
        return key.KeyLength <= bytes.Length
            ? new InTree(entries, bytes[key.KeyLength..].ToArray())
            : throw objects.Damaged($"a basket of {last} bytes with a key of {key.KeyLength}");
    }

    /// <summary>Puts the seek tables of a branch together: which entries lie where. Returns what is wrong with them, or null.</summary>
    /// <param name="entries">Of the branch.</param>
    /// <param name="last">Index of the basket that was being filled when the tree was written.</param>
    /// <param name="inside">By index: the baskets in the tree's record.</param>
    /// <param name="tables">By index: bytes, first entry and place of each basket.</param>
    /// <param name="baskets">In order.</param>
    public static string? Arrange(
        long entries, int last, List<object?> inside, (long[] Bytes, long[] Firsts, long[] Places) tables, out List<RootBasket> baskets)
    {
        baskets = [];
        long entry = 0;
        for (var i = 0; i <= last && entry < entries; i++)
        {
            var until = i == last || i + 1 >= tables.Firsts.Length ? entries : Math.Min(tables.Firsts[i + 1], entries);
            var place = tables.Places.ElementAtOrDefault(i);
            var basket = place == 0 && i < inside.Count ? inside[i] as InTree : null;
            if (until == entry)
            {
                continue;
            }

            if (tables.Firsts.ElementAtOrDefault(i) != entry
                || until < entry
                || until - entry > int.MaxValue
                || (place == 0 && basket is null))
            {
                return $"a branch whose seek table has no place for the entries from {entry} on";
            }

            if (basket is not null && basket.Entries != until - entry)
            {
                return $"a branch with a basket of {basket.Entries} entries where {until - entry} should be";
            }

            baskets.Add(new RootBasket(entry, (int)(until - entry), place, (int)tables.Bytes.ElementAtOrDefault(i), basket?.Values));
            entry = until;
        }

        return entry == entries ? null : $"a branch whose baskets end at entry {entry} of {entries}";
    }

    /// <summary>Checks that a basket holds the entries that the seek table says, without unpacking it.</summary>
    public static RootKey Require(RootFile file, RootBranch branch, RootBasket basket)
    {
        var head = file.Read(basket.Seek, Math.Min(basket.Bytes, 2048));
        var cursor = new RootCursor(file.Name, head);
        var key = RootKey.Read(ref cursor);
        var (entries, last, _) = ReadEnd(ref cursor);
        if (key.Bytes != basket.Bytes || key.Seek != basket.Seek || entries != basket.Entries
            || last - key.KeyLength != (long)entries * branch.EntrySize || key.ObjectLength < last - key.KeyLength)
        {
            throw file.Damaged($"the basket of branch '{branch.Name}' at {basket.Seek} is not the one that its seek table says");
        }

        return key;
    }

    /// <summary>The values of a basket, one entry behind the other.</summary>
    public static byte[] Values(RootFile file, RootBranch branch, RootBasket basket)
    {
        var values = basket.Inside ?? file.Object(Require(file, branch, basket));
        return values.Length >= (long)basket.Entries * branch.EntrySize
            ? values
            : throw file.Damaged($"branch '{branch.Name}': a basket of {values.Length} bytes for {basket.Entries} entries");
    }

    /// <summary>What a basket has behind its key: number of entries, end of the values, and a flag for what follows.</summary>
    private static (int Entries, int Last, int Flag) ReadEnd(ref RootCursor cursor)
    {
        cursor.Skip(6);
        if (cursor.Int32() < 0)
        {
            cursor.Skip(1);
        }

        return (cursor.Int32(), cursor.Int32(), cursor.Byte());
    }

    private static void SkipNumbers(ref RootCursor cursor, bool isThere)
    {
        if (isThere)
        {
            cursor.Skip(4L * cursor.Int32());
        }
    }
}
