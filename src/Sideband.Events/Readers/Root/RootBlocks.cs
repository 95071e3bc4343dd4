using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text;
using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers.Root;

/// <summary>
/// Packed objects are a chain of blocks, each with nine bytes before it: two letters for the codec, a method, and the packed and the
/// unpacked length of three bytes each, least significant first.
/// </summary>
internal static class RootBlocks
{
    private const int HeaderLength = 9, ChecksumLength = 8;

    /// <summary>Unpacks an object of known length; one that is as long as its packed bytes is not packed.</summary>
    /// <param name="file">Named in errors.</param>
    /// <param name="packed">All blocks.</param>
    /// <param name="length">Bytes of the object.</param>
    /// <exception cref="InputDataException">Damaged, or packed by a codec that is not read.</exception>
    public static byte[] Unpack(string file, byte[] packed, int length)
    {
        if (length == packed.Length)
        {
            return packed;
        }

        // The lengths are added up before memory is taken.
        long total = 0;
        for (long at = 0; at < packed.Length; at += HeaderLength + Number(packed, at + 3, file))
        {
            total += Number(packed, at + 6, file);
        }

        if (total != length || !PackedLength.IsPlausible(packed.Length, length))
        {
            throw RootCursor.Damaged(file, $"{packed.Length} packed bytes that hold {total} should hold {length}");
        }

        var unpacked = new byte[length];
        for (int at = 0, to = 0; at < packed.Length;)
        {
            int packedLength = Number(packed, at + 3, file), blockLength = Number(packed, at + 6, file);
            if (packedLength > packed.Length - at - HeaderLength)
            {
                throw RootCursor.Damaged(file, "a packed block that ends early");
            }

            Unpack(file, packed.AsSpan(at, 2), packed.AsSpan(at + HeaderLength, packedLength), unpacked.AsSpan(to, blockLength));
            at += HeaderLength + packedLength;
            to += blockLength;
        }

        return unpacked;
    }

    private static void Unpack(string file, ReadOnlySpan<byte> codec, ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        var name = Encoding.Latin1.GetString(codec);
        try
        {
            switch (name)
            {
                case "ZL": Codecs.Zlib(packed, unpacked); break;
                case "XZ": Xz.Unpack(packed, unpacked); break;
                case "ZS": Codecs.Zstd(packed, unpacked); break;
                case "L4": UnpackLz4(packed, unpacked); break;
                case "CS":
                    throw new InputDataException(
                        $"{file}: packed by ROOT's codec of before 2002 ('CS'), which is not read; copy the file with hadd");
                default:
                    throw RootCursor.Damaged(file, $"a block packed by an unknown codec ({TabularFormats.Describe(codec)})");
            }
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException(
                $"{file}: the ROOT file is cut short or damaged: a block of {name} cannot be unpacked: {error.Message}", error);
        }
    }

    private static void UnpackLz4(ReadOnlySpan<byte> packed, Span<byte> unpacked)
    {
        if (packed.Length < ChecksumLength
            || BinaryPrimitives.ReadUInt64BigEndian(packed) != XxHash64.HashToUInt64(packed[ChecksumLength..]))
        {
            throw new InvalidDataException("the checksum does not fit");
        }

        Codecs.Lz4(packed[ChecksumLength..], unpacked);
    }

    private static int Number(byte[] bytes, long at, string file) => at + 3 <= bytes.Length
        ? bytes[at] | (bytes[at + 1] << 8) | (bytes[at + 2] << 16)
        : throw RootCursor.Damaged(file, "a packed block that ends early");
}
