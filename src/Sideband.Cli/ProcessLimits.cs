using System.Runtime.InteropServices;

namespace Sideband.Cli;

/// <summary>
/// Limits below which the runtime itself fails, without a word or with a dump: it opens a file for each library. Uses nothing but the core
/// library and C calls that need no marshalling, because nothing else can be loaded then.
/// </summary>
internal static unsafe partial class ProcessLimits
{
    private const int OpenFiles = 7;
    private const long FewestOpenFiles = 128;
    private const long LeastMemory = 64 << 20;
    private const int StandardError = 2;

    /// <summary>False, with one line on standard error, where the limits are too low.</summary>
    public static bool Allow()
    {
        // The soft limit and the hard one.
        var limits = stackalloc long[2];
        if (GetLimit(OpenFiles, limits) == 0 && limits[0] is >= 0 and < FewestOpenFiles)
        {
            Say("error: too few open files are allowed; 128 are needed (ulimit -n 1024)\n"u8);
            return false;
        }

        if (GC.GetGCMemoryInfo().TotalAvailableMemoryBytes is > 0 and < LeastMemory)
        {
            Say("error: not enough memory: less than 64 MiB are allowed\n"u8);
            return false;
        }

        return true;
    }

    private static void Say(ReadOnlySpan<byte> line)
    {
        fixed (byte* text = line)
        {
            _ = Write(StandardError, text, line.Length);
        }
    }

    [LibraryImport("libc", EntryPoint = "getrlimit")]
    private static partial int GetLimit(int resource, long* limits);

    [LibraryImport("libc", EntryPoint = "write")]
    private static partial nint Write(int file, byte* bytes, nint count);
}
