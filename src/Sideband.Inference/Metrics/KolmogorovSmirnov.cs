namespace Sideband.Inference.Metrics;

/// <summary>Two-sample Kolmogorov-Smirnov statistic.</summary>
public static class KolmogorovSmirnov
{
    /// <summary>Largest distance of the two (weighted) cumulative distributions, in [0, 1]; tied values step together.</summary>
    /// <param name="first">Values in any order, at least one, no NaN; not changed.</param>
    /// <param name="second">Likewise.</param>
    /// <param name="firstWeights">One weight a value, not negative, sum above 0; empty: all 1.</param>
    /// <param name="secondWeights">Likewise.</param>
    public static double Statistic(
        ReadOnlySpan<float> first,
        ReadOnlySpan<float> second,
        ReadOnlySpan<double> firstWeights = default,
        ReadOnlySpan<double> secondWeights = default)
    {
        var (a, wa, sumA) = Sorted(first, firstWeights, nameof(first));
        var (b, wb, sumB) = Sorted(second, secondWeights, nameof(second));
        var (i, j) = (0, 0);
        var (below1, below2, largest) = (0.0, 0.0, 0.0);
        while (i < a.Length && j < b.Length)
        {
            var value = Math.Min(a[i], b[j]);
            for (; i < a.Length && a[i] == value; i++)
            {
                below1 += wa[i];
            }

            for (; j < b.Length && b[j] == value; j++)
            {
                below2 += wb[j];
            }

            largest = Math.Max(largest, Math.Abs((below1 / sumA) - (below2 / sumB)));
        }

        return largest;
    }

    private static (float[] Values, double[] Weights, double Sum) Sorted(
        ReadOnlySpan<float> values, ReadOnlySpan<double> weights, string name)
    {
        var sorted = values.ToArray();
        var sortedWeights = weights.ToArray();
        if (weights.IsEmpty)
        {
            sortedWeights = new double[values.Length];
            Array.Fill(sortedWeights, 1);
        }

        if (sorted.Length != sortedWeights.Length || Array.Exists(sorted, float.IsNaN))
        {
            throw new ArgumentException("One weight a value and no NaN.", name);
        }

        Array.Sort(sorted, sortedWeights);
        var sum = 0.0;
        foreach (var weight in sortedWeights)
        {
            sum += weight;
        }

        return sum > 0 ? (sorted, sortedWeights, sum) : throw new ArgumentException("No values with weight.", name);
    }
}
