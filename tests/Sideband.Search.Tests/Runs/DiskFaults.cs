using Sideband.Events.Writers;

namespace Sideband.Search.Tests.Runs;

/// <summary>Faults at one operation of a run on the disk, counted from 0, or from it on.</summary>
/// <param name="at">The operation; a number beyond all of them only counts.</param>
/// <param name="kind">What happens there.</param>
internal sealed class DiskFaults(int at, DiskFault kind) : IDiskFaults
{
    private int _operations;

    /// <summary>Operations that were begun.</summary>
    public int Operations => _operations;

    public void Before(DiskOperation operation, string path)
    {
        var number = Interlocked.Increment(ref _operations) - 1;
        if (number >= at && kind == DiskFault.PowerCut)
        {
            throw new PowerCutException();
        }

        if (number == at)
        {
            // Error numbers of Linux: EINTR, ENOSPC, EMFILE.
            throw kind switch
            {
                DiskFault.Interrupted => new IOException("Interrupted system call", 4),
                DiskFault.Full or DiskFault.ShortWrite => new IOException("No space left on device", 28),
                DiskFault.TooManyFiles => new IOException("Too many open files", 24),
                _ => new UnauthorizedAccessException($"Access to the path '{path}' is denied."),
            };
        }
    }

    public int Written(string path, int count) =>
        Volatile.Read(ref _operations) >= at && kind is DiskFault.ShortWrite or DiskFault.PowerCut ? count / 2 : count;
}

/// <summary>What can go wrong at an operation.</summary>
public enum DiskFault
{
    PowerCut,
    Full,
    ShortWrite,
    Denied,
    Interrupted,
    TooManyFiles,
}

/// <summary>The process is no more: nothing catches it, and no operation after it is done.</summary>
internal sealed class PowerCutException : Exception;
