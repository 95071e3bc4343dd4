using System.IO.Compression;

namespace Sideband.Events.Readers.Text;

/// <summary>
/// A gzip file's text (RFC 1952, one member or more). The runtime's stream ends in silence where a file is cut short; therefore a member
/// that holds one zero byte is put behind the file's end, and must come out last.
/// </summary>
internal sealed class GzipTextStream : ForwardStream
{
    private static readonly byte[] EndMark = Pack([0]);
    private readonly FileStream _file;
    private readonly GZipStream _unpacked;
    private int _held = -1;
    private int _markAt;

    public GzipTextStream(FileStream file)
    {
        _file = file;
        _unpacked = new GZipStream(new Packed(this), CompressionMode.Decompress);
    }

    /// <summary>All but the last byte, which is the mark.</summary>
    /// <exception cref="InvalidDataException">Damaged or cut short.</exception>
    public override int Read(Span<byte> buffer)
    {
        if (buffer.Length == 0)
        {
            return 0;
        }

        if (_held < 0)
        {
            _held = _unpacked.ReadByte();
        }

        // The byte held back goes first, and the last one read is held back instead.
        var count = _unpacked.Read(buffer);
        if (count == 0)
        {
            return _held == 0 && _markAt == EndMark.Length ? 0 : throw new InvalidDataException("the gzip file ends early");
        }

        var last = buffer[count - 1];
        buffer[..(count - 1)].CopyTo(buffer[1..]);
        buffer[0] = (byte)_held;
        _held = last;
        return count;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _unpacked.Dispose();
            _file.Dispose();
        }

        base.Dispose(disposing);
    }

    private static byte[] Pack(byte[] bytes)
    {
        var memory = new MemoryStream();
        using (var stream = new GZipStream(memory, CompressionLevel.Fastest))
        {
            stream.Write(bytes);
        }

        return memory.ToArray();
    }

    /// <summary>The file, and the mark behind it.</summary>
    private sealed class Packed(GzipTextStream owner) : ForwardStream
    {
        public override int Read(Span<byte> buffer)
        {
            var count = owner._file.Read(buffer);
            if (count > 0 || owner._markAt == EndMark.Length)
            {
                return count;
            }

            count = Math.Min(buffer.Length, EndMark.Length - owner._markAt);
            EndMark.AsSpan(owner._markAt, count).CopyTo(buffer);
            owner._markAt += count;
            return count;
        }
    }
}
