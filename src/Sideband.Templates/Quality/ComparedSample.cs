using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Quality;

/// <summary>One of two samples that are compared.</summary>
/// <param name="Features">[feature][event].</param>
/// <param name="Mass">One an event, in the unit of the mass.</param>
/// <param name="SecondHalf">Whether an event belongs to the second half: the classifier of one half is tested on the other.</param>
/// <param name="Weights">One an event; empty: all 1.</param>
internal sealed record ComparedSample(float[][] Features, double[] Mass, bool[] SecondHalf, double[] Weights)
{
    private const ulong HalvesSalt = 0x6a09e667f3bcc909;

    public int Count => Mass.Length;

    /// <summary>Events as they are, halved by their identity.</summary>
    public static ComparedSample Of(EventTable events) => new(
        DrawnEvents.Features(events), events.Mass.ToArray(), Halves(events), events.HasWeights ? events.Weights.ToArray() : []);

    /// <summary>Copies of an event share a half: else a half would know the other's events.</summary>
    public static bool[] Halves(EventTable events, ulong salt = HalvesSalt) =>
        [.. events.Identity.ToArray().Select(identity => SplitMix64.Mix(identity ^ salt) % 2 == 1)];
}
