using Sideband.Events;
using Sideband.Search.Results;

namespace Sideband.Search.Compare;

/// <summary>Events of a window that are known to be background.</summary>
/// <param name="Events">What templates are held against; null where nothing is known.</param>
/// <param name="Other">Other true background, against which it is held itself; null: its own halves are.</param>
/// <param name="Result">Where they come from.</param>
internal sealed record TrueBackground(EventTable? Events, EventTable? Other, TrueBackgroundResult Result)
{
    private const byte Background = 0;

    // Halves must not know the folds that classifiers are trained in.
    private const ulong HalvesSalt = 0xbb67ae8584caa73b;

    /// <param name="run">Any of the runs: they have the same data.</param>
    /// <param name="oneTest">Whether all have the same test events.</param>
    /// <param name="window">The window.</param>
    public static TrueBackground Of(ComparedRun run, bool oneTest, MassWindow window)
    {
        var test = oneTest ? OfLabel(run.Plan.Inputs.Test!, window) : null;
        var data = run.Plan.Inputs.Data.HasLabels ? OfLabel(run.Plan.Inputs.Data, window) : null;
        return (test, data) switch
        {
            ({ Count: > 0 }, { Count: > 0 }) => new(test, data, new TrueBackgroundResult("test", test.Count, "data", null)),
            ({ Count: > 0 }, _) => new(test, null, new TrueBackgroundResult("test", test.Count, "halves", null)),
            (_, { Count: > 0 }) => new(data, null, new TrueBackgroundResult("data", data.Count, "halves", null)),
            _ => new(null, null, new TrueBackgroundResult(
                null, 0, null, "neither data with labels nor common test events with background in this window")),
        };
    }

    /// <summary>Two samples of true background: this and the other or, of each training anew, random halves; copies share a half.</summary>
    /// <param name="seed">Of the halves.</param>
    /// <param name="training">From 1.</param>
    public (EventTable First, EventTable Second) Parts(ulong seed, int training)
    {
        if (Other is not null)
        {
            return (Events!, Other);
        }

        var halves = new FoldAssignment(seed ^ HalvesSalt, training, 2).Of(Events!);
        EventTable Half(int half) => Events!.Select([.. Enumerable.Range(0, halves.Length).Where(i => halves[i] == half)]);

        return (Half(0), Half(1));
    }

    private static EventTable OfLabel(EventTable events, MassWindow window) =>
        events.Select([.. events.IndicesIn(window.SignalRegion).Where(i => events.Labels[i] == Background)]);
}
