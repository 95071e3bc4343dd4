using System.Numerics;

namespace Sideband.Events;

/// <summary>The order of events that depends on nothing but what they are: mass, features, label, weight, each rising, NaN last.</summary>
internal static class CanonicalOrder
{
    /// <summary>Indices in canonical order; events that are alike in everything keep the order in which they are given.</summary>
    /// <param name="mass">One an event, no NaN.</param>
    /// <param name="features">[feature][event].</param>
    /// <param name="labels">One an event, or null.</param>
    /// <param name="weights">One an event, or null.</param>
    public static int[] Of(
        ReadOnlySpan<double> mass, ReadOnlyMemory<float>[] features, ReadOnlyMemory<byte>? labels, ReadOnlyMemory<double>? weights)
    {
        // Masses hardly ever coincide: they are sorted alone, and the rest is looked at within runs of one mass.
        var keys = mass.ToArray();
        var order = new int[mass.Length];
        for (var i = 0; i < order.Length; i++)
        {
            order[i] = i;
        }

        Array.Sort(keys, order);
        var comparer = Comparer<int>.Create((a, b) => Compare(a, b, features, labels, weights));
        for (var first = 0; first < order.Length;)
        {
            var end = first + 1;
            while (end < order.Length && keys[end] == keys[first])
            {
                end++;
            }

            if (end - first > 1)
            {
                Array.Sort(order, first, end - first, comparer);
            }

            first = end;
        }

        return order;
    }

    /// <summary>Puts +0 for -0, and one NaN for all.</summary>
    public static void OneZero<T>(Span<T> values)
        where T : IFloatingPointIeee754<T>
    {
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = OneZero(values[i]);
        }
    }

    /// <summary>The value, +0 for -0, and one NaN for all.</summary>
    public static T OneZero<T>(T value)
        where T : IFloatingPointIeee754<T> => T.IsNaN(value) ? T.NaN : value + T.Zero;

    private static int Compare(
        int a, int b, ReadOnlyMemory<float>[] features, ReadOnlyMemory<byte>? labels, ReadOnlyMemory<double>? weights)
    {
        foreach (var column in features)
        {
            if (Compare(column.Span[a], column.Span[b]) is not 0 and var order)
            {
                return order;
            }
        }

        var byLabel = labels is { } known ? known.Span[a].CompareTo(known.Span[b]) : 0;
        var byWeight = weights is { } given ? given.Span[a].CompareTo(given.Span[b]) : 0;
        return byLabel != 0 ? byLabel : byWeight != 0 ? byWeight : a.CompareTo(b);
    }

    private static int Compare(float a, float b) =>
        a == b ? 0 : float.IsNaN(a) ? (float.IsNaN(b) ? 0 : 1) : float.IsNaN(b) ? -1 : a < b ? -1 : 1;
}
