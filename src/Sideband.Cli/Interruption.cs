using System.Runtime.InteropServices;
using Sideband.Events.Writers;

namespace Sideband.Cli;

/// <summary>
/// SIGINT and SIGTERM, the same in every command: exit code 130. While units are at work the first signal lets them end, so that small
/// products that wait in memory are kept; at any other time, and at a second signal, the process ends at once. Files are written whole or
/// not at all, so that it may.
/// </summary>
internal sealed class Interruption : IDisposable
{
    private static int _units;
    private static volatile bool _patient;

    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _signals;
    private int _received;

    public Interruption() => _signals =
    [
        .. new[] { PosixSignal.SIGINT, PosixSignal.SIGTERM }.Select(signal => PosixSignalRegistration.Create(signal, Receive)),
    ];

    /// <summary>Cancelled by the first signal.</summary>
    public CancellationToken Token => _source.Token;

    /// <summary>Units are at work until what is returned is disposed of: they see the token.</summary>
    public static IDisposable WhileUnitsRun()
    {
        Interlocked.Increment(ref _units);
        return new Ended();
    }

    /// <summary>
    /// Signals after the first say nothing new while units are at work: a batch system sends one to a script and to all that it started.
    /// </summary>
    public static void HeedOnlyTheFirst() => _patient = true;

    /// <summary>Tells what an interruption means.</summary>
    /// <returns>The exit code.</returns>
    public static int Tell()
    {
        Console.Error.WriteLine("interrupted; what is done is kept, and the same command goes on from there");
        return CommandHost.Interrupted;
    }

    public void Dispose()
    {
        foreach (var signal in _signals)
        {
            signal.Dispose();
        }

        _source.Dispose();
    }

    private void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        var isFirst = Interlocked.Increment(ref _received) == 1;
        if ((isFirst || _patient) && Volatile.Read(ref _units) > 0)
        {
            _source.Cancel();
            return;
        }

        AtomicFile.Abandon();
        Environment.Exit(Tell());
    }

    private sealed class Ended : IDisposable
    {
        public void Dispose() => Interlocked.Decrement(ref _units);
    }
}
