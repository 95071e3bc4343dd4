using System.Globalization;
using Sideband.Events.Writers;

namespace Sideband.Search.Runs;

/// <summary>Appends lines with their time to log.txt. One line a call, so that a killed run loses none.</summary>
public sealed class RunLog(RunDirectory directory)
{
    private readonly Lock _gate = new();

    public void Write(string line)
    {
        lock (_gate)
        {
            Disk.Append(
                directory.LogFile,
                string.Create(CultureInfo.InvariantCulture, $"{DateTimeOffset.UtcNow.UtcDateTime:yyyy-MM-dd'T'HH:mm:ss'Z'} {line}\n"));
        }
    }
}
