using Sideband.Numerics;

namespace Sideband.Inference.Metrics;

/// <summary>
/// How far a cut changes the shape of a mass spectrum (LaCATHODE, arXiv:2210.14924): chi2 per degree of freedom between the
/// unit-area histograms before and after it, in bins of equal content before the cut.
/// </summary>
/// <remarks>
/// chi2 = sum_i (N_i/N - S_i/S)^2/sigma_i^2 with sigma_i^2 = b^2 eps N_i, b = 1/S the normalisation of the SELECTED histogram and
/// eps = S/N. (The paper prints the normalisation of the full one; then a random 1 % would have a chi2 per degree of freedom of
/// 10,000 in place of 1 - eps.) Bin widths cancel.
/// </remarks>
public sealed class Sculpting
{
    /// <summary>The paper's number of bins.</summary>
    public const int PaperBins = 300;

    private readonly int[] _binOf;
    private readonly int[] _full;

    /// <param name="mass">Masses of all events before the cut, at least one a bin.</param>
    /// <param name="bins">At least 2.</param>
    public Sculpting(ReadOnlySpan<double> mass, int bins = PaperBins)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bins, 2);
        ArgumentOutOfRangeException.ThrowIfLessThan(mass.Length, bins, nameof(mass));
        var sorted = mass.ToArray();
        Array.Sort(sorted);
        double[] edges = [.. Enumerable.Range(1, bins - 1).Select(bin => sorted[(int)((long)bin * sorted.Length / bins)])];
        _binOf = new int[mass.Length];
        _full = new int[bins];
        for (var i = 0; i < mass.Length; i++)
        {
            // Events of one mass stay together: an edge belongs to the bin above it.
            var found = Array.BinarySearch(edges, mass[i]);
            for (; found >= 0 && found + 1 < edges.Length && edges[found + 1] == mass[i]; found++)
            {
            }

            _binOf[i] = found >= 0 ? found + 1 : ~found;
            _full[_binOf[i]]++;
        }
    }

    /// <summary>Degrees of freedom: one less than bins.</summary>
    public int Degrees => _full.Length - 1;

    /// <summary>chi2 per degree of freedom of the events that a cut leaves.</summary>
    /// <param name="passes">One an event, in the order of the masses.</param>
    /// <returns>Undefined where nothing passes.</returns>
    public Measured Of(ReadOnlySpan<bool> passes)
    {
        if (passes.Length != _binOf.Length)
        {
            throw new ArgumentException($"{passes.Length} events for {_binOf.Length} masses.", nameof(passes));
        }

        var selected = new int[_full.Length];
        for (var i = 0; i < passes.Length; i++)
        {
            selected[_binOf[i]] += passes[i] ? 1 : 0;
        }

        return Of(selected);
    }

    /// <summary>chi2 per degree of freedom of random subsets of one size: what no sculpting looks like.</summary>
    /// <param name="size">Events of a subset, from 1 to all.</param>
    /// <param name="subsets">Number of subsets.</param>
    /// <param name="stream">Draws them.</param>
    /// <returns>In ascending order, for <see cref="PercentileBand.Percentile"/>.</returns>
    /// <exception cref="InvalidOperationException">A bin holds no event: too many equal masses.</exception>
    public double[] OfRandomSubsets(int size, int subsets, RandomStream stream)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(size, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, _binOf.Length);
        var order = Enumerable.Range(0, _binOf.Length).ToArray();
        var values = new double[subsets];
        for (var subset = 0; subset < subsets; subset++)
        {
            // The first steps of a Fisher-Yates shuffle: any order before them gives a uniform subset.
            var selected = new int[_full.Length];
            for (var i = 0; i < size; i++)
            {
                var j = i + stream.NextInt(order.Length - i);
                (order[i], order[j]) = (order[j], order[i]);
                selected[_binOf[order[i]]]++;
            }

            var value = Of(selected);
            values[subset] = value.Value ?? throw new InvalidOperationException(value.Reason);
        }

        Array.Sort(values);
        return values;
    }

    private Measured Of(int[] selected)
    {
        var passing = 0L;
        foreach (var count in selected)
        {
            passing += count;
        }

        if (passing == 0)
        {
            return Measured.Undefined("no event passes the cut");
        }

        var all = (double)_binOf.Length;
        var (measured, expected, variances) = (new double[_full.Length], new double[_full.Length], new double[_full.Length]);
        for (var bin = 0; bin < _full.Length; bin++)
        {
            (measured[bin], expected[bin]) = (selected[bin] / (double)passing, _full[bin] / all);
            variances[bin] = expected[bin] / passing;
        }

        return variances.Contains(0)
            ? Measured.Undefined("a bin holds no event: too many equal masses")
            : Measured.Of(ChiSquared.Of(measured, expected, variances) / Degrees);
    }
}
