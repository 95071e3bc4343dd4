using Sideband.Events;

namespace Sideband.Search.Scores;

/// <summary>What the classifiers of one window say of other events.</summary>
/// <param name="Window">The window.</param>
/// <param name="Events">
/// The events that have a score: those of every mass or, where the score means nothing outside, of the window alone.
/// </param>
/// <param name="Scores">
/// One an event, mean over the runs. An event that was trained on has the score of the classifier that did not see it, any other the mean
/// of all.
/// </param>
/// <param name="TrainedOn">True for events that are among those the search was trained on.</param>
/// <param name="Passing">One a working point.</param>
/// <param name="Unscored">Events without latent image, or of folds without classifier; their score is NaN, and they never pass.</param>
public sealed record EventScores(
    MassWindow Window,
    EventTable Events,
    float[] Scores,
    bool[] TrainedOn,
    IReadOnlyList<PassingEventFractions> Passing,
    int Unscored)
{
    /// <summary>The fraction of the window's events that pass, at each working point.</summary>
    /// <param name="label">Events of this label alone; null: all.</param>
    public IReadOnlyList<ScoredEfficiency> Efficiencies(byte? label)
    {
        int[] chosen = [.. Events.IndicesIn(Window.SignalRegion).Where(i => label is null || Events.Labels[i] == label)];
        return [.. Passing.Select(point => ScoredEfficiency.Of(point, chosen))];
    }
}

/// <summary>How often each event passes R_c.</summary>
/// <param name="EpsilonB">The working point.</param>
/// <param name="Fractions">One an event, in [0, 1]: of the runs, and of the folds that score the event.</param>
/// <param name="Failure">Why the efficiency is not defined: a fold has no classifier or no cut that separates; null where it is.</param>
public sealed record PassingEventFractions(double EpsilonB, double[] Fractions, string? Failure);

/// <summary>An efficiency with its statistical error.</summary>
/// <param name="EpsilonB">The working point.</param>
/// <param name="Events">Events in the window.</param>
/// <param name="Passing">Those that pass, mean over runs and folds; null where that is not defined.</param>
/// <param name="Efficiency">Their fraction; null without events or where it is not defined.</param>
/// <param name="Error">
/// Binomial standard error at (passing + 1/2)/(events + 1), so that none or all passing has an error, too; null where the efficiency is.
/// </param>
/// <param name="Reason">Why the efficiency is null; null where it is not.</param>
public sealed record ScoredEfficiency(
    double EpsilonB, int Events, double? Passing, double? Efficiency, double? Error, string? Reason = null)
{
    /// <param name="point">Every event's fraction.</param>
    /// <param name="chosen">Events of which the efficiency is.</param>
    public static ScoredEfficiency Of(PassingEventFractions point, int[] chosen)
    {
        if (point.Failure is { } reason)
        {
            return new ScoredEfficiency(point.EpsilonB, chosen.Length, null, null, null, reason);
        }

        var (events, passing) = (chosen.Length, chosen.Sum(i => point.Fractions[i]));
        var likely = (passing + 0.5) / (events + 1);
        return events == 0
            ? new ScoredEfficiency(point.EpsilonB, 0, 0, null, null, "no events")
            : new ScoredEfficiency(point.EpsilonB, events, passing, passing / events, Math.Sqrt(likely * (1 - likely) / events));
    }
}
