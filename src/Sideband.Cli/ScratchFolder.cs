using Sideband.Events.Writers;

namespace Sideband.Cli;

/// <summary>A folder of this process alone in $TMPDIR, else /tmp; it goes with the process. Null where there is no room for it.</summary>
internal sealed class ScratchFolder : IDisposable
{
    public ScratchFolder()
    {
        try
        {
            Path = Directory.CreateTempSubdirectory("sideband-").FullName;
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            CommandHost.Warn($"{System.IO.Path.GetTempPath()}: {AtomicFile.Reason(error)}; units go into the store one by one");
        }
    }

    public string? Path { get; }

    public void Dispose()
    {
        if (Path is not null)
        {
            Directory.Delete(Path, recursive: true);
        }
    }
}
