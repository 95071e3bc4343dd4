using System.Text;

namespace Sideband.Events.Readers.Hdf5.Format;

internal enum Hdf5LinkKind
{
    Hard,
    Soft,

    /// <summary>Into another file, or of a user's own kind: never followed.</summary>
    External,
}

/// <summary>A member of a group.</summary>
/// <param name="Name">Unique in the group.</param>
/// <param name="Kind">How it leads on.</param>
/// <param name="Address">Object header of a hard link.</param>
/// <param name="Target">Path of a soft link; file of an external one.</param>
internal sealed record Hdf5Link(string Name, Hdf5LinkKind Kind, ulong Address, string Target)
{
    /// <summary>The members of a group in alphabetical order; none where the object is no group.</summary>
    public static List<Hdf5Link> Of(Hdf5File file, Hdf5Header group)
    {
        var links = new List<Hdf5Link>();
        if (group.Find(Hdf5Header.SymbolTable) is { } table)
        {
            links.AddRange(Hdf5SymbolTable.Read(file, table));
        }

        links.AddRange(group.All(Hdf5Header.Link).Select(message => Parse(file, message)));
        if (group.Find(Hdf5Header.LinkInfo) is { } info)
        {
            links.AddRange(Hdf5Dense.Entries(file, info, Hdf5Dense.Links).Select(message => Parse(file, message)));
        }

        links.Sort((a, b) => string.CompareOrdinal(a.Name, b.Name));
        return links;
    }

    /// <summary>Link message (specification IV.A.2.g).</summary>
    private static Hdf5Link Parse(Hdf5File file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        if (cursor.Byte() != 1)
        {
            throw file.Damaged("a link message of unknown version");
        }

        var flags = cursor.Byte();
        var kind = (flags & 0x08) != 0 ? cursor.Byte() : 0;
        cursor.Skip(((flags & 0x04) != 0 ? 8 : 0) + ((flags & 0x10) != 0 ? 1 : 0));
        var length = cursor.Sized(1 << (flags & 3));
        var name = Encoding.UTF8.GetString(cursor.Take((long)Math.Min(length, int.MaxValue)));
        return kind switch
        {
            0 => new Hdf5Link(name, Hdf5LinkKind.Hard, cursor.Offset(), ""),
            1 => new Hdf5Link(name, Hdf5LinkKind.Soft, 0, Encoding.UTF8.GetString(cursor.Take(cursor.UInt16()))),
            _ => new Hdf5Link(name, Hdf5LinkKind.External, 0, kind == 64 ? ExternalFile(cursor) : "somewhere"),
        };
    }

    private static string ExternalFile(Hdf5Cursor cursor)
    {
        cursor.Skip(3);
        return cursor.Text();
    }
}
