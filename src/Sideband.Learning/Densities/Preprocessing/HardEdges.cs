namespace Sideband.Learning.Densities.Preprocessing;

/// <summary>
/// Tells whether a feature ends abruptly. Where its cumulative distribution begins as (x - low)^a, the 2 % quantile lies 2^(1/a) times as
/// far from the
/// end as the 1 % quantile: a = 1 at the edges of a uniform distribution and at 0 of an exponential one, 2 at 0 of a gamma distribution of
/// that shape, and more in tails. Logits make an exponential tail of an edge, which few events do not teach a network.
/// </summary>
internal static class HardEdges
{
    /// <summary>a of 2.4; a normal distribution has 1.2, the jets' tau21 up to 1.3.</summary>
    private const double LeastRatio = 1.33;

    private const double EndFraction = 0.01;

    /// <summary>At least as many events up to the first of the two quantiles, so that chance makes no edge of a tail.</summary>
    private const int LeastAtEnd = 200;

    /// <summary>Of fewer events these quantiles say nothing about an end.</summary>
    private const int LeastEvents = 2000;

    /// <summary>As many teach the network the tail: from here on narrow peaks are stretched, too (<see cref="PeakStretching"/>).</summary>
    private const int ManyEvents = 100_000;

    /// <param name="sorted">The feature of all events, rising, finite, not all the same.</param>
    public static bool Any(ReadOnlySpan<float> sorted)
    {
        if (sorted.Length is < LeastEvents or >= ManyEvents)
        {
            return false;
        }

        var k = Math.Max(LeastAtEnd, (int)(EndFraction * sorted.Length));
        double Ratio(float end, float near, float far) => Math.Abs((double)far - end) / Math.Abs((double)near - end);
        return Ratio(sorted[0], sorted[k], sorted[2 * k]) > LeastRatio
            || Ratio(sorted[^1], sorted[^(k + 1)], sorted[^((2 * k) + 1)]) > LeastRatio;
    }
}
