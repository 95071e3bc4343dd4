using Sideband.Learning.Networks;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Quantiles of one feature as smooth functions of the mass. Events are grouped by mass; what is below a fixed place and what is above it
/// has its own quantiles in each group, and those and the fraction below are carried to any mass by a polynomial of second degree, fitted
/// to the groups around it with Gaussian weights. A peak at the fixed place stays there and an edge elsewhere moves with the mass, also
/// across a window in which there are no events; quantiles of the whole would smear the peak.
/// </summary>
internal static class ConditionalQuantiles
{
    /// <summary>Events of a group, at most.</summary>
    public const int MostGroupEvents = 5000;

    /// <summary>So many groups, if their events are fewer, so that the mass hardly changes within one.</summary>
    private const int Groups = 160;

    private const int LeastGroupEvents = 500;

    /// <summary>Quantiles of each side, and of the whole; closer to each other in the tails.</summary>
    private const int SideCells = 64;

    private const int Cells = 32;

    /// <summary>
    /// Standard deviation of the weights, in parts of the mass; larger where fewer than <see cref="LeastEvents"/> are as near.
    /// </summary>
    private const double Bandwidth = 0.045;

    private const int LeastEvents = 30_000;

    /// <summary>Quantiles rise by this at least.</summary>
    private const double LeastStep = 1e-6;

    private static readonly double[] SideLevels = Levels(SideCells);
    private static readonly double[] AllLevels = Levels(Cells);

    /// <summary>Quantiles in order, from the lowest value of a group to the highest, at each of the nodes.</summary>
    /// <param name="values">One an event.</param>
    /// <param name="mass">One an event.</param>
    /// <param name="place">Where the peak is.</param>
    /// <param name="groupEvents">
    /// Events of a group, at least; samples that are compared need the same, because the extremes of a group depend on it.
    /// </param>
    /// <param name="nodes">Masses.</param>
    /// <returns>[node][level].</returns>
    public static double[][] At(ReadOnlySpan<double> values, ReadOnlySpan<double> mass, double place, int groupEvents, double[] nodes)
    {
        var groups = GroupsOf(values, mass, place, groupEvents);
        var least = Math.Min(groups.Length, (LeastEvents + groupEvents - 1) / groupEvents);
        return [.. nodes.Select(node => OfWhole(Carry(groups, node, Width(groups, least, node)), place))];
    }

    /// <summary>Events of a group that suit a sample.</summary>
    public static int GroupEvents(int events) => Math.Clamp(events / Groups, LeastGroupEvents, MostGroupEvents);

    /// <summary>Mean masses of the first and of the last group.</summary>
    public static (double Low, double High) Range(double[] sortedMass, int groupEvents)
    {
        var groups = Math.Max(1, sortedMass.Length / groupEvents);
        return (
            sortedMass[..End(sortedMass.Length, groups, 0)].Average(),
            sortedMass[End(sortedMass.Length, groups, groups - 2)..].Average());
    }

    /// <summary>(1 - cos(pi k/n))/2 for k = 0, ..., n.</summary>
    private static double[] Levels(int cells) =>
        [.. Enumerable.Range(0, cells + 1).Select(k => (1 - Trigonometry.SinCos(Math.PI * k / cells).Cosine) / 2)];

    private static int End(int events, int groups, int group) => (int)((long)events * (group + 1) / groups);

    private static Group[] GroupsOf(ReadOnlySpan<double> values, ReadOnlySpan<double> mass, double place, int groupEvents)
    {
        var sortedMass = mass.ToArray();
        var byMass = values.ToArray();
        Array.Sort(sortedMass, byMass);
        var groups = new Group[Math.Max(1, byMass.Length / groupEvents)];
        for (var g = 0; g < groups.Length; g++)
        {
            var range = End(byMass.Length, groups.Length, g - 1)..End(byMass.Length, groups.Length, g);
            double[] sorted = byMass[range];
            Array.Sort(sorted);
            var below = 0;
            while (below < sorted.Length && sorted[below] < place)
            {
                below++;
            }

            groups[g] = new Group(
                sortedMass[range].Average(),
                [below / (double)sorted.Length, .. Quantiles(sorted.AsSpan(0, below), place), .. Quantiles(sorted.AsSpan(below), place)]);
        }

        return groups;
    }

    private static double Width(Group[] groups, int least, double mass) =>
        Math.Max(Bandwidth * Math.Abs(mass), groups.Select(group => Math.Abs(group.Mass - mass)).Order().ElementAt(least - 1));

    private static double[] Quantiles(ReadOnlySpan<double> sorted, double otherwise)
    {
        var quantiles = new double[SideCells + 1];
        for (var k = 0; k <= SideCells; k++)
        {
            var at = SideLevels[k] * (sorted.Length - 1);
            var i = Math.Max(0, Math.Min((int)at, sorted.Length - 2));
            quantiles[k] = sorted.Length < 2 ? otherwise : sorted[i] + ((at - i) * (sorted[i + 1] - sorted[i]));
        }

        return quantiles;
    }

    /// <summary>The numbers of the shape at a mass.</summary>
    private static double[] Carry(Group[] groups, double mass, double width)
    {
        var weights = LocalPolynomial.Weights([.. groups.Select(group => group.Mass)], mass, width);
        var shape = new double[groups[0].Shape.Length];
        for (var g = 0; g < groups.Length; g++)
        {
            for (var k = 0; k < shape.Length; k++)
            {
                shape[k] += weights[g] * groups[g].Shape[k];
            }
        }

        return shape;
    }

    private static double[] OfWhole(double[] shape, double place)
    {
        var fraction = Math.Clamp(shape[0], 0, 1);
        var below = shape.AsSpan(1, SideCells + 1);
        var above = shape.AsSpan(SideCells + 2);
        var quantiles = new double[Cells + 1];
        for (var k = 0; k <= Cells; k++)
        {
            var level = AllLevels[k];
            var value = level < fraction ? Math.Min(place, Between(below, level / fraction))
                : fraction < 1 ? Math.Max(place, Between(above, (level - fraction) / (1 - fraction)))
                : place;
            quantiles[k] = k == 0 ? value : Math.Max(value, quantiles[k - 1] + LeastStep);
        }

        return quantiles;
    }

    /// <summary>A quantile of a side at any level.</summary>
    private static double Between(ReadOnlySpan<double> quantiles, double level)
    {
        var cell = Array.BinarySearch(SideLevels, level);
        cell = Math.Clamp(cell < 0 ? ~cell - 1 : cell, 0, SideCells - 1);
        return quantiles[cell]
            + ((level - SideLevels[cell]) / (SideLevels[cell + 1] - SideLevels[cell]) * (quantiles[cell + 1] - quantiles[cell]));
    }

    /// <param name="Mass">Mean.</param>
    /// <param name="Shape">Fraction below the place, quantiles below it, quantiles above.</param>
    private sealed record Group(double Mass, double[] Shape);
}
