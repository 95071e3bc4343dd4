using System.Globalization;
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
    /// <param name="region">Events in it; without any there is nothing to be balanced against, and the weights are 1.</param>
    /// <param name="problem">Why there are no weights; null where there are.</param>
    /// <returns>A factor on the weight of the lower and of the upper strip's events; null with a problem.</returns>
    public static (double Lower, double Upper)? Of(EventTable lower, EventTable upper, EventTable region, out string? problem)
    {
        problem = null;
        if (region.Count == 0)
        {
            return (1, 1);
        }

        var (lowerTotal, lowerMean) = MeanMass(lower);
        var (upperTotal, upperMean) = MeanMass(upper);
        var (total, mean) = MeanMass(region);
        foreach (var (sum, what) in new[] { (lowerTotal, "lower strip"), (upperTotal, "upper strip"), (total, "signal region") })
        {
            if (!(sum > 0))
            {
                problem = $"the weights in its {what} sum to {sum.ToString("G6", CultureInfo.InvariantCulture)}, so that its strips "
                    + "cannot be balanced in mass; sideband_balance none does not balance them";
                return null;
            }
        }

        if (!(lowerMean < mean && mean < upperMean))
        {
            problem = string.Create(
                CultureInfo.InvariantCulture,
                $"the mean mass in its signal region, {mean:G6}, does not lie between those of its strips, {lowerMean:G6} and "
                + $"{upperMean:G6}, as negative weights can make it; sideband_balance none does not balance them");
            return null;
        }

        var lowerShare = (upperMean - mean) / (upperMean - lowerMean);
        var both = lowerTotal + upperTotal;
        return (lowerShare * both / lowerTotal, (1 - lowerShare) * both / upperTotal);
    }

    /// <summary>Sum of weights and weighted mean mass; the mean of no events is 0.</summary>
    private static (double Total, double Mean) MeanMass(EventTable events)
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
