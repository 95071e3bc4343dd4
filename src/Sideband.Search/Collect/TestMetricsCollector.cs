using Sideband.Events;
using Sideband.Inference.Metrics;
using Sideband.Search.Plan;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>ROC, SIC and signal efficiency from labelled events that no classifier was trained on, scored by all of them (mean).</summary>
internal static class TestMetricsCollector
{
    /// <summary>The maximum SIC is taken where at least this many background events pass; below, it is a fluctuation.</summary>
    private const int FewestPassingBackground = 25;

    /// <summary>The ROC curve of the test events in a window; null where there are none of one class, or no classifier.</summary>
    public static RocCurve? Curve(SearchPlan plan, WindowScores scores) =>
        EventsIn(plan, scores) is { } events && MeanScores(scores, events.Count) is { Length: > 0 } mean ? RocSummary.Of(mean, events.Labels.ToArray()) : null;

    /// <param name="plan">The plan, with test events.</param>
    /// <param name="scores">The window.</param>
    public static TestMetricsResult Of(SearchPlan plan, WindowScores scores)
    {
        var labels = EventsIn(plan, scores)!.Labels.ToArray();
        var signal = labels.Count(label => label == 1);
        var background = labels.Length - signal;
        if (Curve(plan, scores) is not { } roc)
        {
            var reason = signal > 0 && background > 0 ? "no classifier could be trained" : "the window holds no test events of one class";
            return new TestMetricsResult(scores.Window.Number, signal, background, null, [], null, null, reason);
        }

        var best = roc.MaximumSic(FewestPassingBackground);
        return new TestMetricsResult(
            scores.Window.Number,
            signal,
            background,
            roc.Auc,
            [.. plan.Settings.WorkingPoints.Select(epsilon =>
            {
                var sic = roc.SicAt(epsilon);
                return new TestWorkingPointResult(epsilon, roc.SignalEfficiencyAt(epsilon), sic.Value, sic.Reason);
            })],
            best?.Sic,
            best?.BackgroundEfficiency,
            best is null ? $"nowhere do at least {FewestPassingBackground} background events pass" : null);
    }

    private static EventTable? EventsIn(SearchPlan plan, WindowScores scores) =>
        plan.Inputs.Test is { } test ? test.Select(test.IndicesIn(scores.Window.SignalRegion)) : null;

    private static float[] MeanScores(WindowScores scores, int count)
    {
        var units = scores.Runs.SelectMany(run => run).Where(fold => fold.Result.Failure is null).ToArray();
        var sum = new double[units.Length == 0 ? 0 : count];
        foreach (var unit in units)
        {
            for (var i = 0; i < sum.Length; i++)
            {
                sum[i] += unit.Result.TestScores[i];
            }
        }

        return [.. sum.Select(value => (float)(value / units.Length))];
    }
}
