using Sideband.Events.Writers;

namespace Sideband.Events;

/// <summary>Reads whole files; what the disk says against it names the file.</summary>
public static class NamedFile
{
    /// <summary>The text of a file.</summary>
    /// <exception cref="InputDataException">It cannot be read: the file, and why.</exception>
    public static string Text(string path) => Read(path, File.ReadAllText);

    /// <summary>The bytes of a file.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static byte[] Bytes(string path) => Read(path, File.ReadAllBytes);

    /// <summary>What <paramref name="read"/> makes of a file.</summary>
    /// <inheritdoc cref="Text" path="/exception"/>
    public static T Read<T>(string path, Func<string, T> read)
    {
        try
        {
            return read(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            var reason = error is FileNotFoundException ? "no such file" : AtomicFile.Reason(error);
            throw new InputDataException($"{path}: cannot be read: {reason}", error);
        }
    }
}
