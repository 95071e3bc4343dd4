using System.Buffers.Binary;

namespace Sideband.Events.Readers;

/// <summary>
/// The names of a zip archive's entries stand twice: in its directory and in front of each entry. No checksum is over them, so that the two
/// are compared (APPNOTE.TXT 4.3.7, 4.3.12, 4.3.14 to 4.3.16).
/// </summary>
internal static class ZipNames
{
    private const uint LocalMark = 0x04034B50, DirectoryMark = 0x02014B50, EndMark = 0x06054B50, LargeLocatorMark = 0x07064B50;
    private const int LocalLength = 30, DirectoryLength = 46, EndLength = 22, LargeLocatorLength = 20, LongestComment = ushort.MaxValue;
    private const uint Elsewhere = uint.MaxValue;

    /// <param name="archive">The whole archive, which can seek.</param>
    /// <param name="entries">Number of entries.</param>
    /// <exception cref="InvalidDataException">The name of an entry is another in front of it, or there is no entry.</exception>
    /// <exception cref="EndOfStreamException">Cut short.</exception>
    public static void Check(Stream archive, int entries)
    {
        var place = Directory(archive);
        for (var entry = 0; entry < entries; entry++)
        {
            var record = At(archive, place, DirectoryLength);
            Require(record, DirectoryMark);
            int nameLength = UInt16(record, 28), extraLength = UInt16(record, 30);
            var name = At(archive, place + DirectoryLength, nameLength);
            var extra = At(archive, place + DirectoryLength + nameLength, extraLength);
            var offset = UInt32(record, 42);
            var local = offset == Elsewhere ? LargeOffset(record, extra) : offset;
            var front = At(archive, local, LocalLength);
            Require(front, LocalMark);
            if (UInt16(front, 26) != nameLength || !At(archive, local + LocalLength, nameLength).AsSpan().SequenceEqual(name))
            {
                throw new InvalidDataException($"entry {entry + 1} has two names");
            }

            place += DirectoryLength + nameLength + extraLength + UInt16(record, 32);
        }
    }

    /// <summary>Where the directory begins: the archive's end says it, or, of a large one, the record that the end points to.</summary>
    private static long Directory(Stream archive)
    {
        var tailLength = (int)Math.Min(archive.Length, EndLength + LongestComment);
        var tail = At(archive, archive.Length - tailLength, tailLength);
        var end = tailLength - EndLength;
        while (end >= 0 && UInt32(tail, end) != EndMark)
        {
            end--;
        }

        if (end < 0)
        {
            throw new InvalidDataException("no end of the directory");
        }

        var offset = UInt32(tail, end + 16);
        if (offset != Elsewhere)
        {
            return offset;
        }

        var locator = At(archive, archive.Length - tailLength + end - LargeLocatorLength, LargeLocatorLength);
        Require(locator, LargeLocatorMark);
        return Int64(At(archive, Int64(locator, 8), 56), 48);
    }

    /// <summary>The offset in an entry's extra field 1, behind those of its two sizes that stand there, too.</summary>
    private static long LargeOffset(byte[] record, byte[] extra)
    {
        for (var field = 0; field + 4 <= extra.Length; field += 4 + UInt16(extra, field + 2))
        {
            if (UInt16(extra, field) == 1)
            {
                return Int64(extra, field + 4 + (UInt32(record, 24) == Elsewhere ? 8 : 0) + (UInt32(record, 20) == Elsewhere ? 8 : 0));
            }
        }

        throw new InvalidDataException("an entry without a place");
    }

    private static void Require(byte[] record, uint mark)
    {
        if (UInt32(record, 0) != mark)
        {
            throw new InvalidDataException("no entry where the directory says");
        }
    }

    private static byte[] At(Stream archive, long offset, int length)
    {
        if (offset < 0 || offset > archive.Length - length)
        {
            throw new EndOfStreamException();
        }

        var bytes = new byte[length];
        archive.Position = offset;
        archive.ReadExactly(bytes);
        return bytes;
    }

    private static int UInt16(byte[] bytes, int at) => BinaryPrimitives.ReadUInt16LittleEndian(bytes.AsSpan(at, 2));

    private static uint UInt32(byte[] bytes, int at) => BinaryPrimitives.ReadUInt32LittleEndian(bytes.AsSpan(at, 4));

    private static long Int64(byte[] bytes, int at) => at + 8 <= bytes.Length
        ? BinaryPrimitives.ReadInt64LittleEndian(bytes.AsSpan(at, 8))
        : throw new InvalidDataException("an entry without a place");
}
