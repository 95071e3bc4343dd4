using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Collect;
using Sideband.Search.Scores;

namespace Sideband.Search.Fits;

/// <summary>
/// Which data events, at all masses, the classifiers of one window leave. Each event is judged by its own fold's classifier, or the score's
/// width would jump at the edges of the signal region and look like a bump.
/// </summary>
/// <param name="Passes">
/// [working point][run] one flag an event, in the order of the data; null where a fold has no cut that separates.
/// </param>
/// <param name="Failures">[working point][run] why there are no flags.</param>
internal sealed record WindowSelection(IReadOnlyList<bool[]?[]> Passes, IReadOnlyList<string?[]> Failures)
{
    /// <summary>By the scores that the search kept.</summary>
    public static WindowSelection Of(WindowScores scores, IReadOnlyList<double> workingPoints)
    {
        var passes = workingPoints.Select(_ => new bool[]?[scores.Runs.Count]).ToArray();
        var failures = workingPoints.Select(_ => new string?[scores.Runs.Count]).ToArray();
        foreach (var (r, run) in scores.Runs.Index())
        {
            ScoreDistribution[] templates =
            [
                .. run.Folds.Select(fold => new ScoreDistribution(fold.Product.TemplateScores, fold.Product.TemplateWeights)),
            ];
            foreach (var (w, epsilon) in workingPoints.Index())
            {
                (passes[w][r], failures[w][r]) = Cut(run, templates, epsilon);
            }
        }

        return new WindowSelection(passes, failures);
    }

    /// <summary>By scores that are made now.</summary>
    /// <param name="runs">One a run, of all data events.</param>
    public static WindowSelection Of(IReadOnlyList<EventScores> runs)
    {
        var points = runs[0].Passing.Count;
        return new WindowSelection(
            [.. Enumerable.Range(0, points).Select(w => (bool[]?[])[.. runs.Select(run => Flags(run.Passing[w]))])],
            [.. Enumerable.Range(0, points).Select(w => (string?[])[.. runs.Select(run => run.Passing[w].Failure)])]);
    }

    /// <summary>One flag an event that is judged by its own fold alone; null where a fold has no cut that separates.</summary>
    public static bool[]? Flags(PassingEventFractions point) =>
        point.Failure is null ? [.. point.Fractions.Select(fraction => fraction > 0)] : null;

    /// <summary>The masses that pass at one working point.</summary>
    /// <param name="data">All events.</param>
    /// <param name="distinct">Those that are fitted where some are copies of others; null: all.</param>
    /// <param name="workingPoint">Its place.</param>
    /// <param name="epsilon">Its background efficiency.</param>
    public SelectedMasses Masses(EventTable data, bool[]? distinct, int workingPoint, double epsilon) => new(
        epsilon,
        [
            .. Passes[workingPoint].Select((passes, r) => passes is null
                ? new SelectedRun(r + 1, [], Failures[workingPoint][r])
                : new SelectedRun(r + 1, SelectedMasses.Masses(data, passes, distinct), null)),
        ]);

    private static (bool[]? Passes, string? Failure) Cut(RunScores run, ScoreDistribution[] templates, double epsilon)
    {
        var passes = new bool[run.Scored.Count];
        foreach (var (fold, template) in run.Folds.Zip(templates))
        {
            if (fold.Product.Failure is { } failed)
            {
                return (null, FormattableString.Invariant($"run {run.Run}, fold {fold.Fold}: {failed}"));
            }

            var threshold = Threshold.At(epsilon, template);
            if (threshold.Unusable is { } reason)
            {
                return (null, FormattableString.Invariant($"run {run.Run}, fold {fold.Fold}: {reason}"));
            }

            var passing = fold.Product.Data.Passing(threshold.Score);
            for (var i = 0; i < passing.Length; i++)
            {
                passes[fold.Indices[i]] = passing[i];
            }
        }

        return (passes, null);
    }
}
