using Sideband.Events;

namespace Sideband.Search.Runs;

/// <summary>Holds a run directory for one process; the operating system lets go of it when the process ends, however it ends.</summary>
public sealed class RunLock : IDisposable
{
    private readonly FileStream _file;

    private RunLock(FileStream file) => _file = file;

    /// <exception cref="ConfigurationException">Another process holds it.</exception>
    public static RunLock Acquire(RunDirectory directory)
    {
        var path = Path.Combine(directory.Root, ".lock");
        try
        {
            return new RunLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException error) when (File.Exists(path))
        {
            throw new ConfigurationException(
                $"{directory.Root}: another sideband process works in this run directory; wait for it, or give another --out", error);
        }
    }

    public void Dispose() => _file.Dispose();
}
