using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Search.Experiments;

/// <summary>What a permutation moves.</summary>
public enum CopyExchange
{
    /// <summary>Rows, each by itself: no event is there twice.</summary>
    Rows,

    /// <summary>All copies of an event together, to where as many copies of another one were.</summary>
    BlocksOfOneSize,

    /// <summary>All copies of an event together, to where any number of another one's were; that number stays at the place.</summary>
    Blocks,
}

/// <summary>
/// Permutations of events some of which are there several times. Copies of one event are one draw of nature: what is exchangeable are the
/// events, not their rows. Rows shuffled one by one would separate copies, permuted counts would vary as Poisson counts do, and the
/// observed ones F times as much: z of such experiments has a variance near 1/F, and p is too small.
/// </summary>
/// <remarks>
/// Which exchanges leave the null distribution as it is:
/// <list type="bullet">
/// <item>blocks of one size: features x independent of the place (mass, data or template) among events of one multiplicity k. Copies may
/// be likelier for some features or masses than for others, as where two triggers overlap. This is a group of permutations that is fixed by
/// what does not move (the places and their k), so that ranks are exact. It needs places of one k in both samples;</item>
/// <item>any blocks: x independent of the place and of k, so that copies were made whatever the event was. For a template that has other
/// copies than the data, or none: events of one k are then all data, and exchanging these alone would exchange nothing.</item>
/// </list>
/// </remarks>
internal static class CopyBlocks
{
    /// <summary>How data and template are exchanged.</summary>
    /// <param name="repetition">Of the two.</param>
    public static CopyExchange Of(CountRepetition repetition) =>
        repetition is { Data: <= 1, Template: <= 1 } ? CopyExchange.Rows

        // Two equal numbers are one number: the template is made of the data's own events.
        : repetition.Data == repetition.Template ? CopyExchange.BlocksOfOneSize
        : CopyExchange.Blocks;

    /// <summary>A permutation: the row whose content takes each place.</summary>
    /// <param name="identity">Of each row; copies have one.</param>
    /// <param name="exchange">What is moved.</param>
    /// <param name="stream">The experiment's.</param>
    public static int[] Shuffle(ReadOnlySpan<ulong> identity, CopyExchange exchange, RandomStream stream)
    {
        int[] order = [.. Enumerable.Range(0, identity.Length)];
        if (exchange == CopyExchange.Rows)
        {
            stream.Shuffle<int>(order);
            return order;
        }

        var (rows, starts) = Blocks(identity);
        int SizeOf(int block) => starts[block + 1] - starts[block];
        var all = Enumerable.Range(0, starts.Count - 1);
        IEnumerable<IEnumerable<int>> groups =
            exchange == CopyExchange.Blocks ? [all] : all.GroupBy(SizeOf).OrderBy(group => group.Key);
        foreach (var places in groups)
        {
            int[] to = [.. places];
            int[] from = [.. to];
            stream.Shuffle<int>(from);
            foreach (var (place, content) in to.Zip(from))
            {
                for (var j = 0; j < SizeOf(place); j++)
                {
                    order[rows[starts[place] + j]] = rows[starts[content] + (j % SizeOf(content))];
                }
            }
        }

        return order;
    }

    // Rows with those of one identity together, and where each begins.
    private static (int[] Rows, List<int> Starts) Blocks(ReadOnlySpan<ulong> identity)
    {
        var keys = identity.ToArray();
        int[] rows = [.. Enumerable.Range(0, keys.Length)];
        Array.Sort(keys, rows);
        var starts = new List<int> { 0 };
        for (var i = 1; i <= keys.Length; i++)
        {
            if (i == keys.Length || keys[i] != keys[i - 1])
            {
                rows.AsSpan(starts[^1]..i).Sort();
                starts.Add(i);
            }
        }

        return (rows, starts);
    }
}
