using System.Runtime.InteropServices;
using Sideband.Events.Writers;

namespace Sideband.Cli;

/// <summary>
/// SIGINT and SIGTERM, the same in every command: exit code 130. While units are at work the first signal lets them end, so that small
/// products that wait in memory are kept; at any other time, and at a second signal, the process ends at once. Files are written whole or
/// not at all, so that it may.
/// </summary>
internal static class Interruption
{
    // They find what they did before; the others write when they have all of it.
    private static readonly string[] CommandsThatGoOn = ["scan", "work", "collect", "calibrate", "inject", "limit"];

    private static readonly CancellationTokenSource Source = new();
    private static bool _goesOn;
    private static int _units;
    private static volatile bool _patient;
    private static int _received;

    /// <summary>Cancelled by the first signal.</summary>
    public static CancellationToken Token => Source.Token;

    /// <summary>Catches the signals as long as what is returned lives.</summary>
    /// <param name="command">The command that they interrupt.</param>
    public static IReadOnlyList<PosixSignalRegistration> Catch(string? command)
    {
        _goesOn = CommandsThatGoOn.Contains(command);
        return
        [
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Receive),
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Receive),
        ];
    }

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
        Console.Error.WriteLine(_goesOn
            ? "interrupted; what is done is kept, and the same command goes on from there"
            : "interrupted; the same command begins anew");
        return CommandHost.Interrupted;
    }

    private static void Receive(PosixSignalContext context)
    {
        context.Cancel = true;
        var isFirst = Interlocked.Increment(ref _received) == 1;
        if ((isFirst || _patient) && Volatile.Read(ref _units) > 0)
        {
            Source.Cancel();
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
