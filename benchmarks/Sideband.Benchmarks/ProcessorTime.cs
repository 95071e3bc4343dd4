using System.Diagnostics;

namespace Sideband.Benchmarks;

/// <summary>User and system time of this process, all threads.</summary>
internal static class ProcessorTime
{
    public static double Seconds => Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds;
}
