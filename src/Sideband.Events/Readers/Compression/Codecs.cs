using System.IO.Compression;
using K4os.Compression.LZ4;
using SharpCompress.Compressors.LZMA;
using ZstdSharp;

namespace Sideband.Events.Readers.Compression;

/// <summary>Unpacks blocks whose unpacked length is known. A block of another length is damaged.</summary>
internal static class Codecs
{
    /// <summary>A zlib stream (RFC 1950); its checksum is compared.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static unsafe void Zlib(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        fixed (byte* bytes = packed)
        {
            using var memory = new UnmanagedMemoryStream(bytes, packed.Length);
            using var stream = new ZLibStream(memory, CompressionMode.Decompress);

            // The checksum is compared when the end is met, which is one read beyond the last byte.
            RequireEnd(stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false), unpacked.Length, stream);
        }
    }

    /// <summary>A block of LZ4 without frame.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static void Lz4(ReadOnlySpan<byte> packed, Span<byte> unpacked) => Require(LZ4Codec.Decode(packed, unpacked), unpacked.Length);

    /// <summary>A frame of Zstandard (RFC 8878).</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static void Zstd(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        using var decompressor = new Decompressor();
        try
        {
            Require(decompressor.Unwrap(packed, unpacked), unpacked.Length);
        }
        catch (ZstdException error)
        {
            throw new InvalidDataException(error.Message, error);
        }
    }

    /// <summary>An LZMA2 stream without container, as it lies in an .xz block.</summary>
    /// <exception cref="InvalidDataException">Damaged.</exception>
    public static unsafe void Lzma2(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        fixed (byte* bytes = packed)
        {
            using var memory = new UnmanagedMemoryStream(bytes, packed.Length);

            // A dictionary of 2^(n/2 + 12) bytes: none larger than the block itself is of use, whatever the stream says.
            var dictionary = (byte)Math.Clamp(2 * (System.Numerics.BitOperations.Log2((uint)Math.Max(unpacked.Length, 1)) - 11), 0, 38);
            try
            {
                using var stream = LzmaStream.Create([dictionary], memory, packed.Length, unpacked.Length, null, true, true);
                Require(stream.ReadAtLeast(unpacked, unpacked.Length, throwOnEndOfStream: false), unpacked.Length);
            }
            catch (Exception error) when (error is not InvalidDataException)
            {
                // The library fails in many ways on damaged streams.
                throw new InvalidDataException($"LZMA: {error.Message}", error);
            }
        }
    }

    private static void RequireEnd(int count, int length, Stream stream)
    {
        Require(count, length);
        if (stream.ReadByte() >= 0)
        {
            throw new InvalidDataException($"more than {length} bytes");
        }
    }

    private static void Require(int count, int length)
    {
        if (count != length)
        {
            throw new InvalidDataException($"{Math.Max(count, 0)} of {length} bytes are there");
        }
    }
}
