using Sideband.Events;

namespace Sideband.Search.Checks;

/// <summary>
/// Events of one table that are in another: equal in mass, in single precision, and in all features. Both tables rise in mass, so that one
/// walk through both finds them, and features are looked at only where masses meet.
/// </summary>
/// <param name="Count">Events of the second table that the first has, too.</param>
/// <param name="FirstFiles">Files of the first table that have such events.</param>
/// <param name="SecondFiles">Likewise, of the second.</param>
internal sealed record SharedEvents(int Count, string FirstFiles, string SecondFiles)
{
    /// <param name="first">In canonical order.</param>
    /// <param name="second">In canonical order, with the same features.</param>
    public static SharedEvents Of(EventTable first, EventTable second)
    {
        var (count, firstFiles, secondFiles) = (0, new SortedSet<string>(), new SortedSet<string>());
        var places = new Dictionary<ulong, int>();
        var content = Array.Empty<ulong>();
        for (int i = 0, j = 0; i < first.Count && j < second.Count;)
        {
            var (one, other) = ((float)first.Mass[i], (float)second.Mass[j]);
            if (one != other)
            {
                (i, j) = one < other ? (i + 1, j) : (i, j + 1);
                continue;
            }

            var (firstEnd, secondEnd) = (EndOf(first.Mass, i), EndOf(second.Mass, j));
            content = AtLeast(content, Math.Max(firstEnd - i, secondEnd - j));
            places.Clear();
            EventIdentity.OfFeatures(first, i, content.AsSpan(0, firstEnd - i));
            for (var k = i; k < firstEnd; k++)
            {
                places.TryAdd(content[k - i], k);
            }

            EventIdentity.OfFeatures(second, j, content.AsSpan(0, secondEnd - j));
            for (var k = j; k < secondEnd; k++)
            {
                if (places.TryGetValue(content[k - j], out var place))
                {
                    count++;
                    firstFiles.Add(first.Sources[first.SourceIndex[place]].Name);
                    secondFiles.Add(second.Sources[second.SourceIndex[k]].Name);
                }
            }

            (i, j) = (firstEnd, secondEnd);
        }

        return new SharedEvents(count, string.Join(", ", firstFiles), string.Join(", ", secondFiles));
    }

    // The end of the masses that are alike in single precision.
    private static int EndOf(ReadOnlySpan<double> mass, int begin)
    {
        var end = begin + 1;
        while (end < mass.Length && (float)mass[end] == (float)mass[begin])
        {
            end++;
        }

        return end;
    }

    private static ulong[] AtLeast(ulong[] content, int length) => content.Length >= length ? content : new ulong[2 * length];
}
