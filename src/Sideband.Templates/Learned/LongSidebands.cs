using Sideband.Events;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>The events outside of the signal region in random order, the held-out ones first.</summary>
/// <param name="All">All of them.</param>
/// <param name="HeldOut">Number of those that no density is trained on.</param>
internal sealed record LongSidebands(EventTable All, int HeldOut)
{
    // Held out for the log-likelihood: enough for an error of 0.01 at a spread of ln p of 1.5, and never more than a twentieth.
    private const int MostHeldOut = 20_000;
    private const int HeldOutFraction = 20;

    /// <summary>The events that a density is trained on.</summary>
    public EventTable Training => All.Select([.. Enumerable.Range(HeldOut, All.Count - HeldOut)]);

    /// <summary>The same for every stage of one window and run.</summary>
    public static LongSidebands Of(IStageInputs inputs)
    {
        var events = inputs.Events(InputRole.Searched);
        var outside = events.IndicesOutside(inputs.Window.SignalRegion);
        inputs.Stream(DensityStage.StageName, "order").Shuffle<int>(outside);
        return new LongSidebands(events.Select(outside), Math.Min(MostHeldOut, outside.Length / HeldOutFraction));
    }
}
