using Sideband.Events;

namespace Sideband.Templates.Cwola;

/// <summary>
/// The weights that put the mean mass of two strips where the signal region has its own. To first order features follow the mass
/// as p(x | m) = p_0(x) + (m - m_0) p_1(x), so that samples of equal mean mass have equal feature distributions. On a falling
/// spectrum the unweighted strips lie too low: the lower one holds most of their events, while inside the region the mean is near
/// the centre. (CATHODE's code weights both strips to equal totals, arXiv:2109.00546, for the same reason; this is the exact form.)
/// </summary>
internal static class SidebandWeights
{
    /// <summary>Weights of the strips' events that keep the sum of all weights.</summary>
    /// <param name="lower">Events below the signal region.</param>
    /// <param name="upper">Events above it.</param>
    /// <param name="meanMass">Mean mass in the signal region.</param>
    /// <returns>A factor on the weight of the lower and of the upper strip's events; 1 and 1 where a strip is empty.</returns>
    public static (double Lower, double Upper) Of(EventTable lower, EventTable upper, double meanMass)
    {
        var (lowerTotal, lowerMean) = MeanMass(lower);
        var (upperTotal, upperMean) = MeanMass(upper);
        if (!(lowerTotal > 0 && upperTotal > 0 && lowerMean < meanMass && meanMass < upperMean))
        {
            return (1, 1);
        }

        var lowerShare = (upperMean - meanMass) / (upperMean - lowerMean);
        var total = lowerTotal + upperTotal;
        return (lowerShare * total / lowerTotal, (1 - lowerShare) * total / upperTotal);
    }

    /// <summary>Sum of weights and weighted mean mass; the mean of no events is 0.</summary>
    public static (double Total, double Mean) MeanMass(EventTable events)
    {
        var (total, sum) = (0.0, 0.0);
        for (var i = 0; i < events.Count; i++)
        {
            var weight = events.HasWeights ? events.Weights[i] : 1.0;
            (total, sum) = (total + weight, sum + (weight * events.Mass[i]));
        }

        return (total, total > 0 ? sum / total : 0);
    }
}
