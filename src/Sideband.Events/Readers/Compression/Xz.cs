using System.Buffers.Binary;
using System.IO.Hashing;

namespace Sideband.Events.Readers.Compression;

/// <summary>
/// The .xz container (tukaani.org/xz/xz-file-format.txt) of one block with the LZMA2 filter, as ROOT writes it. The container is taken
/// apart here, so that the memory taken follows from the block's known length and never from a dictionary size in the file.
/// </summary>
internal static class Xz
{
    private const int HeaderLength = 12, Lzma2Filter = 0x21, Crc32Check = 1;

    private static ReadOnlySpan<byte> Magic => [0xFD, (byte)'7', (byte)'z', (byte)'X', (byte)'Z', 0];

    /// <exception cref="InvalidDataException">Damaged, or with another filter.</exception>
    public static void Unpack(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (packed.Length < HeaderLength + 8 || !packed.StartsWith(Magic))
        {
            throw new InvalidDataException("no xz stream");
        }

        var check = packed[7] & 0xF;
        var headerLength = (packed[HeaderLength] + 1) * 4;
        if (packed[HeaderLength] == 0 || headerLength > packed.Length - HeaderLength)
        {
            throw new InvalidDataException("an xz block that ends early");
        }

        RequireLzma2(packed.Slice(HeaderLength, headerLength));
        var data = packed[(HeaderLength + headerLength)..];
        var (length, unpackedLength) = Measure(data);
        if (unpackedLength != unpacked.Length)
        {
            throw new InvalidDataException($"{unpackedLength} of {unpacked.Length} bytes are there");
        }

        Codecs.Lzma2(data[..length], unpacked);
        var behind = (length + 3) / 4 * 4;
        if (check == Crc32Check
            && (behind + 4 > data.Length || BinaryPrimitives.ReadUInt32LittleEndian(data[behind..]) != Crc32.HashToUInt32(unpacked)))
        {
            throw new InvalidDataException("the checksum of an xz block does not fit");
        }
    }

    /// <summary>The block header: its length, flags, the two lengths where they are given, and one filter.</summary>
    private static void RequireLzma2(ReadOnlySpan<byte> header)
    {
        var at = 2;
        for (var optional = header[1] >> 6; optional > 0; optional >>= 1)
        {
            for (; (optional & 1) != 0 && at < header.Length - 1 && (header[at] & 0x80) != 0; at++)
            {
            }

            at += optional & 1;
        }

        if ((header[1] & 3) != 0 || at >= header.Length || header[at] != Lzma2Filter)
        {
            throw new InvalidDataException("an xz block with filters other than LZMA2");
        }
    }

    /// <summary>Bytes of the LZMA2 chunks up to and with their end mark, and of what they unpack to.</summary>
    private static (int Length, long Unpacked) Measure(ReadOnlySpan<byte> data)
    {
        long unpacked = 0;
        for (var at = 0; at < data.Length;)
        {
            int control = data[at];
            if (control == 0)
            {
                return (at + 1, unpacked);
            }

            var isPacked = control >= 0x80;
            if (at + 6 > data.Length || (!isPacked && control > 2))
            {
                break;
            }

            int first = BinaryPrimitives.ReadUInt16BigEndian(data[(at + 1)..]) + 1;
            unpacked += isPacked ? ((control & 0x1F) << 16) + first : first;
            at += isPacked ? 5 + (control >= 0xC0 ? 1 : 0) + BinaryPrimitives.ReadUInt16BigEndian(data[(at + 3)..]) + 1 : 3 + first;
        }

        throw new InvalidDataException("an LZMA2 stream that ends early");
    }
}
