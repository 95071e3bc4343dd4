using Sideband.Events;

namespace Sideband.Search.Checks;

/// <summary>
/// Of events that are there several times the first of each: a spectrum of these is one of Poisson counts, whatever was copied how often
/// and at which masses. Copies have one score, so that a cut keeps all of them or none.
/// </summary>
internal static class DistinctEvents
{
    /// <summary>One flag an event, in table order.</summary>
    public static bool[] Of(EventTable events)
    {
        var (first, seen) = (new bool[events.Count], new HashSet<ulong>(events.Count));
        var identity = events.Identity;
        for (var i = 0; i < first.Length; i++)
        {
            first[i] = seen.Add(identity[i]);
        }

        return first;
    }
}
