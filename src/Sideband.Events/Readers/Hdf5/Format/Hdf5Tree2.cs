namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>B-trees of version 2 (specification III.A.2).</summary>
internal sealed class Hdf5Tree2
{
    private readonly Hdf5File _file;
    private readonly int _type;
    private readonly int _nodeSize;
    private readonly int _recordSize;
    private readonly int _countSize;
    private readonly HashSet<ulong> _visited = [];
    private readonly List<byte[]> _records = [];

    /// <summary>Bytes of the number of records below a child, by the child's depth; none for leaves, whose own number says it.</summary>
    private readonly int[] _totalSize;

    private Hdf5Tree2(Hdf5File file, ulong address, int type)
    {
        (_file, _type) = (file, type);
        var cursor = new Hdf5Cursor(file, file.Read(address, (ulong)(22 + file.OffsetSize + file.LengthSize), "BTHD"u8, isChecked: true));
        cursor.Skip(5);
        var found = cursor.Byte();
        _nodeSize = (int)Math.Min(cursor.UInt32(), int.MaxValue);
        _recordSize = cursor.UInt16();
        var depth = cursor.UInt16();
        if (found != type || _recordSize == 0 || _nodeSize < 16 + _recordSize || depth > 20)
        {
            throw file.Damaged($"the index at {address} is not of type {type}");
        }

        cursor.Skip(2);
        var root = cursor.Offset();
        var count = cursor.UInt16();
        ulong most = (ulong)((_nodeSize - 10) / _recordSize);
        _countSize = SizeOf(most);
        _totalSize = new int[depth + 1];
        for (var level = 1; level <= depth; level++)
        {
            var pointer = file.OffsetSize + _countSize + _totalSize[level - 1];
            var records = (ulong)Math.Max(1, (_nodeSize - 10 - pointer) / (_recordSize + pointer));
            most = Math.Min(records + ((records + 1) * most), ulong.MaxValue >> 16);
            _totalSize[level] = SizeOf(most);
        }

        if (root != Hdf5File.Nowhere)
        {
            Visit(root, count, depth);
        }
    }

    /// <summary>All records of a tree.</summary>
    /// <param name="file">The file.</param>
    /// <param name="address">Of its header.</param>
    /// <param name="type">Type of its records.</param>
    public static IReadOnlyList<byte[]> Records(Hdf5File file, ulong address, int type) => new Hdf5Tree2(file, address, type)._records;

    /// <summary>Bytes that hold a number up to <paramref name="limit"/>.</summary>
    public static int SizeOf(ulong limit) => (System.Numerics.BitOperations.Log2(Math.Max(limit, 1)) / 8) + 1;

    private void Visit(ulong address, int count, int depth)
    {
        var pointer = depth == 0 ? 0 : _file.OffsetSize + _countSize + _totalSize[depth - 1];
        var size = 6 + ((long)count * _recordSize) + (depth == 0 ? 0 : (count + 1L) * pointer) + 4;
        if (!_visited.Add(address) || size > _nodeSize)
        {
            throw _file.Damaged($"the index node at {address} is in a wrong place");
        }

        var cursor = new Hdf5Cursor(_file, _file.Read(address, (ulong)size, depth == 0 ? "BTLF"u8 : "BTIN"u8, isChecked: true));
        cursor.Skip(5);
        if (cursor.Byte() != _type)
        {
            throw _file.Damaged($"the index node at {address} is in a wrong place");
        }

        for (var i = 0; i < count; i++)
        {
            _records.Add(cursor.Take(_recordSize).ToArray());
        }

        for (var i = 0; depth > 0 && i <= count; i++)
        {
            var child = cursor.Offset();
            var records = (int)cursor.Sized(_countSize);
            cursor.Skip(_totalSize[depth - 1]);
            Visit(child, records, depth - 1);
        }
    }
}
