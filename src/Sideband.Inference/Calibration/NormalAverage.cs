using Sideband.Numerics;

namespace Sideband.Inference.Calibration;

/// <summary>
/// Mean of a function over a normal variable by Gauss-Legendre panels: points and weights are fixed by the arguments alone, so the
/// result has the same bits everywhere.
/// </summary>
internal static class NormalAverage
{
    private const int PointsPerPanel = 8;

    /// <summary>
    /// Points g of a standard normal above <paramref name="lowest"/> with their probabilities, which add up to 1. Panels are at most 1
    /// wide, and at most <paramref name="widest"/> around <paramref name="centre"/>, where the function changes fast.
    /// </summary>
    /// <param name="lowest">Truncation; -infinity for none.</param>
    /// <param name="centre">Where the function has its step.</param>
    /// <param name="widest">The step's width in units of g, above 0.</param>
    /// <param name="highest">
    /// Last point. 9 where the mean is dominated by the bulk; 38, the end of double precision, where a function that grows with g may be
    /// tiny in the bulk.
    /// </param>
    public static (double G, double Probability)[] Nodes(double lowest, double centre, double widest, double highest)
    {
        const double bulk = 9; // 1e-19 lies outside
        const int stepPanels = 12; // the step is flat to 1e-30 beyond 12 of its widths
        var start = Math.Max(-bulk, lowest);
        if (start >= highest)
        {
            throw new ArgumentOutOfRangeException(nameof(lowest), lowest, "The truncated normal has no probability left.");
        }

        var edges = new SortedSet<double> { start, highest };
        for (var edge = Math.Ceiling(start); edge < highest; edge++)
        {
            edges.Add(edge);
        }

        for (var k = -stepPanels; k <= stepPanels && widest < 1; k++)
        {
            var edge = centre + (k * widest);
            if (edge > start && edge < highest)
            {
                edges.Add(edge);
            }
        }

        return Panels([.. edges]);
    }

    /// <summary>Likewise between two ends with panels of equal width.</summary>
    /// <param name="lowest">First end.</param>
    /// <param name="highest">Second end, above the first.</param>
    /// <param name="widest">Largest width of a panel, above 0.</param>
    public static (double G, double Probability)[] Even(double lowest, double highest, double widest)
    {
        var panels = (int)Math.Ceiling((highest - lowest) / widest);
        return Panels([.. Enumerable.Range(0, panels + 1).Select(i => lowest + (i * (highest - lowest) / panels))]);
    }

    private static (double G, double Probability)[] Panels(double[] edges)
    {
        var rule = GaussLegendre.Of(PointsPerPanel);
        var nodes = new List<(double G, double Probability)>();
        var total = 0.0;
        for (var panel = 1; panel < edges.Length; panel++)
        {
            for (var i = 0; i < rule.Points; i++)
            {
                var (g, weight) = rule.At(i, edges[panel - 1], edges[panel]);
                var probability = weight * NormalDistribution.Density(g);
                total += probability;
                nodes.Add((g, probability));
            }
        }

        return [.. nodes.Select(node => (node.G, node.Probability / total))];
    }
}
