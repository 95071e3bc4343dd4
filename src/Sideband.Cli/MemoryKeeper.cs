using System.Diagnostics;

namespace Sideband.Cli;

/// <summary>
/// Gives memory back that nothing holds any more. Large arrays that are dead may take several times what the living ones take before the
/// runtime looks for them by itself. Looking costs milliseconds, as arrays of numbers hold no references; where much else lives, as in the
/// plan of many experiments, it is done so rarely that it takes a twentieth of the time at most.
/// </summary>
internal static class MemoryKeeper
{
    /// <summary>Bytes above what lived when it was last looked.</summary>
    private const long Much = 32L << 20;

    /// <summary>Times as long as it took to look, in which it is not looked again.</summary>
    private const int Rest = 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static int looking;
    private static TimeSpan rest;
    private static long last = Stopwatch.GetTimestamp();

    /// <summary>Looks until it is disposed of.</summary>
    public static Timer Start() => new(_ => Look(), null, Interval, Interval);

    private static void Look()
    {
        if (Interlocked.Exchange(ref looking, 1) == 1)
        {
            return;
        }

        var then = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        if (Stopwatch.GetElapsedTime(last) > rest
            && GC.GetTotalMemory(forceFullCollection: false) - (then.HeapSizeBytes - then.FragmentedBytes) > Much)
        {
            var start = Stopwatch.GetTimestamp();
            GC.Collect();
            last = Stopwatch.GetTimestamp();
            rest = Rest * Stopwatch.GetElapsedTime(start, last);
        }

        Volatile.Write(ref looking, 0);
    }
}
