using System.Text;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>
/// Members of a group of the old kind: a B-tree of symbol table nodes, with the names in a local heap (specification III.A, B, D).
/// </summary>
internal static class Hdf5SymbolTable
{
    /// <param name="file">The file.</param>
    /// <param name="message">The symbol table message.</param>
    public static List<Hdf5Link> Read(Hdf5File file, ReadOnlySpan<byte> message)
    {
        var cursor = new Hdf5Cursor(file, message);
        var tree = cursor.Offset();
        var heap = ReadHeap(file, cursor.Offset());
        var links = new List<Hdf5Link>();
        foreach (var node in Hdf5Tree1.Leaves(file, tree, 0, file.LengthSize))
        {
            // The key is the name before the node's first.
            var key = NameAt(file, heap, new Hdf5Cursor(file, node.Key).Length());
            var first = links.Count;
            ReadNode(file, node.Child, heap, links);
            RequireOrder(file, [key, .. links.Skip(first).Select(link => link.Name)]);
        }

        RequireOrder(file, [.. links.Select(link => link.Name)]);
        return links;
    }

    /// <summary>No checksum is over the names, but the tree has them in the order of their bytes.</summary>
    private static void RequireOrder(Hdf5File file, List<string> names)
    {
        for (var i = 1; i < names.Count; i++)
        {
            if (Encoding.UTF8.GetBytes(names[i - 1]).AsSpan().SequenceCompareTo(Encoding.UTF8.GetBytes(names[i])) >= 0)
            {
                throw file.Damaged($"the names '{names[i - 1]}' and '{names[i]}' of a group are not in order");
            }
        }
    }

    private static byte[] ReadHeap(Hdf5File file, ulong address)
    {
        var cursor = new Hdf5Cursor(
            file,
            file.Read(address, (ulong)(8 + (2 * file.LengthSize) + file.OffsetSize), "HEAP"u8, isChecked: false));
        cursor.Skip(8);
        var size = cursor.Length();
        cursor.Skip(file.LengthSize);
        return file.Read(cursor.Offset(), size);
    }

    private static void ReadNode(Hdf5File file, ulong address, byte[] heap, List<Hdf5Link> links)
    {
        var head = new Hdf5Cursor(file, file.Read(address, 8, "SNOD"u8, isChecked: false));
        head.Skip(6);
        var count = head.UInt16();
        var entry = (2 * file.OffsetSize) + 24;
        var cursor = new Hdf5Cursor(file, file.Read(address + 8, (ulong)(count * entry)));
        for (var i = 0; i < count; i++)
        {
            var name = NameAt(file, heap, cursor.Offset());
            var header = cursor.Offset();
            var cache = cursor.UInt32();
            cursor.Skip(4);
            var scratch = new Hdf5Cursor(file, cursor.Take(16));

            // Cache type 2: a soft link, whose target is a text in the heap.
            links.Add(cache == 2
                ? new Hdf5Link(name, Hdf5LinkKind.Soft, 0, NameAt(file, heap, scratch.UInt32()))
                : new Hdf5Link(name, Hdf5LinkKind.Hard, header, ""));
        }
    }

    private static string NameAt(Hdf5File file, byte[] heap, ulong offset)
    {
        if (offset >= (ulong)heap.Length)
        {
            throw file.Damaged("a name outside of its heap");
        }

        var cursor = new Hdf5Cursor(file, heap.AsSpan((int)offset));
        return cursor.Text();
    }
}
