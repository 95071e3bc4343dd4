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
/// <param name="Passing">
/// [working point][event] fraction of the runs, and of the folds that score the event, in which it passes R_c.
/// </param>
/// <param name="Unscored">Events without latent image, or of folds without classifier; their score is NaN, and they never pass.</param>
public sealed record EventScores(
    MassWindow Window, EventTable Events, float[] Scores, bool[] TrainedOn, IReadOnlyList<double[]> Passing, int Unscored)
{
    /// <summary>The fraction of the window's events that pass at each working point.</summary>
    /// <param name="workingPoints">Background efficiencies.</param>
    /// <param name="label">Events of this label alone; null: all.</param>
    public IReadOnlyList<ScoredEfficiency> Efficiencies(IReadOnlyList<double> workingPoints, byte? label)
    {
        int[] chosen = [.. Events.IndicesIn(Window.SignalRegion).Where(i => label is null || Events.Labels[i] == label)];
        return [.. workingPoints.Select((epsilon, w) => ScoredEfficiency.Of(epsilon, chosen.Length, chosen.Sum(i => Passing[w][i])))];
    }
}

/// <summary>An efficiency with its statistical error.</summary>
/// <param name="EpsilonB">The working point.</param>
/// <param name="Events">Events in the window.</param>
/// <param name="Passing">Those that pass, mean over runs and folds.</param>
/// <param name="Efficiency">Their fraction; null without events.</param>
/// <param name="Error">
/// Binomial standard error at (passing + 1/2)/(events + 1), so that none or all passing has an error, too; null without events.
/// </param>
public sealed record ScoredEfficiency(double EpsilonB, int Events, double Passing, double? Efficiency, double? Error)
{
    public static ScoredEfficiency Of(double epsilon, int events, double passing)
    {
        var likely = (passing + 0.5) / (events + 1);
        return events == 0
            ? new ScoredEfficiency(epsilon, 0, 0, null, null)
            : new ScoredEfficiency(epsilon, events, passing, passing / events, Math.Sqrt(likely * (1 - likely) / events));
    }
}
