using System.Globalization;

namespace Sideband.Search.Checks;

/// <summary>Values that many events of a table have exactly: counts, flags, zeros of absent objects, sentinels; and missing.</summary>
internal static class FrequentValues
{
    // Of the events that are looked at so many must have the value: shares from about half a per cent on are found.
    private const int Fewest = 12;

    /// <summary>The values that are frequent in one of several columns, in rising order, NaN first.</summary>
    public static float[] Of(params ReadOnlySpan<ReadOnlyMemory<float>> columns)
    {
        var found = new SortedSet<float>();
        foreach (var column in columns)
        {
            found.UnionWith(FeatureValues.Some(column.Span, column.Length)
                .CountBy(value => value).Where(entry => entry.Value >= Fewest).Select(entry => entry.Key));
        }

        return [.. found];
    }

    /// <summary>A value in a message.</summary>
    public static string Words(float value) => float.IsNaN(value) ? "missing" : value.ToString("R", CultureInfo.InvariantCulture);
}
