using System.Text;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>Attributes of a group or dataset (specification IV.A.2.m).</summary>
internal static class Hdf5Attributes
{
    /// <summary>
    /// The bytes of a fixed-length text attribute of one value up to its closing zero bytes, as Latin-1; null where there is none of that
    /// name and kind.
    /// </summary>
    public static string? Text(Hdf5File file, Hdf5Header header, string name)
    {
        var messages = header.All(Hdf5Header.Attribute);
        if (header.Find(Hdf5Header.AttributeInfo) is { } info)
        {
            messages = messages.Concat(Hdf5Dense.Entries(file, info, Hdf5Dense.Attributes));
        }

        return messages.Select(message => TextOf(file, message, name)).FirstOrDefault(text => text is not null);
    }

    private static string? TextOf(Hdf5File file, ReadOnlySpan<byte> message, string name)
    {
        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte(), flags = cursor.Byte();
        if (version is < 1 or > 3)
        {
            throw file.Damaged($"an attribute of version {version}");
        }

        int nameSize = cursor.UInt16(), typeSize = cursor.UInt16(), spaceSize = cursor.UInt16();
        cursor.Skip(version == 3 ? 1 : 0);
        if (Encoding.UTF8.GetString(Part(ref cursor, nameSize, version)).TrimEnd('\0') != name)
        {
            return null;
        }

        var typeMessage = Part(ref cursor, typeSize, version);
        var spaceMessage = Part(ref cursor, spaceSize, version);
        var (isTypeShared, isSpaceShared) = (version > 1 && (flags & 1) != 0, version > 1 && (flags & 2) != 0);
        var type = Hdf5Type.Parse(file, isTypeShared ? Hdf5Header.OfSharedMessage(file, typeMessage, Hdf5Header.Datatype) : typeMessage);
        var space = Hdf5Space.Parse(
            file,
            isSpaceShared ? Hdf5Header.OfSharedMessage(file, spaceMessage, Hdf5Header.Dataspace) : spaceMessage);
        if (type.Class != Hdf5Class.Text || space.IsEmpty || space.Dimensions.Any(length => length != 1))
        {
            return null;
        }

        return Encoding.Latin1.GetString(cursor.Take(type.Size)).TrimEnd('\0');
    }

    /// <summary>Version 1 pads each part to a multiple of eight bytes.</summary>
    private static ReadOnlySpan<byte> Part(ref Hdf5Cursor cursor, int size, int version)
    {
        var part = cursor.Take(size);
        cursor.Skip(version == 1 ? (8 - (size % 8)) % 8 : 0);
        return part;
    }
}
