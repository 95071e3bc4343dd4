namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>B-trees of version 1 (specification III.A.1): of groups (type 0) and of chunks (type 1).</summary>
internal static class Hdf5Tree1
{
    /// <summary>The keys and children of all leaves, in order. A node that is met twice is an error, so that every walk ends.</summary>
    /// <param name="file">The file.</param>
    /// <param name="root">Address of the root node.</param>
    /// <param name="type">0 or 1.</param>
    /// <param name="keySize">Bytes of a key.</param>
    public static List<(byte[] Key, ulong Child)> Leaves(Hdf5File file, ulong root, int type, int keySize)
    {
        var leaves = new List<(byte[] Key, ulong Child)>();
        Visit(file, root, type, keySize, level: null, [], leaves);
        return leaves;
    }

    private static void Visit(
        Hdf5File file, ulong address, int type, int keySize, int? level, HashSet<ulong> visited, List<(byte[] Key, ulong Child)> leaves)
    {
        var head = new Hdf5Cursor(file, file.Read(address, (ulong)(8 + (2 * file.OffsetSize)), "TREE"u8, isChecked: false));
        head.Skip(4);
        int found = head.Byte(), foundLevel = head.Byte();
        if (!visited.Add(address) || found != type || (level is { } expected && foundLevel != expected))
        {
            throw file.Damaged($"the index node at {address} is in a wrong place");
        }

        var count = head.UInt16();
        var entries = new Hdf5Cursor(
            file, file.Read(address + (ulong)(8 + (2 * file.OffsetSize)), (ulong)(count * (keySize + file.OffsetSize))));
        for (var i = 0; i < count; i++)
        {
            var key = entries.Take(keySize);
            var child = entries.Offset();
            if (foundLevel == 0)
            {
                leaves.Add((key.ToArray(), child));
            }
            else
            {
                Visit(file, child, type, keySize, foundLevel - 1, visited, leaves);
            }
        }
    }
}
