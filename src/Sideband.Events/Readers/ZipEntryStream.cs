using System.IO.Compression;
using System.IO.Hashing;
using Sideband.Events.Readers.Compression;

namespace Sideband.Events.Readers;

/// <summary>
/// An entry of a zip archive, read forwards. Its length and checksum are compared with the archive's when the end is reached.
/// </summary>
internal sealed class ZipEntryStream : ForwardStream
{
    private readonly Stream _stream;
    private readonly uint _expected;
    private readonly Crc32 _crc = new();
    private long _position;

    /// <exception cref="InvalidDataException">A length that the packed bytes cannot have, or an unknown packing.</exception>
    public ZipEntryStream(ZipArchiveEntry entry)
    {
        (Length, _expected) = (entry.Length, entry.Crc32);
        if (!PackedLength.IsPlausible(entry.CompressedLength, Length))
        {
            throw new InvalidDataException($"{entry.CompressedLength} bytes cannot hold {Length}");
        }

        _stream = entry.Open();
    }

    /// <summary>Bytes as the archive says.</summary>
    public override long Length { get; }

    /// <exception cref="InvalidDataException">Damaged.</exception>
    public override int Read(Span<byte> buffer)
    {
        var count = _stream.Read(buffer);
        _crc.Append(buffer[..count]);
        _position += count;
        if (count == 0 && buffer.Length > 0 && (_position != Length || _crc.GetCurrentHashAsUInt32() != _expected))
        {
            throw new InvalidDataException(_position != Length ? $"{_position} of {Length} bytes are there" : "the checksum does not fit");
        }

        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
