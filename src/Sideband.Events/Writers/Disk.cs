using System.Runtime.InteropServices;

namespace Sideband.Events.Writers;

/// <summary>
/// The one way to the disk for what writes run directories and stores, and reads units. Tests put faults in its way
/// (<see cref="Under"/>): full, denied, cut short, or dead from some operation on.
/// </summary>
public static partial class Disk
{
    // A file is held for an instant by whoever cleans up and looks whether it is.
    private const int Attempts = 500;

    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(10);

    private static readonly AsyncLocal<IDiskFaults?> Faults = new();

    /// <summary>A new file for writing, held against other processes until it is closed.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public static Stream Create(string path)
    {
        Faults.Value?.Before(DiskOperation.Create, path);
        var stream = new FileStream(path, FileMode.CreateNew, FileAccess.Write, FileShare.None, 1 << 16);
        return Faults.Value is { } faults ? new WatchedStream(stream, faults, path) : stream;
    }

    /// <summary>Opens a file that other processes may move or remove meanwhile; waits some seconds while one holds it.</summary>
    /// <exception cref="IOException">It is gone, or cannot be read.</exception>
    public static FileStream OpenRead(string path)
    {
        Faults.Value?.Before(DiskOperation.Read, path);
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                return new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read | FileShare.Delete, 1);
            }
            catch (IOException error) when (attempt < Attempts && IsSharingViolation(error))
            {
                Thread.Sleep(Pause);
            }
        }
    }

    /// <summary>All that was written is on the disk when this returns.</summary>
    public static void Flush(Stream stream, string path)
    {
        Faults.Value?.Before(DiskOperation.Flush, path);
        ((stream as WatchedStream)?.Inner ?? (FileStream)stream).Flush(flushToDisk: true);
    }

    /// <summary>Moves a file over another; when this returns the disk knows of it.</summary>
    public static void Move(string path, string target)
    {
        Faults.Value?.Before(DiskOperation.Move, target);
        File.Move(path, target, overwrite: true);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(target))!);
    }

    /// <summary>Removes a file, if it is there.</summary>
    public static void Delete(string path)
    {
        Faults.Value?.Before(DiskOperation.Delete, path);
        File.Delete(path);
        SyncFolder(Path.GetDirectoryName(Path.GetFullPath(path))!);
    }

    public static void CreateFolder(string path)
    {
        Faults.Value?.Before(DiskOperation.CreateFolder, path);
        Directory.CreateDirectory(path);
    }

    public static void Append(string path, string text)
    {
        Faults.Value?.Before(DiskOperation.Append, path);
        File.AppendAllText(path, text);
    }

    /// <summary>True where a process, here or in another container, holds the file open for writing.</summary>
    internal static bool IsHeld(string path)
    {
        try
        {
            using var stream = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, 1);
            return false;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return true;
        }
    }

    /// <summary>Puts faults in the way of the operations of this flow of control and of the threads that it starts.</summary>
    /// <returns>Takes them away.</returns>
    internal static IDisposable Under(IDiskFaults faults)
    {
        Faults.Value = faults;
        return new Cleared();
    }

    /// <summary>
    /// True where a file could not be opened because another process holds it: EWOULDBLOCK of Linux and macOS, and what Windows calls it.
    /// </summary>
    public static bool IsSharingViolation(IOException error) => error.HResult is 11 or 35 or unchecked((int)0x80070020);

    // A rename is on the disk when its folder is. Some file systems have nothing to sync there and say so; no harm.
    private static void SyncFolder(string folder)
    {
        const int readOnlyFolder = 0x10000 | 0x80000;
        var handle = Open(folder, readOnlyFolder);
        if (handle >= 0)
        {
            _ = Sync(handle);
            _ = Close(handle);
        }
    }

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [LibraryImport("libc", EntryPoint = "fsync")]
    private static partial int Sync(int handle);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int handle);

    private sealed class Cleared : IDisposable
    {
        public void Dispose() => Faults.Value = null;
    }
}

/// <summary>What <see cref="Disk"/> is about to do.</summary>
internal enum DiskOperation
{
    Create,
    Write,
    Flush,
    Move,
    Delete,
    CreateFolder,
    Append,
    Read,
}

/// <summary>Lets an operation be, or throws what the operating system would.</summary>
internal interface IDiskFaults
{
    void Before(DiskOperation operation, string path);

    /// <summary>The number of bytes of a write that reach the file before it fails; as many as there are where it does not.</summary>
    int Written(string path, int count);
}
