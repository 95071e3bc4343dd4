using Sideband.Numerics;

namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Makes the marginals of few events' density right. Over all events that were learned each feature that was made normal
/// (<see cref="ProbabilityTransform"/>) has the normal distribution; what a density draws at the same masses has another one, by its
/// quantiles. The rising curve from the one to the other is part of the preprocessing from then on: the density is left its dependence of
/// the features on each other and on the mass.
/// </summary>
internal static class DrawnQuantiles
{
    /// <summary>The curve passes through the quantiles of these normal numbers, and goes on straight beyond them.</summary>
    private const double Outermost = 3;

    private const int Points = 25;

    private static readonly double[] Levels =
        [.. Enumerable.Range(0, Points).Select(point => Outermost * ((2.0 * point / (Points - 1)) - 1))];

    /// <summary>What is drawn for each normal number; null where that is not known: no spread, or values that are not finite.</summary>
    /// <param name="drawn">Values of the feature's variable, in any order; many.</param>
    public static MonotoneSpline? Of(ReadOnlySpan<float> drawn)
    {
        var sorted = drawn.ToArray();
        Array.Sort(sorted);
        double[] quantiles =
        [
            .. Levels.Select(level => (double)sorted[(int)(NormalDistribution.UpperTail(-level) * (sorted.Length - 1))]),
        ];
        var rises = quantiles.Zip(quantiles.Skip(1), (low, high) => high > low).All(rising => rising);
        return rises && quantiles.All(double.IsFinite) && float.IsFinite(sorted[0]) && float.IsFinite(sorted[^1])
            ? MonotoneSpline.Through(Levels, quantiles)
            : null;
    }
}
