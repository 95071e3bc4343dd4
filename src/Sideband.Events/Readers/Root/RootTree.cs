namespace Sideband.Events.Readers.Root;

/// <summary>A tree (TTree, versions 16 to 20: ROOT 5 and 6; TNtuple and TNtupleD begin with one).</summary>
/// <param name="Entries">Rows.</param>
/// <param name="Branches">Those at the top.</param>
internal sealed record RootTree(long Entries, IReadOnlyList<RootBranch> Branches)
{
    /// <summary>Classes that are read.</summary>
    public static readonly string[] Classes = ["TTree", "TNtuple", "TNtupleD"];

    public static RootTree Read(RootFile file, RootKey key)
    {
        var objects = new RootObjects(file.Name, key.KeyLength);
        var cursor = new RootCursor(file.Name, file.Object(key));
        if (key.ClassName != "TTree")
        {
            objects.Head(ref cursor);
        }

        var (version, _) = objects.Head(ref cursor);
        if (version is < 16 or > 20)
        {
            throw file.Damaged($"'{key.Name}' is a TTree of version {version} (known: 16 to 20, of ROOT 5 and 6)");
        }

        // TNamed, TAttLine, TAttFill, TAttMarker.
        for (var i = 0; i < 4; i++)
        {
            objects.SkipObject(ref cursor);
        }

        var entries = cursor.Int64();
        var clusters = 0;

        // Bytes in all, packed, saved (and flushed, from version 18 on), weight; timer, scan field, update (and offsets, from 17 on).
        cursor.Skip((version >= 18 ? 4 : 3) * 8);
        cursor.Skip(8 + (4 * (version >= 17 ? 4 : 3)));
        if (version >= 19)
        {
            clusters = cursor.Int32();
        }

        // Limits of entries, loop and size, automatic saving (and flushing), estimate.
        cursor.Skip((version >= 18 ? 6 : 5) * 8);
        for (var table = 0; table < 2 && version >= 19; table++)
        {
            cursor.Skip(1 + (8L * Math.Max(clusters, 0)));
        }

        if (version >= 20)
        {
            objects.SkipObject(ref cursor);
        }

        var branches = objects.Array(ref cursor, (ref RootCursor inner, string kind) => RootBranch.Read(ref inner, objects, kind));
        return new RootTree(entries, [.. branches.OfType<RootBranch>()]);
    }
}
