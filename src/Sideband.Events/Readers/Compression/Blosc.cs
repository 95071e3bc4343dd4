using System.Buffers.Binary;

namespace Sideband.Events.Readers.Compression;

/// <summary>
/// Blosc 1 (README_CHUNK_FORMAT of c-blosc): a header of 16 bytes, the places of the blocks, and blocks that are each packed alone, as a
/// whole or split into one stream for each byte of a number, after shuffling.
/// </summary>
internal static class Blosc
{
    private const int HeaderLength = 16, MostSplits = 16, SmallestSplit = 128;

    // Flags: shuffled by bytes, stored as it is, shuffled by bits, not split.
    private const int Bytes = 1, Stored = 2, Bits = 4, Whole = 16;

    /// <summary>Unpacks a buffer whose unpacked length is known.</summary>
    /// <exception cref="InvalidDataException">Damaged, or packed with snappy.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (packed.Length < HeaderLength || packed[0] > 2 || Number(packed, 4) != unpacked.Length || Number(packed, 12) != packed.Length)
        {
            throw new InvalidDataException("damaged blosc header");
        }

        int flags = packed[2], size = packed[3], blockLength = Number(packed, 8);
        if ((flags & Stored) != 0)
        {
            if (packed.Length - HeaderLength != unpacked.Length)
            {
                throw new InvalidDataException("damaged blosc header");
            }

            packed[HeaderLength..].CopyTo(unpacked);
            return;
        }

        if (unpacked.Length == 0)
        {
            return;
        }

        if (blockLength <= 0 || size == 0)
        {
            throw new InvalidDataException("damaged blosc header");
        }

        blockLength = Math.Min(blockLength, unpacked.Length);
        var isShuffled = ((flags & Bytes) != 0 && size > 1) || (flags & Bits) != 0;
        var shuffled = new byte[isShuffled ? blockLength : 0];
        for (int block = 0, start = 0; start < unpacked.Length; block++, start += blockLength)
        {
            var target = unpacked.Slice(start, Math.Min(blockLength, unpacked.Length - start));
            var place = Number(packed, HeaderLength + (4 * block));
            var source = Part(packed, place, packed.Length - place);
            var isSplit = (flags & Whole) == 0 && size <= MostSplits && blockLength / size >= SmallestSplit && target.Length == blockLength;
            var plain = isShuffled ? shuffled.AsSpan(0, target.Length) : target;
            UnpackBlock(source, plain, isSplit ? size : 1, flags >> 5);
            if ((flags & Bits) != 0)
            {
                BitShuffle.Undo(plain, target, size);
            }
            else if (isShuffled)
            {
                ByteShuffle.Undo(plain, target, size);
            }
        }
    }

    private static void UnpackBlock(ReadOnlySpan<byte> source, Span<byte> target, int splits, int codec)
    {
        var length = target.Length / splits;
        for (var i = 0; i < splits; i++)
        {
            var count = Number(source, 0);
            var stream = Part(source[4..], 0, count);
            source = source[(4 + count)..];
            var part = target.Slice(i * length, length);
            if (count == length)
            {
                stream.CopyTo(part);
                continue;
            }

            switch (codec)
            {
                case 0: BloscLz.Unpack(stream, part); break;
                case 1: Codecs.Lz4(stream, part); break;
                case 3: Codecs.Zlib(stream, part); break;
                case 4: Codecs.Zstd(stream, part); break;
                default:
                    throw new InvalidDataException(
                        codec == 2 ? "blosc with snappy is not read; repack the file" : "damaged blosc header");
            }
        }

        if (length * splits != target.Length)
        {
            throw new InvalidDataException("a blosc block that cannot be split evenly");
        }
    }

    private static ReadOnlySpan<byte> Part(ReadOnlySpan<byte> bytes, int start, int length) =>
        start >= 0 && length >= 0 && start <= bytes.Length && length <= bytes.Length - start
            ? bytes.Slice(start, length)
            : throw new InvalidDataException("a blosc block outside of its buffer");

    private static int Number(ReadOnlySpan<byte> bytes, int at) => at <= bytes.Length - 4
        ? BinaryPrimitives.ReadInt32LittleEndian(bytes[at..])
        : throw new InvalidDataException("a blosc buffer that ends early");
}
