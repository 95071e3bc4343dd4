namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>A stored chunk.</summary>
/// <param name="Address">Of its bytes.</param>
/// <param name="Size">Bytes as stored.</param>
/// <param name="Mask">Filters that were left out.</param>
internal readonly record struct Hdf5Chunk(ulong Address, ulong Size, uint Mask);

/// <summary>Finds the chunks of a dataset (specification IV.A.2.i, layout message of class 2; indices in III.A and VII).</summary>
internal sealed class Hdf5ChunkIndex
{
    private readonly Hdf5File _file;
    private readonly long[] _grid;
    private readonly long[] _shape;
    private readonly ulong _chunkBytes;
    private readonly bool _isFiltered;
    private readonly Dictionary<long, Hdf5Chunk> _chunks = [];

    /// <param name="file">The file.</param>
    /// <param name="space">Of the dataset; one axis or more.</param>
    /// <param name="shape">Elements of a chunk along each axis.</param>
    /// <param name="chunkBytes">Bytes of an unpacked chunk.</param>
    /// <param name="isFiltered">True where chunks are packed.</param>
    public Hdf5ChunkIndex(Hdf5File file, Hdf5Space space, long[] shape, ulong chunkBytes, bool isFiltered)
    {
        (_file, _shape, _chunkBytes, _isFiltered) = (file, shape, chunkBytes, isFiltered);
        _grid = [.. space.Dimensions.Select((length, axis) => (length / shape[axis]) + (length % shape[axis] == 0 ? 0 : 1))];
        var count = _grid.Aggregate((UInt128)1, (product, length) => product * (UInt128)length);
        Count = count <= (ulong)file.Length ? (long)count : throw file.Damaged($"{count} chunks in a file of {file.Length} bytes");
    }

    /// <summary>Chunks that the dataset is made of.</summary>
    public long Count { get; }

    /// <summary>The chunks in row-major order; all of them are there.</summary>
    /// <exception cref="InputDataException">A chunk is missing (its elements were never written), or the index is damaged.</exception>
    public Hdf5Chunk[] Complete()
    {
        var chunks = new Hdf5Chunk[_chunks.Count < Count ? throw Missing() : Count];
        for (long i = 0; i < Count; i++)
        {
            chunks[i] = _chunks.TryGetValue(i, out var chunk) ? chunk : throw Missing();
            _file.Require(chunk.Address, (long)Math.Min(chunk.Size, long.MaxValue));
        }

        return chunks;
    }

    /// <summary>Version 3 of the layout message: a B-tree of version 1.</summary>
    public void ReadTree1(ulong address)
    {
        foreach (var (key, child) in address == Hdf5File.Nowhere ? [] : Hdf5Tree1.Leaves(_file, address, 1, 8 + (8 * (_shape.Length + 1))))
        {
            var cursor = new Hdf5Cursor(_file, key);
            var (size, mask) = (cursor.UInt32(), cursor.UInt32());
            long index = 0;
            var isInside = true;
            for (var axis = 0; axis < _shape.Length; axis++)
            {
                var place = (long)Math.Min(cursor.Sized(8), long.MaxValue) / _shape[axis];
                isInside &= place < _grid[axis];
                index = isInside ? (index * _grid[axis]) + place : 0;
            }

            if (isInside)
            {
                Add(index, new Hdf5Chunk(child, size, mask));
            }
        }
    }

    /// <summary>Version 4 of the layout message, from the index type on.</summary>
    /// <param name="cursor">At the index type.</param>
    /// <param name="flags">Of the layout.</param>
    public void ReadVersion4(Hdf5Cursor cursor, int flags)
    {
        switch (cursor.Byte())
        {
            case 1:
                var isPacked = (flags & 2) != 0;
                var (size, mask) = isPacked ? (cursor.Length(), cursor.UInt32()) : (_chunkBytes, 0u);
                Add(0, new Hdf5Chunk(cursor.Offset(), size, mask));
                break;
            case 2:
                ReadImplicit(cursor.Offset());
                break;
            case 3:
                cursor.Skip(1);
                ReadArray(cursor.Offset(), Hdf5ChunkArrays.Fixed);
                break;
            case 4:
                cursor.Skip(5);
                ReadArray(cursor.Offset(), Hdf5ChunkArrays.Extensible);
                break;
            case 5:
                cursor.Skip(6);
                ReadTree2(cursor.Offset());
                break;
            case var other:
                throw _file.Damaged($"a chunk index of unknown type {other}");
        }
    }

    private void ReadImplicit(ulong address)
    {
        for (long i = 0; i < Count && address != Hdf5File.Nowhere; i++)
        {
            Add(i, new Hdf5Chunk(address + ((ulong)i * _chunkBytes), _chunkBytes, 0));
        }
    }

    private void ReadArray(ulong address, Func<Hdf5File, ulong, long, IEnumerable<byte[]>> elements)
    {
        long index = 0;
        foreach (var element in address == Hdf5File.Nowhere ? [] : elements(_file, address, Count))
        {
            var cursor = new Hdf5Cursor(_file, element);
            Add(index++, Read(ref cursor, element.Length));
        }
    }

    private void ReadTree2(ulong address)
    {
        foreach (var record in address == Hdf5File.Nowhere ? [] : Hdf5Tree2.Records(_file, address, _isFiltered ? 11 : 10))
        {
            var cursor = new Hdf5Cursor(_file, record);
            var chunk = Read(ref cursor, record.Length - (8 * _shape.Length));
            long index = 0;
            var isInside = true;
            for (var axis = 0; axis < _shape.Length; axis++)
            {
                var place = cursor.Sized(8);
                isInside &= place < (ulong)_grid[axis];
                index = isInside ? (index * _grid[axis]) + (long)place : 0;
            }

            if (isInside)
            {
                Add(index, chunk);
            }
        }
    }

    /// <summary>Address, and of packed chunks their size and mask, in <paramref name="length"/> bytes.</summary>
    private Hdf5Chunk Read(ref Hdf5Cursor cursor, int length)
    {
        var address = cursor.Offset();
        return _isFiltered
            ? new Hdf5Chunk(address, cursor.Sized(Math.Clamp(length - _file.OffsetSize - 4, 0, 8)), cursor.UInt32())
            : new Hdf5Chunk(address, _chunkBytes, 0);
    }

    private void Add(long index, Hdf5Chunk chunk)
    {
        if (chunk.Address == Hdf5File.Nowhere)
        {
            return;
        }

        if (!_chunks.TryAdd(index, chunk))
        {
            throw _file.Damaged("two chunks at one place");
        }
    }

    private InputDataException Missing() => _file.Damaged($"values that were never written ({_chunks.Count} of {Count} chunks are there)");
}
