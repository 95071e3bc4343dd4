namespace Sideband.Events.Writers;

/// <summary>
/// Writes a file so that other processes, and a run that goes on after a kill, see the old content or the new, never a part.
/// </summary>
public static class AtomicFile
{
    /// <summary>
    /// Calls <paramref name="write"/> on a temporary file in the same folder, flushes it to the disk and renames it. On failure the
    /// temporary file goes and an older file of that name stays.
    /// </summary>
    /// <exception cref="OutputException">The file cannot be written: full disk, no permission, no such folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        var temporary = TemporaryName(path);
        try
        {
            using (var stream = new FileStream(temporary, FileMode.Create, FileAccess.Write, FileShare.None, 1 << 16))
            {
                write(stream);
                stream.Flush(flushToDisk: true);
            }

            File.Move(temporary, path, overwrite: true);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{path}: cannot be written: {Reason(error)}", error);
        }
        finally
        {
            if (File.Exists(temporary))
            {
                File.Delete(temporary);
            }
        }
    }

    /// <summary>
    /// Distinct for each writing, on whatever machine or in whatever container, so that two that write one file do not mix their bytes.
    /// </summary>
    private static string TemporaryName(string path) => $"{path}.{Guid.NewGuid():N}.tmp";

    private static string Reason(Exception error)
    {
        // On Linux the error number of the failed call is kept in HResult.
        const int noSpace = 28, quotaExceeded = 122;
        return error switch
        {
            DirectoryNotFoundException => "no such folder",
            UnauthorizedAccessException => "permission denied",
            { HResult: noSpace } => "no space left on device",
            { HResult: quotaExceeded } => "disk quota exceeded",
            _ => error.Message.ReplaceLineEndings(" "),
        };
    }
}
