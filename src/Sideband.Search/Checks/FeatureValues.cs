using Sideband.Events;

namespace Sideband.Search.Checks;

/// <summary>Which values a feature takes.</summary>
/// <param name="Lowest">NaN where all are missing.</param>
/// <param name="Highest">Likewise.</param>
/// <param name="Missing">Share of events whose value is missing.</param>
internal readonly record struct FeatureValues(float Lowest, float Highest, double Missing)
{
    // So many events are looked at, evenly taken.
    private const int Sampled = 4096;

    // 2^24: from here on single precision leaves out whole numbers.
    private const float LargestExact = 1 << 24;

    /// <summary>One value, or none, in all events.</summary>
    public bool IsConstant => float.IsNaN(Lowest) || (Lowest == Highest && Missing == 0);

    public static FeatureValues Of(ReadOnlySpan<float> values)
    {
        var (lowest, highest, missing) = (float.PositiveInfinity, float.NegativeInfinity, 0);
        foreach (var value in values)
        {
            missing += float.IsNaN(value) ? 1 : 0;
            lowest = value < lowest ? value : lowest;
            highest = value > highest ? value : highest;
        }

        return missing == values.Length
            ? new FeatureValues(float.NaN, float.NaN, 1)
            : new FeatureValues(lowest, highest, (double)missing / values.Length);
    }

    /// <summary>The number of different values in some of the events.</summary>
    /// <param name="values">[event].</param>
    /// <param name="events">How many are taken, at most a few thousand of them.</param>
    public static int Different(ReadOnlySpan<float> values, int events) => Some(values, events).ToHashSet().Count;

    /// <summary>
    /// The median, the distance of the quartiles and the step of single precision at the median, of some of the events; NaN where all are
    /// missing. Whole numbers that single precision has exactly have no step.
    /// </summary>
    public static (double Median, double Width, double Step) Precision(ReadOnlySpan<float> values)
    {
        float[] some = [.. Some(values, values.Length).Where(value => !float.IsNaN(value)).Order()];
        if (some.Length == 0)
        {
            return (double.NaN, double.NaN, double.NaN);
        }

        var median = some[some.Length / 2];
        var isExact = Math.Abs(median) < LargestExact && some.All(float.IsInteger);
        return (
            median,
            (double)some[some.Length * 3 / 4] - some[some.Length / 4],
            isExact ? 0 : Math.Abs((double)MathF.BitIncrement(median) - median));
    }

    /// <summary>The share of events that have a value; 0 where their weights do not sum to more.</summary>
    /// <param name="values">[event].</param>
    /// <param name="value">NaN: missing.</param>
    /// <param name="weights">[event]; empty: all 1.</param>
    public static double ShareOf(ReadOnlySpan<float> values, float value, ReadOnlySpan<double> weights = default)
    {
        var (part, all) = (0.0, 0.0);
        for (var i = 0; i < values.Length; i++)
        {
            var weight = weights.IsEmpty ? 1 : weights[i];
            all += weight;
            part += values[i].Equals(value) ? weight : 0;
        }

        return all > 0 ? part / all : 0;
    }

    /// <summary>Some of the events, evenly taken.</summary>
    /// <param name="values">[event].</param>
    /// <param name="events">How many are taken, at most a few thousand of them.</param>
    public static float[] Some(ReadOnlySpan<float> values, int events)
    {
        var some = new float[Math.Min(events, Sampled)];
        for (var i = 0; i < some.Length; i++)
        {
            some[i] = values[(int)((long)i * values.Length / some.Length)];
        }

        return some;
    }

    /// <summary>The files of which all events have one value of a feature, or none.</summary>
    public static IEnumerable<(string Source, float Value, int Count)> Constant(EventTable events, int feature)
    {
        var values = events.Feature(feature);
        var sources = events.SourceIndex;
        var (first, counts, varies) = (new float[events.Sources.Count], new int[events.Sources.Count], new bool[events.Sources.Count]);
        for (var i = 0; i < values.Length; i++)
        {
            var source = sources[i];
            first[source] = counts[source]++ == 0 ? values[i] : first[source];
            varies[source] |= !values[i].Equals(first[source]);
        }

        return [.. Enumerable.Range(0, counts.Length)
            .Where(source => counts[source] > 0 && !varies[source])
            .Select(source => (events.Sources[source].Name, first[source], counts[source]))];
    }
}
