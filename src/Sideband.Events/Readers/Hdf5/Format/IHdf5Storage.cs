using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>Where the values of a dataset lie.</summary>
internal interface IHdf5Storage
{
    /// <summary>One row or more, up to <paramref name="wanted"/>, from <paramref name="row"/> on; valid until the next call.</summary>
    /// <exception cref="InvalidDataException">A chunk that cannot be unpacked.</exception>
    ReadOnlySpan<byte> Read(long row, int wanted);
}

/// <summary>Values in one piece: in the object header itself (compact), or elsewhere in the file (contiguous).</summary>
/// <param name="file">The file.</param>
/// <param name="address">Null for a compact dataset.</param>
/// <param name="bytes">All values of a compact dataset; room for some rows of a contiguous one.</param>
/// <param name="rowBytes">Bytes of a row.</param>
internal sealed class Hdf5Block(Hdf5File file, ulong? address, byte[] bytes, int rowBytes) : IHdf5Storage
{
    public ReadOnlySpan<byte> Read(long row, int wanted)
    {
        if (address is null)
        {
            return bytes.AsSpan((int)(row * rowBytes), wanted * rowBytes);
        }

        var piece = bytes.AsSpan(0, Math.Min(wanted, bytes.Length / rowBytes) * rowBytes);
        file.Read(address.Value + (ulong)(row * rowBytes), piece);
        return piece;
    }
}

/// <summary>
/// Values in chunks. The chunks that hold a row are unpacked together and kept, so that each is unpacked once when rows are read in order.
/// </summary>
internal sealed class Hdf5Chunks : IHdf5Storage
{
    private readonly Hdf5File _file;
    private readonly Hdf5Filters _filters;
    private readonly Hdf5Chunk[] _chunks;
    private readonly int _rowsOfChunk;
    private readonly int _rowBytes;
    private readonly int _chunkRowBytes;
    private readonly int _across;
    private byte[] _packed = [];
    private byte[] _chunk = [];
    private byte[] _rows = [];
    private long _held = -1;

    /// <param name="file">The file.</param>
    /// <param name="filters">What each chunk went through.</param>
    /// <param name="chunks">In row-major order.</param>
    /// <param name="space">One axis or two.</param>
    /// <param name="shape">Elements of a chunk along each axis.</param>
    /// <param name="elementSize">Bytes of an element.</param>
    /// <exception cref="InputDataException">Chunks too small for what they should hold.</exception>
    public Hdf5Chunks(Hdf5File file, Hdf5Filters filters, Hdf5Chunk[] chunks, Hdf5Space space, long[] shape, int elementSize)
    {
        (_file, _filters, _chunks) = (file, filters, chunks);
        _rowsOfChunk = (int)shape[0];
        var width = space.Dimensions.Count > 1 ? space.Dimensions[1] : 1;
        var chunkWidth = space.Dimensions.Count > 1 ? shape[1] : 1;
        _rowBytes = (int)width * elementSize;
        _chunkRowBytes = (int)chunkWidth * elementSize;
        _across = (int)((width + chunkWidth - 1) / chunkWidth);
        var bytes = (long)_rowsOfChunk * _chunkRowBytes;
        if (!chunks.All(chunk => PackedLength.IsPlausible((long)chunk.Size, bytes)))
        {
            throw file.Damaged($"chunks of {bytes} bytes, packed into far fewer");
        }
    }

    public ReadOnlySpan<byte> Read(long row, int wanted)
    {
        var piece = row / _rowsOfChunk;
        if (piece != _held)
        {
            _held = -1;
            Unpack(piece);
            _held = piece;
        }

        var first = (int)(row % _rowsOfChunk);
        return _rows.AsSpan(first * _rowBytes, Math.Min(wanted, _rowsOfChunk - first) * _rowBytes);
    }

    private void Unpack(long piece)
    {
        Grow(ref _rows, _rowsOfChunk * _rowBytes);
        for (var i = 0; i < _across; i++)
        {
            var chunk = _chunks[(piece * _across) + i];
            if (_across == 1 && _chunkRowBytes == _rowBytes)
            {
                Unpack(chunk, _rows.AsSpan(0, _rowsOfChunk * _rowBytes));
                return;
            }

            Grow(ref _chunk, _rowsOfChunk * _chunkRowBytes);
            Unpack(chunk, _chunk.AsSpan(0, _rowsOfChunk * _chunkRowBytes));
            var at = i * _chunkRowBytes;
            var length = Math.Min(_chunkRowBytes, _rowBytes - at);
            for (var row = 0; row < _rowsOfChunk; row++)
            {
                _chunk.AsSpan(row * _chunkRowBytes, length).CopyTo(_rows.AsSpan((row * _rowBytes) + at));
            }
        }
    }

    private void Unpack(Hdf5Chunk chunk, Span<byte> target)
    {
        if (_filters.IsEmpty)
        {
            if (chunk.Size != (ulong)target.Length)
            {
                throw new InvalidDataException($"a chunk holds {chunk.Size} bytes, not {target.Length}");
            }

            _file.Read(chunk.Address, target);
            return;
        }

        Grow(ref _packed, checked((int)Math.Max(chunk.Size, (ulong)target.Length + 8)));
        var packed = _packed.AsMemory(0, (int)chunk.Size);
        _file.Read(chunk.Address, packed.Span);
        _filters.Undo(packed, chunk.Mask, target);
    }

    private static void Grow(ref byte[] buffer, int length)
    {
        if (buffer.Length < length)
        {
            buffer = new byte[length];
        }
    }
}
