using System.Buffers.Binary;
using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers.Hdf5.Format;

/// <summary>The filters that a dataset's chunks went through (specification IV.A.2.l), and how they are undone.</summary>
internal sealed class Hdf5Filters
{
    private const int Deflate = 1, Shuffle = 2, Fletcher32 = 3, Blosc = 32001;

    private static readonly Dictionary<int, string> KnownNames = new()
    {
        [4] = "szip",
        [5] = "nbit",
        [6] = "scale-offset",
        [305] = "lzo",
        [307] = "bzip2",
        [32000] = "lzf",
        [32004] = "lz4",
        [32008] = "bitshuffle",
        [32013] = "zfp",
        [32015] = "zstd",
        [32026] = "blosc2",
    };

    private readonly List<int> _filters = [];
    private readonly int _elementSize;
    private byte[] _spare = [];

    /// <param name="file">The file.</param>
    /// <param name="message">The filter pipeline message, or null where nothing is packed.</param>
    /// <param name="elementSize">Bytes of an element, which shuffling must agree with.</param>
    public Hdf5Filters(Hdf5File file, byte[]? message, int elementSize)
    {
        _elementSize = elementSize;
        if (message is null)
        {
            return;
        }

        var cursor = new Hdf5Cursor(file, message);
        int version = cursor.Byte(), count = cursor.Byte();
        if (version is not (1 or 2))
        {
            throw file.Damaged($"a filter pipeline of version {version}");
        }

        cursor.Skip(version == 1 ? 6 : 0);
        for (var i = 0; i < count; i++)
        {
            var id = cursor.UInt16();
            var nameLength = version == 1 || id >= 256 ? cursor.UInt16() : 0;
            cursor.Skip(2);
            var values = new uint[cursor.UInt16()];
            var name = cursor.Take(nameLength);
            for (var v = 0; v < values.Length; v++)
            {
                values[v] = cursor.UInt32();
            }

            cursor.Skip(version == 1 && values.Length % 2 == 1 ? 4 : 0);
            if (id == Shuffle && (values.Length == 0 || values[0] != elementSize))
            {
                throw file.Damaged($"elements of {elementSize} bytes are shuffled as if they had {(values.Length == 0 ? 0 : values[0])}");
            }

            _filters.Add(id);
            if (id is not (Deflate or Shuffle or Fletcher32 or Blosc))
            {
                var known = KnownNames.GetValueOrDefault(id, System.Text.Encoding.UTF8.GetString(name).TrimEnd('\0'));
                Unsupported ??= $"packed with {known} (filter {id}; read are zlib and blosc): repack it with h5repack -f GZIP=6";
            }
        }
    }

    public bool IsEmpty => _filters.Count == 0;

    /// <summary>Why the chunks cannot be unpacked, or null.</summary>
    public string? Unsupported { get; }

    /// <summary>Unpacks a chunk.</summary>
    /// <param name="packed">As it is stored; may be overwritten.</param>
    /// <param name="mask">Bit i set: filter i was left out for this chunk.</param>
    /// <param name="chunk">Receives exactly its length.</param>
    /// <exception cref="InvalidDataException">The chunk is damaged.</exception>
    public void Undo(Memory<byte> packed, uint mask, Span<byte> chunk)
    {
        if (_spare.Length < chunk.Length + 8)
        {
            _spare = new byte[chunk.Length + 8];
        }

        // The last filter that is undone writes into the chunk itself, those before it alternate between two buffers.
        var applied = Enumerable.Range(0, _filters.Count).Reverse().Where(i => (mask & (1u << i)) == 0).ToList();
        var from = packed.Span;
        for (var step = 0; step < applied.Count; step++)
        {
            var id = _filters[applied[step]];
            var isLast = step == applied.Count - 1;
            if (id == Fletcher32)
            {
                from = CheckedPart(from);
                continue;
            }

            // In front of a checksum that is still to be removed the data are four bytes longer.
            var extra = 4 * applied.Skip(step + 1).Count(i => _filters[i] == Fletcher32);
            var to = isLast ? chunk : (from.Overlaps(_spare) ? packed.Span : _spare);
            to = to.Length >= chunk.Length + extra ? to[..(chunk.Length + extra)] : new byte[chunk.Length + extra];
            switch (id)
            {
                case Deflate: Codecs.Zlib(from, to); break;
                case Shuffle: ByteShuffle.Undo(from, to, _elementSize); break;
                default: Compression.Blosc.Unpack(from, to); break;
            }

            from = to;
        }

        if (from.Length != chunk.Length)
        {
            throw new InvalidDataException($"a chunk holds {from.Length} bytes, not {chunk.Length}");
        }

        if (!from.Overlaps(chunk))
        {
            from.CopyTo(chunk);
        }
    }

    private static Span<byte> CheckedPart(Span<byte> bytes)
    {
        if (bytes.Length < 4 || BinaryPrimitives.ReadUInt32LittleEndian(bytes[^4..]) != Hdf5Checksum.Fletcher32(bytes[..^4]))
        {
            throw new InvalidDataException("the checksum of a chunk does not fit");
        }

        return bytes[..^4];
    }
}
