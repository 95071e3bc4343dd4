using Sideband.Events;
using Sideband.Numerics;

namespace Sideband.Search.Compare;

/// <summary>Random parts of samples.</summary>
internal static class SampledEvents
{
    /// <summary>
    /// More events than this make classifiers of templates no better, and comparisons slow; the error of an AUC is then 0.0008.
    /// </summary>
    public const int Most = 250_000;

    /// <summary>The events or, of more than a limit, so many of them at random.</summary>
    public static EventTable Of(EventTable events, RandomStream stream, int most = Most) =>
        events.Count <= most ? events : events.Select(Rows(events.Count, most, stream));

    /// <summary>Some of the rows, ascending, every set as likely as any other.</summary>
    /// <param name="count">Number of rows.</param>
    /// <param name="wanted">At most <paramref name="count"/>.</param>
    public static int[] Rows(int count, int wanted, RandomStream stream)
    {
        int[] rows = [.. Enumerable.Range(0, count)];
        for (var i = 0; i < wanted; i++)
        {
            var j = i + stream.NextInt(count - i);
            (rows[i], rows[j]) = (rows[j], rows[i]);
        }

        var chosen = rows[..wanted];
        Array.Sort(chosen);
        return chosen;
    }
}
