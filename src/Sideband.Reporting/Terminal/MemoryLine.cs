using Sideband.Search.Engines;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>What memory units are expected to take, and how many of them run at one time.</summary>
public static class MemoryLine
{
    /// <param name="console">Where the line goes.</param>
    /// <param name="context">What units share.</param>
    /// <param name="open">Units that are not finished.</param>
    /// <param name="threads">Threads that share them.</param>
    /// <param name="limit">Null: none.</param>
    public static void Write(
        IAnsiConsole console, SearchContext context, IReadOnlyCollection<WorkUnit> open, int threads, MemoryLimit? limit)
    {
        if (MemoryLimit.Largest(open) is { } largest)
        {
            console.WriteLine(
                $"about {MemoryLimit.Words(HeldMemory.Of(context, open))} of memory for the program and all events, "
                + $"and up to {MemoryLimit.Words(largest.Memory.On(1))} a unit; {MemoryLimit.AtOnce(limit, context, open, threads)} at once"
                + (limit is null ? "" : $" within {MemoryLimit.Words(limit.Bytes)}"));
        }
    }
}
