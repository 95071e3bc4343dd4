namespace Sideband.Events.Readers.Numpy;

/// <summary>A stream of equally long rows, from which some fields are taken.</summary>
internal sealed class NpyLane : IDisposable
{
    private readonly string _label;
    private readonly Stream _stream;
    private readonly int _stride;
    private readonly IReadOnlyList<(NpyField Field, int Place)> _fields;
    private byte[] _buffer = [];

    /// <param name="label">File or entry, named in errors.</param>
    /// <param name="stream">At the first element; owned.</param>
    /// <param name="skip">Bytes to leave out.</param>
    /// <param name="stride">Bytes of a row.</param>
    /// <param name="fields">What to take, and where in the batch to put it.</param>
    public NpyLane(string label, Stream stream, long skip, int stride, IReadOnlyList<(NpyField Field, int Place)> fields)
    {
        (_label, _stream, _stride, _fields) = (label, stream, stride, fields);
        if (stream.CanSeek)
        {
            stream.Seek(skip, SeekOrigin.Current);
            return;
        }

        var scratch = new byte[1 << 16];
        for (var left = skip; left > 0;)
        {
            var wanted = (int)Math.Min(left, scratch.Length);
            NpyBytes.Fill(stream, scratch.AsSpan(0, wanted), label);
            left -= wanted;
        }
    }

    /// <summary>Reads the next rows into the batch.</summary>
    /// <exception cref="InputDataException">The file ends before; a bool that is neither 0 nor 1.</exception>
    public void Read(int count, double[][] batch)
    {
        var bytes = count * _stride;
        if (_buffer.Length < bytes)
        {
            _buffer = new byte[bytes];
        }

        NpyBytes.Fill(_stream, _buffer.AsSpan(0, bytes), _label);
        foreach (var (field, place) in _fields)
        {
            try
            {
                field.Number!.Value.Extract(_buffer.AsSpan(field.Offset), _stride, batch[place].AsSpan(0, count));
            }
            catch (InvalidDataException error)
            {
                throw new InputDataException($"{_label}{(field.Name.Length > 0 ? $", field '{field.Name}'" : "")}: {error.Message}", error);
            }
        }
    }

    /// <summary>Reads what is left, so that the checksum of an archive's entry is compared.</summary>
    /// <exception cref="InputDataException">Damaged.</exception>
    public void Finish() => NpyBytes.Finish(_stream, _label);

    public void Dispose() => _stream.Dispose();
}
