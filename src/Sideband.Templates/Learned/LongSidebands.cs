using Sideband.Events;
using Sideband.Templates.Stages;

namespace Sideband.Templates.Learned;

/// <summary>
/// The events outside of the signal region in random order, the held-out ones first. Few of them are learned in two halves
/// (<see cref="TwoHalves"/>), each by a density of its own.
/// </summary>
/// <param name="All">All of them.</param>
/// <param name="HeldOut">Number of those that no density is trained on.</param>
/// <param name="SecondHalf">
/// Whether an event belongs to the second half, held out or not; copies of an event share a half. Empty where one density learns all.
/// </param>
internal sealed record LongSidebands(EventTable All, int HeldOut, bool[] SecondHalf)
{
    // Held out for the log-likelihood: enough for an error of 0.01 at a spread of ln p of 1.5, and never more than a twentieth.
    private const int MostHeldOut = 20_000;
    private const int HeldOutFraction = 20;

    /// <summary>The events that each density is trained on: all, or two halves.</summary>
    public IReadOnlyList<EventTable> Training => SecondHalf.Length > 0
        ? [Rows(row => !SecondHalf[row]), Rows(row => SecondHalf[row])]
        : [Rows(_ => true)];

    /// <summary>Events that each density is trained on, of so many outside of the region.</summary>
    public static IReadOnlyList<int> PartsOf(int outside) =>
        TwoHalves.Suit(outside, TwoHalves.FewOfDensity) ? [outside - (outside / 2), outside / 2] : [outside];

    /// <summary>The same for every stage of one window and run.</summary>
    public static LongSidebands Of(IStageInputs inputs)
    {
        var events = inputs.Events(InputRole.Searched);
        var outside = events.IndicesOutside(inputs.Window.SignalRegion);
        inputs.Stream(DensityStage.StageName, "order").Shuffle<int>(outside);
        var all = events.Select(outside);
        bool[] secondHalf = TwoHalves.Suit(all.Count, TwoHalves.FewOfDensity)
            ? TwoHalves.Of(all, inputs.Stream(DensityStage.StageName, "halves").NextUInt64())
            : [];
        return new LongSidebands(all, Math.Min(MostHeldOut, all.Count / HeldOutFraction), secondHalf);
    }

    private EventTable Rows(Func<int, bool> chosen) =>
        All.Select([.. Enumerable.Range(HeldOut, All.Count - HeldOut).Where(chosen)]);
}
