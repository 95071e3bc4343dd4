using System.Globalization;

namespace Sideband.Search.Checks;

/// <summary>Values that many events of a table have exactly: counts, flags, zeros of absent objects, sentinels; and missing.</summary>
internal static class FrequentValues
{
    // Of as many events, evenly taken, so many must have the value: shares from about half a per cent on are found.
    private const int Sampled = 4096, Fewest = 12;

    /// <summary>The values that are frequent in one of several columns, in rising order, NaN first.</summary>
    public static float[] Of(params ReadOnlySpan<ReadOnlyMemory<float>> columns)
    {
        var found = new SortedSet<float>();
        foreach (var column in columns)
        {
            found.UnionWith(OfOne(column.Span));
        }

        return [.. found];
    }

    /// <summary>The share of a value among events; 0 where their weights do not sum to more.</summary>
    /// <param name="column">[event].</param>
    /// <param name="weights">[event]; empty: all 1.</param>
    /// <param name="value">NaN: missing.</param>
    public static double ShareOf(ReadOnlySpan<float> column, ReadOnlySpan<double> weights, float value)
    {
        var (part, all) = (0.0, 0.0);
        for (var i = 0; i < column.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            all += weight;
            part += column[i].Equals(value) ? weight : 0;
        }

        return all > 0 ? part / all : 0;
    }

    /// <summary>A value in a message.</summary>
    public static string Words(float value) => float.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture);

    private static IEnumerable<float> OfOne(ReadOnlySpan<float> values)
    {
        var counts = new Dictionary<float, int>();
        var taken = Math.Min(values.Length, Sampled);
        for (var i = 0; i < taken; i++)
        {
            var value = values[(int)((long)i * values.Length / taken)];
            counts[value] = counts.GetValueOrDefault(value) + 1;
        }

        return counts.Where(entry => entry.Value >= Fewest).Select(entry => entry.Key);
    }
}
