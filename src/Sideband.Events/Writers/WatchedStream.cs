namespace Sideband.Events.Writers;

/// <summary>A file that is written while faults are put in its way.</summary>
internal sealed class WatchedStream(FileStream stream, IDiskFaults faults, string path) : Stream
{
    public FileStream Inner => stream;

    public override bool CanRead => false;

    public override bool CanSeek => true;

    public override bool CanWrite => true;

    public override long Length => stream.Length;

    public override long Position
    {
        get => stream.Position;
        set => stream.Position = value;
    }

    public override void Write(ReadOnlySpan<byte> buffer)
    {
        var written = faults.Written(path, buffer.Length);
        stream.Write(buffer[..written]);
        if (written < buffer.Length)
        {
            stream.Flush();
        }

        faults.Before(DiskOperation.Write, path);
    }

    public override void Write(byte[] buffer, int offset, int count) => Write(buffer.AsSpan(offset, count));

    public override void Flush() => stream.Flush();

    public override int Read(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    public override long Seek(long offset, SeekOrigin origin) => stream.Seek(offset, origin);

    public override void SetLength(long value) => stream.SetLength(value);

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            stream.Dispose();
        }

        base.Dispose(disposing);
    }
}
