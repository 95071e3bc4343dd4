using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace Sideband.Events.Writers;

/// <summary>
/// Writes a file so that other processes, and a run that goes on after a kill, see the old content or the new, never a part.
/// </summary>
public static partial class AtomicFile
{
    // Whoever cleans may take a temporary file in the moment between its creation and its being held.
    private const int Attempts = 4;

    private static readonly ConcurrentDictionary<string, bool> Begun = new();

    /// <summary>
    /// Calls <paramref name="write"/> on a temporary file in the same folder, flushes it to the disk and renames it. On failure the
    /// temporary file goes and an older file of that name stays.
    /// </summary>
    /// <param name="path">The file.</param>
    /// <param name="write">Writes the content; may be called again on a fresh file.</param>
    /// <exception cref="OutputException">The file cannot be written: full disk, no permission, no such folder.</exception>
    public static void Write(string path, Action<Stream> write)
    {
        try
        {
            for (var attempt = 1; !TryWrite(path, write, isLast: attempt == Attempts); attempt++)
            {
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "cannot be written", error);
        }
    }

    /// <summary>Removes what this process has begun to write, before it ends in the midst of it.</summary>
    public static void Abandon()
    {
        foreach (var path in Begun.Keys)
        {
            File.Delete(path);
        }
    }

    /// <summary>Removes a file, if it is there.</summary>
    /// <exception cref="OutputException">It cannot be removed.</exception>
    public static void Delete(string path)
    {
        try
        {
            if (File.Exists(path))
            {
                Disk.Delete(path);
            }
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "cannot be removed", error);
        }
    }

    /// <summary>Makes a folder, if it is not there.</summary>
    /// <exception cref="OutputException">It cannot be made.</exception>
    public static void CreateFolder(string path)
    {
        try
        {
            Disk.CreateFolder(path);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw Failed(path, "the folder cannot be made", error);
        }
    }

    /// <summary>Removes temporary files of a folder whose writers are dead: those that no process, in whatever container, holds.</summary>
    public static void Clean(string folder)
    {
        if (!Directory.Exists(folder))
        {
            return;
        }

        foreach (var path in Directory.EnumerateFiles(folder, "*.tmp").Where(path => IsTemporary(path) && !Disk.IsHeld(path)))
        {
            try
            {
                Disk.Delete(path);
            }
            catch (Exception error) when (error is IOException or UnauthorizedAccessException)
            {
                // Somebody else's folder: what is there stays.
            }
        }
    }

    /// <summary>True for a name that <see cref="Write"/> gives to a file that is not whole yet.</summary>
    public static bool IsTemporary(string path) => TemporaryName().IsMatch(path);

    private static bool TryWrite(string path, Action<Stream> write, bool isLast)
    {
        // Distinct for each writing, on whatever machine or in whatever container, so that two that write one file do not mix their bytes.
        var temporary = $"{path}.{Guid.NewGuid():N}.tmp";
        Stream stream;
        try
        {
            stream = Disk.Create(temporary);
        }
        catch (IOException error) when (error is not DirectoryNotFoundException && File.Exists(temporary) && !isLast)
        {
            return false;
        }

        Begun[temporary] = true;
        try
        {
            using (stream)
            {
                write(stream);
                Disk.Flush(stream, path);
            }

            // Held no longer: a reader would be refused what has its name already. Whoever cleans may take it now: it is written again.
            Disk.Move(temporary, path);
            return true;
        }
        catch (FileNotFoundException) when (!isLast)
        {
            return false;
        }
        finally
        {
            if (File.Exists(temporary))
            {
                Disk.Delete(temporary);
            }

            Begun.TryRemove(temporary, out _);
        }
    }

    // A folder that is there and takes no file (/proc) calls the new file one that it cannot find, by its temporary name.
    private static OutputException Failed(string path, string what, Exception error) => new(
        $"{path}: {what}: "
        + (error is FileNotFoundException ? "no file can be made there" : InTheMidst().Replace(Reason(error), "")),
        error);

    /// <summary>Why the disk refused, in words.</summary>
    public static string Reason(Exception error)
    {
        // On Linux the error number of the failed call is kept in HResult.
        const int noSpace = 28, quotaExceeded = 122, readOnly = 30, tooManyOfProcess = 24, tooManyOfSystem = 23;
        return error switch
        {
            DirectoryNotFoundException => "no such folder",
            UnauthorizedAccessException => "permission denied",
            { HResult: noSpace } => "no space left on device",
            { HResult: quotaExceeded } => "disk quota exceeded",
            { HResult: readOnly } => "the file system is read-only",
            { HResult: tooManyOfProcess or tooManyOfSystem } => "too many open files (ulimit -n)",
            _ => error.Message.ReplaceLineEndings(" "),
        };
    }

    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp$", RegexOptions.CultureInvariant)]
    private static partial Regex TemporaryName();

    [GeneratedRegex(@"\.[0-9a-f]{32}\.tmp\b", RegexOptions.CultureInvariant)]
    private static partial Regex InTheMidst();
}
