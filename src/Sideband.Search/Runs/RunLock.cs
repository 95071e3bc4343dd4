using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Search.Runs;

/// <summary>Holds a run directory for one process; the operating system lets go of it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <summary>Holds the directory; what dead processes left unfinished in it goes.</summary>
    /// <exception cref="ConfigurationException">Another process holds it.</exception>
    /// <exception cref="OutputException">The directory cannot be written.</exception>
    public static RunLock Acquire(RunDirectory directory)
    {
        try
        {
            var held = new RunLock(new FileStream(PathOf(directory), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
            AtomicFile.Clean(directory.Root);
            return held;
        }
        catch (IOException error) when (Disk.IsSharingViolation(error))
        {
            throw new ConfigurationException(
                $"{directory.Root}: another sideband process works in this run directory; wait for it, or give another --out", error);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            throw new OutputException($"{directory.Root}: cannot be written: {AtomicFile.Reason(error)}", error);
        }
    }

    /// <summary>True where a process of this machine, or of one that shares its locks, holds the directory.</summary>
    /// <exception cref="UnauthorizedAccessException">The lock cannot be looked at.</exception>
    public static bool IsHeld(RunDirectory directory)
    {
        try
        {
            using var shared = new FileStream(PathOf(directory), FileMode.Open, FileAccess.Read, FileShare.Read);
            return false;
        }
        catch (FileNotFoundException)
        {
            return false;
        }
        catch (IOException error) when (Disk.IsSharingViolation(error))
        {
            return true;
        }
    }

    public void Dispose() => _file.Dispose();

    private static string PathOf(RunDirectory directory) => Path.Combine(directory.Root, ".lock");
}
