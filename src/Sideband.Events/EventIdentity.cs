using Sideband.Numerics;

namespace Sideband.Events;

/// <summary>
/// The identity of an event is its content: 64 bits of its mass and features, as they were read. Copies have one identity, so they share a
/// fold; label, weight, file and row do not enter, so neither another file format nor another order of events changes it. Where columns are
/// so coarse that equal events are no copies, each has one of its own (<see cref="EventTable.WithEqualEventsApart"/>).
/// </summary>
public static class EventIdentity
{
    /// <summary>What the features of each event are, without its mass: events with equal features have equal numbers.</summary>
    public static ulong[] OfFeatures(EventTable events)
    {
        var content = new ulong[events.Count];
        OfFeatures(events, 0, content);
        return content;
    }

    /// <summary>The same of some of the events.</summary>
    /// <param name="events">The table.</param>
    /// <param name="first">The first event.</param>
    /// <param name="content">Written, one number an event.</param>
    public static void OfFeatures(EventTable events, int first, Span<ulong> content)
    {
        content.Clear();
        for (var f = 0; f < events.FeatureNames.Count; f++)
        {
            Mix(content, events.Feature(f).Slice(first, content.Length));
        }
    }

    /// <summary>The identity of each event.</summary>
    /// <param name="mass">One an event.</param>
    /// <param name="features">[feature][event].</param>
    public static ulong[] Of(ReadOnlySpan<double> mass, IReadOnlyList<ReadOnlyMemory<float>> features)
    {
        var identity = new ulong[mass.Length];
        Of(mass, features, identity);
        return identity;
    }

    /// <summary>The same into given memory, one number an event.</summary>
    internal static void Of(ReadOnlySpan<double> mass, IReadOnlyList<ReadOnlyMemory<float>> features, Span<ulong> identity)
    {
        for (var i = 0; i < identity.Length; i++)
        {
            identity[i] = SplitMix64.Mix(BitConverter.DoubleToUInt64Bits(CanonicalOrder.OneZero(mass[i])));
        }

        foreach (var column in features)
        {
            Mix(identity, column.Span);
        }
    }

    /// <summary>The identity of one of several equal events that are no copies.</summary>
    /// <param name="content">What they have in common.</param>
    /// <param name="ordinal">Its number among them, from 0.</param>
    internal static ulong OfEqual(ulong content, int ordinal) => ordinal == 0 ? content : SplitMix64.Mix(content + (ulong)ordinal);

    private static void Mix(Span<ulong> content, ReadOnlySpan<float> column)
    {
        for (var i = 0; i < content.Length; i++)
        {
            content[i] = SplitMix64.Mix(content[i] ^ BitConverter.SingleToUInt32Bits(CanonicalOrder.OneZero(column[i])));
        }
    }
}
