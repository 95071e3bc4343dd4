namespace Sideband.Search.Checks;

/// <summary>
/// A feature's values divided into cells of nearly equal content, with a cell of their own for missing values and for each value that many
/// events have, a rare flag or a count: the shares of events in the cells are its distribution.
/// </summary>
internal sealed class FeatureCells
{
    private const int Most = 10;

    // Of the sampled events so many with one value make a cell of it, of the most frequent values.
    private const int Repeated = 20, MostRepeated = 20;

    // Edges need no precision: a sample of this size gives them.
    private const int Sampled = 10_000;

    private readonly float[] _edges;

    private FeatureCells(float[] edges) => _edges = edges;

    /// <summary>Number of cells.</summary>
    public int Count => _edges.Length + 2;

    public static FeatureCells Of(ReadOnlySpan<float> values)
    {
        var step = Math.Max(1, values.Length / Sampled);
        var sample = new List<float>(Sampled);
        for (var i = 0; i < values.Length; i += step)
        {
            if (!float.IsNaN(values[i]))
            {
                sample.Add(values[i]);
            }
        }

        sample.Sort();

        // A value that is repeated begins a cell, and the next one that there could be begins another.
        var repeated = sample.CountBy(value => value).Where(entry => entry.Value >= Repeated)
            .OrderByDescending(entry => entry.Value).ThenBy(entry => entry.Key).Take(MostRepeated)
            .SelectMany(entry => new[] { entry.Key, MathF.BitIncrement(entry.Key) });
        return new FeatureCells(sample.Count == 0
            ? []
            : [.. Enumerable.Range(1, Most - 1).Select(k => sample[k * sample.Count / Most]).Concat(repeated).Distinct().Order()]);
    }

    public int IndexOf(float value)
    {
        if (float.IsNaN(value))
        {
            return Count - 1;
        }

        // The first edge above the value.
        var place = Array.BinarySearch(_edges, value);
        return place < 0 ? ~place : place + 1;
    }

    /// <summary>The cell in words, behind the feature's name.</summary>
    public string Describe(int cell) =>
        cell == Count - 1 ? "missing"
        : cell == 0 ? _edges.Length == 0 ? "at any value" : FormattableString.Invariant($"below {_edges[0]:G3}")
        : cell == _edges.Length ? FormattableString.Invariant($"at or above {_edges[^1]:G3}")
        : MathF.BitIncrement(_edges[cell - 1]) == _edges[cell] ? FormattableString.Invariant($"equal to {_edges[cell - 1]:G6}")
        : FormattableString.Invariant($"in [{_edges[cell - 1]:G3}, {_edges[cell]:G3})");
}
