using Sideband.Events;
using Sideband.Search.Results;

namespace Sideband.Search.Compare;

/// <summary>The compared events of one window by class.</summary>
/// <param name="Result">Their numbers.</param>
/// <param name="Classes">Name and places of the events of each class.</param>
internal sealed record EventClasses(ScoredEventsResult Result, IReadOnlyList<(string Name, int[] Rows)> Classes)
{
    public const string Background = "background", Signal = "signal", All = "all";

    /// <summary>True where signal and background are known and there is some of each.</summary>
    public bool HasBoth => Result.Background > 0 && Result.Signal > 0;

    /// <summary>Events of a class; none where it is not known.</summary>
    public int[] Rows(string name) => Classes.FirstOrDefault(entry => entry.Name == name).Rows ?? [];

    /// <param name="run">Any of the runs: they have the same data.</param>
    /// <param name="window">The window.</param>
    /// <param name="ofTest">True for the test events, false for the data.</param>
    /// <param name="note">Why it is not the test events.</param>
    public static EventClasses Of(ComparedRun run, MassWindow window, bool ofTest, string? note)
    {
        var all = ofTest ? run.Plan.Inputs.Test! : run.Plan.Inputs.Data;
        var events = all.In(window.SignalRegion);
        var source = ofTest ? "test" : "data";
        if (!events.HasLabels)
        {
            return new EventClasses(
                new ScoredEventsResult(source, events.Count, null, null, note), [(All, [.. Enumerable.Range(0, events.Count)])]);
        }

        int[] OfLabel(byte label) => [.. Enumerable.Range(0, events.Count).Where(i => events.Labels[i] == label)];

        var (background, signal) = (OfLabel(0), OfLabel(1));
        return new EventClasses(
            new ScoredEventsResult(source, events.Count, background.Length, signal.Length, note),
            [(Background, background), (Signal, signal)]);
    }
}
