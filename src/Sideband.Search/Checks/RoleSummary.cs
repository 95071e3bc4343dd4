using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Results;

namespace Sideband.Search.Checks;

/// <summary>How much a role's events are worth.</summary>
internal static class RoleSummary
{
    /// <param name="role">The role.</param>
    /// <param name="events">Its events, in canonical order.</param>
    /// <param name="countVariance">From <see cref="CopyCheck"/>.</param>
    public static RoleResult Of(string role, EventTable events, double countVariance)
    {
        var count = EventCount.Unweighted(events.Count);
        var negative = 0.0;
        if (events.HasWeights)
        {
            count = EventCount.Of(events.Weights);
            var sizes = 0.0;
            foreach (var weight in events.Weights)
            {
                sizes += Math.Abs(weight);
                negative += Math.Max(0, -weight);
            }

            negative = sizes > 0 ? negative / sizes : 0;
        }

        return new RoleResult(role, events.Count, count.SumWeights, negative, count.EffectiveEvents, countVariance);
    }
}
