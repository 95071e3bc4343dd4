using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Results;

namespace Sideband.Search.Collect;

/// <summary>ROC, SIC and signal efficiency from labelled events that no classifier was trained on, scored by all of them (mean).</summary>
internal static class TestMetricsCollector
{
    /// <summary>The maximum SIC is taken where at least this many background events pass; below, it is a fluctuation.</summary>
    private const int FewestPassingBackground = 25;

    /// <summary>The entry of a window whose units are not all done; none where there are no test events.</summary>
    public static IEnumerable<TestMetricsResult> Unfinished(SearchPlan plan, MassWindow window)
    {
        if (TestScores.Unscored(plan, window) is { } test)
        {
            yield return Of(window, test, plan.Settings.WorkingPoints) with { Reason = UnfinishedUnits.Reason };
        }
    }

    /// <param name="window">The window.</param>
    /// <param name="test">Its test events.</param>
    /// <param name="workingPoints">Background efficiencies.</param>
    public static TestMetricsResult Of(MassWindow window, TestScores? test, IReadOnlyList<double> workingPoints)
    {
        byte[] labels = test?.Labels ?? [];
        var signal = labels.Count(label => label == 1);
        var background = labels.Length - signal;
        if (test?.Curve() is not { } roc)
        {
            var reason = signal > 0 && background > 0 ? "no classifier could be trained" : "the window holds no test events of one class";
            return new TestMetricsResult(window.Number, signal, background, null, [], null, null, reason);
        }

        var best = roc.MaximumSic(FewestPassingBackground);
        return new TestMetricsResult(
            window.Number,
            signal,
            background,
            roc.Auc,
            [.. workingPoints.Select(epsilon =>
            {
                var sic = roc.SicAt(epsilon);
                return new TestWorkingPointResult(epsilon, roc.SignalEfficiencyAt(epsilon), sic.Value, sic.Reason);
            })],
            best?.Sic,
            best?.BackgroundEfficiency,
            best is null ? $"nowhere do at least {FewestPassingBackground} background events pass" : null);
    }
}
