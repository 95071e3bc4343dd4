using System.Numerics;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>
/// Chunk indices of datasets with at most one axis that may grow: fixed and extensible arrays (specification VII.C and VII.D).
/// </summary>
internal static class Hdf5ChunkArrays
{
    /// <summary>
    /// The first <paramref name="count"/> elements of a fixed array, whose data block is split into pages where it is long.
    /// </summary>
    public static IEnumerable<byte[]> Fixed(Hdf5File file, ulong address, long count)
    {
        var header = new Hdf5Cursor(file, file.Read(address, (ulong)(12 + file.LengthSize + file.OffsetSize), "FAHD"u8, isChecked: true));
        header.Skip(6);
        int size = header.Byte(), pageBits = header.Byte();
        var length = header.Length();
        var block = header.Offset();
        var head = 6 + file.OffsetSize;
        if (size == 0 || pageBits > 30 || length < (ulong)count || length > (ulong)file.Length)
        {
            throw file.Damaged($"a chunk index of {length} entries");
        }

        var pageLength = 1L << pageBits;
        if ((long)length <= pageLength)
        {
            var all = file.Read(block, (ulong)head + (length * (ulong)size) + 4, "FADB"u8, isChecked: true);
            return Split(all, head, size, count);
        }

        // A bitmap of the pages that are in use, a checksum, and pages with a checksum each.
        var pages = (long)((length + (ulong)pageLength - 1) / (ulong)pageLength);
        var first = block + (ulong)(head + ((pages + 7) / 8) + 4);
        file.Read(block, first - block, "FADB"u8, isChecked: true);
        return Pages(file, first, size, pageLength, (long)length).Take((int)count);
    }

    /// <summary>
    /// The first <paramref name="count"/> elements of an extensible array; its blocks double in size from level to level.
    /// </summary>
    public static IEnumerable<byte[]> Extensible(Hdf5File file, ulong address, long count)
    {
        var header = new Hdf5Cursor(
            file,
            file.Read(address, (ulong)(16 + (6 * file.LengthSize) + file.OffsetSize), "EAHD"u8, isChecked: true));
        header.Skip(6);
        int size = header.Byte(), maximumBits = header.Byte(), inIndex = header.Byte(), smallest = header.Byte(), pointers = header.Byte();
        int pageBits = header.Byte();
        header.Skip(6 * file.LengthSize);
        var index = header.Offset();
        if (size == 0 || maximumBits > 64 || pageBits > 30 || !BitOperations.IsPow2(smallest) || !BitOperations.IsPow2(pointers))
        {
            throw file.Damaged("a chunk index with impossible sizes");
        }

        var levels = 1 + maximumBits - BitOperations.Log2((uint)smallest);
        var levelsInIndex = Math.Min(2 * BitOperations.Log2((uint)pointers), levels);
        var blocksInIndex = 2 * (pointers - 1);
        var head = 6 + file.OffsetSize;
        var indexSize = head + (inIndex * size) + ((blocksInIndex + levels - levelsInIndex) * file.OffsetSize) + 4;
        var bytes = file.Read(index, (ulong)indexSize, "EAIB"u8, isChecked: true);
        var block = new Blocks(file, size, head + ((maximumBits + 7) / 8), 1L << pageBits);
        return Split(bytes, head, size, inIndex).Concat(Beyond()).Take((int)count);

        IEnumerable<byte[]> Beyond()
        {
            var at = head + (inIndex * size);
            for (var level = 0; level < levels; level++)
            {
                var blocks = 1L << Math.Min(level / 2, 40);
                var length = (long)smallest << Math.Min((level + 1) / 2, 40);
                var addresses = level < levelsInIndex
                    ? Pointers(file, bytes, at, blocks)
                    : block.OfLevel(Pointers(file, bytes, at, 1)[0], blocks, length);
                at += (int)(level < levelsInIndex ? blocks : 1) * file.OffsetSize;
                foreach (var element in addresses.SelectMany(data => block.Elements(data, length)))
                {
                    yield return element;
                }
            }
        }
    }

    private static ulong[] Pointers(Hdf5File file, byte[] bytes, int at, long count)
    {
        var cursor = new Hdf5Cursor(file, bytes);
        cursor.Skip(at);
        var pointers = new ulong[Math.Min(count, cursor.Left / file.OffsetSize)];
        for (var i = 0; i < pointers.Length; i++)
        {
            pointers[i] = cursor.Offset();
        }

        return pointers.Length == count ? pointers : throw file.Damaged("a chunk index that ends early");
    }

    /// <summary>The elements of a long block, in pages with a checksum each.</summary>
    private static IEnumerable<byte[]> Pages(Hdf5File file, ulong at, int size, long pageLength, long length)
    {
        for (long done = 0; done < length; done += pageLength)
        {
            var here = Math.Min(pageLength, length - done);
            var bytes = file.Read(at, (ulong)(here * size) + 4);
            file.RequireChecksum(bytes, at);
            foreach (var element in Split(bytes, 0, size, here))
            {
                yield return element;
            }

            at += (ulong)bytes.Length;
        }
    }

    private static IEnumerable<byte[]> Split(byte[] bytes, int at, int size, long count)
    {
        for (long i = 0; i < count; i++)
        {
            yield return bytes.AsSpan((int)(at + (i * size)), size).ToArray();
        }
    }

    /// <summary>Secondary blocks and data blocks of an extensible array.</summary>
    private sealed record Blocks(Hdf5File File, int Size, int Head, long PageLength)
    {
        /// <summary>The data blocks of a secondary block.</summary>
        public ulong[] OfLevel(ulong address, long count, long length)
        {
            if (address == Hdf5File.Nowhere)
            {
                throw File.Damaged("a chunk index that ends early");
            }

            // Where data blocks are split into pages, a bitmap of the pages in use comes first.
            var bitmap = length > PageLength ? count * (((length / PageLength) + 7) / 8) : 0;
            var size = Head + bitmap + (count * File.OffsetSize) + 4;
            return Pointers(File, File.Read(address, (ulong)size, "EASB"u8, isChecked: true), (int)(Head + bitmap), count);
        }

        /// <summary>
        /// The elements of a data block of <paramref name="length"/> elements; none are there where it was never written.
        /// </summary>
        public IEnumerable<byte[]> Elements(ulong address, long length)
        {
            if (address == Hdf5File.Nowhere)
            {
                throw File.Damaged("values that were never written");
            }

            if (length <= PageLength)
            {
                return Split(File.Read(address, (ulong)(Head + (length * Size) + 4), "EADB"u8, isChecked: true), Head, Size, length);
            }

            File.Read(address, (ulong)Head + 4, "EADB"u8, isChecked: true);
            return Pages(File, address + (ulong)(Head + 4), Size, PageLength, length);
        }
    }
}
