namespace Sideband.Cli;

/// <summary>
/// Gives memory back that nothing holds any more. Large arrays that are dead may take several times what the living ones take before the
/// runtime looks for them by itself; looking costs milliseconds, as arrays of numbers hold no references.
/// </summary>
internal static class MemoryKeeper
{
    /// <summary>Bytes above what lived when it was last looked.</summary>
    private const long Much = 64L << 20;

    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);
    private static int looking;

    /// <summary>Looks until it is disposed of.</summary>
    public static Timer Start() => new(_ => Look(), null, Interval, Interval);

    private static void Look()
    {
        if (Interlocked.Exchange(ref looking, 1) == 1)
        {
            return;
        }

        var then = GC.GetGCMemoryInfo(GCKind.FullBlocking);
        if (GC.GetTotalMemory(forceFullCollection: false) - (then.HeapSizeBytes - then.FragmentedBytes) > Much)
        {
            GC.Collect();
        }

        Volatile.Write(ref looking, 0);
    }
}
