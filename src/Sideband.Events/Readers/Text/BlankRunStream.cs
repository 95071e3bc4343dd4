namespace Sideband.Events.Readers.Text;

/// <summary>A text in which runs of blanks and tabs become one blank, and those at the beginning of a line go.</summary>
internal sealed class BlankRunStream(Stream text) : ForwardStream
{
    private bool _isBehindBlank = true;

    public override int Read(Span<byte> buffer)
    {
        var kept = 0;
        for (int count; kept == 0 && (count = text.Read(buffer)) > 0;)
        {
            for (var i = 0; i < count; i++)
            {
                var isBlank = buffer[i] is (byte)' ' or (byte)'\t';
                if (!isBlank || !_isBehindBlank)
                {
                    buffer[kept++] = isBlank ? (byte)' ' : buffer[i];
                }

                _isBehindBlank = isBlank || buffer[i] == (byte)'\n';
            }
        }

        return kept;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            text.Dispose();
        }

        base.Dispose(disposing);
    }
}
