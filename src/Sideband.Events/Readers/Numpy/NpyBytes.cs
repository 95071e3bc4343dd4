namespace Sideband.Events.Readers.Numpy;

/// <summary>Reads the bytes of an array from a file or from an archive, whose checksums are compared on the way.</summary>
internal static class NpyBytes
{
    /// <summary>Fills <paramref name="bytes"/>.</summary>
    /// <param name="stream">Read forwards.</param>
    /// <param name="bytes">What to fill.</param>
    /// <param name="label">File or array, named in errors.</param>
    /// <param name="early">What is said where the stream ends before.</param>
    /// <exception cref="InputDataException">Damaged, or cut short.</exception>
    public static void Fill(Stream stream, Span<byte> bytes, string label, string early = "cut short: fewer rows than its header says")
    {
        if (Read(stream, bytes, label) < bytes.Length)
        {
            throw new InputDataException($"{label}: {early}");
        }
    }

    /// <summary>Reads what is left, since the checksum of an archive's entry is compared at its end.</summary>
    /// <exception cref="InputDataException">Damaged.</exception>
    public static void Finish(Stream stream, string label)
    {
        Span<byte> scratch = stackalloc byte[stream.CanSeek ? 0 : 1 << 12];
        while (Read(stream, scratch, label) > 0)
        {
        }
    }

    private static int Read(Stream stream, Span<byte> bytes, string label)
    {
        try
        {
            return stream.ReadAtLeast(bytes, bytes.Length, throwOnEndOfStream: false);
        }
        catch (InvalidDataException error)
        {
            throw new InputDataException($"{label}: damaged: {error.Message}", error);
        }
    }
}
