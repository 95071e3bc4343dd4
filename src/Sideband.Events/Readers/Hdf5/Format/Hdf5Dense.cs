namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>Links and attributes of objects that have many: messages in a fractal heap, found through a B-tree of names.</summary>
internal static class Hdf5Dense
{
    /// <summary>Types of the records that index links and attributes by name.</summary>
    public const int Links = 5, Attributes = 8;

    /// <summary>The link or attribute messages that a link info or attribute info message leads to.</summary>
    public static IEnumerable<byte[]> Entries(Hdf5File file, byte[] info, int recordType)
    {
        var (heapAddress, indexAddress) = Addresses(file, info, recordType);
        if (heapAddress == Hdf5File.Nowhere || indexAddress == Hdf5File.Nowhere)
        {
            return [];
        }

        var heap = new Hdf5FractalHeap(file, heapAddress);

        // Links: hash of the name (4 bytes), heap identifier. Attributes: heap identifier (8 bytes), and more.
        return Hdf5Tree2.Records(file, indexAddress, recordType)
            .Select(record => recordType == Links
                ? heap.Object(record.AsSpan(4))
                : heap.Object(record.AsSpan(0, Math.Min(8, record.Length))));
    }

    private static (ulong Heap, ulong Index) Addresses(Hdf5File file, ReadOnlySpan<byte> info, int recordType)
    {
        var cursor = new Hdf5Cursor(file, info);
        cursor.Skip(1);
        var flags = cursor.Byte();
        cursor.Skip((flags & 1) == 0 ? 0 : recordType == Links ? 8 : 2);
        return (cursor.Offset(), cursor.Offset());
    }
}
