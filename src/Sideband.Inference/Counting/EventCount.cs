namespace Sideband.Inference.Counting;

/// <summary>Number of events with the sums of their weights and squared weights; adds over disjoint sets of events.</summary>
/// <param name="Events">Number of events.</param>
/// <param name="SumWeights">Sum of w; equals <paramref name="Events"/> without weights.</param>
/// <param name="SumSquaredWeights">Sum of w^2; equals <paramref name="Events"/> without weights.</param>
public readonly record struct EventCount(long Events, double SumWeights, double SumSquaredWeights)
{
    /// <summary>Number of unweighted events with the same relative error: (sum w)^2 / sum w^2; 0 without events.</summary>
    public double EffectiveEvents => SumSquaredWeights > 0 ? SumWeights * SumWeights / SumSquaredWeights : 0;

    /// <summary>Events of given weights.</summary>
    public static EventCount Of(ReadOnlySpan<double> weights)
    {
        var (sum, squared) = (0.0, 0.0);
        foreach (var weight in weights)
        {
            (sum, squared) = (sum + weight, squared + (weight * weight));
        }

        return new EventCount(weights.Length, sum, squared);
    }

    /// <summary>Events of weight 1.</summary>
    public static EventCount Unweighted(long events) => new(events, events, events);

    public static EventCount operator +(EventCount left, EventCount right) => new(
        left.Events + right.Events,
        left.SumWeights + right.SumWeights,
        left.SumSquaredWeights + right.SumSquaredWeights);
}
