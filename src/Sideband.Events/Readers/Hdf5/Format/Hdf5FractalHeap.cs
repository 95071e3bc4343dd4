using System.Numerics;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>
/// A fractal heap (specification III.G), in which small objects lie in blocks whose sizes double from row to row of a table. Objects
/// are read whole; blocks are not filtered, and objects not larger than a block, in what HDF5 writes for links and attributes.
/// </summary>
internal sealed class Hdf5FractalHeap
{
    private readonly Hdf5File _file;
    private readonly int _offsetSize;
    private readonly int _lengthSize;
    private readonly int _width;
    private readonly ulong _startSize;
    private readonly int _directRows;
    private readonly ulong _root;
    private readonly int _rootRows;

    public Hdf5FractalHeap(Hdf5File file, ulong address)
    {
        _file = file;
        var size = (ulong)(22 + (12 * file.LengthSize) + (3 * file.OffsetSize) + 4);
        var bytes = file.Read(address, size, "FRHP"u8, isChecked: false);
        var cursor = new Hdf5Cursor(file, bytes);
        cursor.Skip(7);
        var filters = cursor.UInt16();
        cursor.Skip(1);
        var largest = cursor.UInt32();
        if (filters != 0)
        {
            throw file.Damaged("a heap of packed links or attributes, which is not read; repack the file with h5repack");
        }

        file.RequireChecksum(bytes, address);
        cursor.Skip((10 * file.LengthSize) + (2 * file.OffsetSize));
        _width = cursor.UInt16();
        _startSize = cursor.Length();
        var direct = cursor.Length();
        var bits = cursor.UInt16();
        cursor.Skip(2);
        _root = cursor.Offset();
        _rootRows = cursor.UInt16();
        _offsetSize = (bits + 7) / 8;
        if (_width == 0 || !BitOperations.IsPow2(_startSize) || !BitOperations.IsPow2(direct) || direct < _startSize || _offsetSize > 8)
        {
            throw file.Damaged($"the heap at {address} has impossible sizes");
        }

        _lengthSize = Hdf5Tree2.SizeOf(Math.Min(direct, largest));
        _directRows = BitOperations.Log2(direct) - BitOperations.Log2(_startSize) + 2;
    }

    /// <summary>An object by its heap identifier.</summary>
    public byte[] Object(ReadOnlySpan<byte> identifier)
    {
        var cursor = new Hdf5Cursor(_file, identifier);
        var flags = cursor.Byte();
        switch ((flags >> 4) & 3)
        {
            case 0:
                return Find(_root, _rootRows, 0, cursor.Sized(_offsetSize), cursor.Sized(_lengthSize), 0);
            case 2:
                return cursor.Take((flags & 0xF) + 1).ToArray();
            default:
                throw _file.Damaged("a link or attribute larger than a block of its heap, which is not read");
        }
    }

    /// <summary>Bytes of a block in a row of the table: s, s, 2s, 4s, 8s, ...</summary>
    private ulong BlockSize(int row) => row < 2 ? _startSize : _startSize << Math.Min(row - 1, 40);

    /// <param name="block">Address of a direct block (no rows) or of an indirect one.</param>
    /// <param name="rows">Rows of the indirect block's table.</param>
    /// <param name="start">Where the block begins in the heap's own addresses.</param>
    /// <param name="offset">Of the object in the heap's own addresses.</param>
    /// <param name="length">Of the object.</param>
    /// <param name="depth">Indirect blocks above.</param>
    private byte[] Find(ulong block, int rows, ulong start, ulong offset, ulong length, int depth)
    {
        if (depth > 8)
        {
            throw _file.Damaged("a heap that is nested too deeply");
        }

        if (rows == 0)
        {
            _file.Read(block, 5, "FHDB"u8, isChecked: false);
            return _file.Read(block + (offset - start), length);
        }

        var head = 5 + _file.OffsetSize + _offsetSize;
        var table = new Hdf5Cursor(
            _file, _file.Read(block, (ulong)(head + (rows * _width * _file.OffsetSize)), "FHIB"u8, isChecked: false));
        table.Skip(head);
        for (var row = 0; row < rows; row++)
        {
            for (var i = 0; i < _width; i++)
            {
                var child = table.Offset();
                var size = BlockSize(row);
                if (offset - start < size)
                {
                    // An indirect child of that size has as many rows as fill it.
                    var childRows = row < _directRows ? 0 : BitOperations.Log2(size / (_startSize * (ulong)_width)) + 1;
                    return Find(child, childRows, start, offset, length, depth + 1);
                }

                start += size;
            }
        }

        throw _file.Damaged("an object outside of its heap");
    }
}
