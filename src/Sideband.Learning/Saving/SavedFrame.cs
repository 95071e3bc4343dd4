using System.Buffers.Binary;
using System.Text;
using Sideband.Numerics;

namespace Sideband.Learning.Saving;

/// <summary>
/// The frame of a saved learner: a mark of four letters, a version, the payload's length, the payload and the first eight bytes of its
/// SHA-256. Little-endian. Frames may follow each other in one stream: reading takes the bytes of one frame.
/// </summary>
/// <param name="Mark">Tells this kind from others.</param>
/// <param name="Version">Changes with the payload's layout.</param>
/// <param name="Name">What is saved, for messages: "tree ensemble".</param>
internal sealed record SavedFrame(uint Mark, int Version, string Name)
{
    private const int HeaderBytes = 12;
    private const int ChecksumBytes = 8;
    private const int FirstChunk = 1 << 16;

    /// <summary>Writes a frame whose payload is what <paramref name="write"/> writes.</summary>
    public void Write(Stream stream, Action<BinaryWriter> write)
    {
        using var payload = new MemoryStream();
        using var writer = new BinaryWriter(payload, Encoding.UTF8, leaveOpen: true);
        write(writer);
        writer.Flush();
        Write(stream, payload.GetBuffer().AsSpan(0, (int)payload.Length));
    }

    /// <summary>Writes a frame around a payload.</summary>
    public void Write(Stream stream, ReadOnlySpan<byte> payload)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        BinaryPrimitives.WriteUInt32LittleEndian(header, Mark);
        BinaryPrimitives.WriteInt32LittleEndian(header[4..], Version);
        BinaryPrimitives.WriteInt32LittleEndian(header[8..], payload.Length);
        stream.Write(header);
        stream.Write(payload);
        stream.Write(Checksum(payload));
    }

    /// <summary>Reads the frame that begins here; see <see cref="ReadPayload"/>.</summary>
    public PayloadReader Read(Stream stream) => new(ReadPayload(stream), Name);

    /// <summary>The payload of the frame that begins here, as it was written.</summary>
    /// <exception cref="InvalidDataException">Another kind, another version, a stream that ends too early, or changed bytes.</exception>
    public byte[] ReadPayload(Stream stream)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        var found = stream.ReadAtLeast(header, HeaderBytes, throwOnEndOfStream: false);
        if (found >= 4 && BinaryPrimitives.ReadUInt32LittleEndian(header) != Mark)
        {
            throw new InvalidDataException($"not a saved {Name}");
        }

        if (found < HeaderBytes)
        {
            throw TooShort();
        }

        var version = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
        if (version != Version)
        {
            throw new InvalidDataException($"a saved {Name} of version {version}; this program reads version {Version}");
        }

        var payload = ReadBytes(stream, BinaryPrimitives.ReadInt32LittleEndian(header[8..]));
        Span<byte> checksum = stackalloc byte[ChecksumBytes];
        return stream.ReadAtLeast(checksum, ChecksumBytes, throwOnEndOfStream: false) < ChecksumBytes ? throw TooShort()
            : checksum.SequenceEqual(Checksum(payload)) ? payload
            : throw new InvalidDataException($"a saved {Name} whose bytes were changed: its checksum does not fit");
    }

    // Memory grows with the bytes that are there, not with the length that a damaged header claims.
    private byte[] ReadBytes(Stream stream, int length)
    {
        if (length < 0)
        {
            throw new InvalidDataException($"a saved {Name} of a negative length");
        }

        var payload = new byte[Math.Min(length, FirstChunk)];
        for (var filled = 0; filled < length;)
        {
            if (filled == payload.Length)
            {
                Array.Resize(ref payload, (int)Math.Min(length, 2L * payload.Length));
            }

            var count = stream.Read(payload, filled, payload.Length - filled);
            filled += count > 0 ? count : throw TooShort();
        }

        return payload;
    }

    private static ReadOnlySpan<byte> Checksum(ReadOnlySpan<byte> payload) => PortableSha256.HashData(payload).AsSpan(0, ChecksumBytes);

    private InvalidDataException TooShort() => new($"a saved {Name} ends too early");
}
