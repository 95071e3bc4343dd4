using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Collect;

/// <summary>Turns finished units into counts, expectations, significances and summaries. Does no training.</summary>
public sealed class Collector(SearchPlan plan, UnitStore store)
{
    // The working points first, then the points of the curves.
    private readonly IReadOnlyList<double> _efficiencies = [.. plan.Settings.WorkingPoints, .. SummaryBuilder.CurveEfficiencies];
    private readonly List<FailureResult> _failures = [];

    /// <summary>Collects everything.</summary>
    /// <param name="sink">Takes summaries and scores window by window, so that they are never in memory all at once.</param>
    public CollectedSearch Collect(ICollectSink sink)
    {
        var data = new Dictionary<MassInterval, WindowCounts>();
        if (!plan.Settings.Blind)
        {
            foreach (var window in plan.Windows.Of(ChainSample.Data))
            {
                data[window.SignalRegion] = Counts(ChainSample.Data, window);
            }
        }

        var (used, shown) = Estimates(data);
        var model = BackgroundModel.Of(plan.Settings, used);
        var windows = plan.Rows.Select(row => Window(row, data, model)).ToArray();
        var tested = new List<TestMetricsResult>();
        foreach (var window in plan.Settings.Blind ? [] : plan.Windows.Searched)
        {
            var scores = WindowScores.Load(plan, store, ChainSample.Data, window);
            var template = ShownTemplate.Of(plan, store, scores.Runs[0]);
            var test = TestScores.Load(plan, store, window);
            sink.Scores(ScoreTable.OfData(scores), plan.Settings.KeepTemplateScores ? ScoreTable.OfTemplate(plan, store, scores) : null);
            sink.Summary(new SummaryBuilder(plan, store, scores, template).Of(data[window.SignalRegion], model, shown, test));
            if (plan.Inputs.Has(InputRole.Test))
            {
                tested.Add(TestMetricsCollector.Of(window, test, plan.Settings.WorkingPoints));
            }
        }

        return new CollectedSearch(
            windows,
            [.. shown.SelectMany(estimate => estimate.Results(plan.Settings.WorkingPoints))],
            plan.Settings.Blind ? [] : ValidationCollector.Of(plan, windows),
            QualityCollector.Of(plan, store),
            tested.Count > 0 ? tested : null,
            _failures);
    }

    private WindowCounts Counts(ChainSample sample, MassWindow window)
    {
        var scores = WindowScores.Load(plan, store, sample, window);
        _failures.AddRange(FailureCollector.Of(scores));
        return WindowCounts.Of(scores, _efficiencies, plan.RepetitionOf(sample.Source));
    }

    private (EstimatedShift Used, IReadOnlyList<EstimatedShift> Shown) Estimates(Dictionary<MassInterval, WindowCounts> data)
    {
        var chains = plan.Estimate.Samples.ToDictionary(
            sample => sample,
            sample => plan.Windows.Of(sample)
                .Select(window => (window, SignalFree(sample, Counts(sample, window))))
                .ToArray());
        var labelled = data.Count > 0 && plan.Inputs.HasLabels(InputRole.Data);
        var counts = new EstimateCounts(
            _efficiencies,
            sample => chains[sample],
            labelled ? [.. Labelled().Select(window => (window, data[window.SignalRegion].Background!))] : null);
        return (plan.Estimate.Of(counts), [.. ShiftEstimates.Shown(plan.Estimate, labelled).Select(estimate => estimate.Of(counts))]);
    }

    // The truth, where the labels tell it: what delta_sys is on the data's own background.
    private IReadOnlyList<MassWindow> Labelled() => plan.Estimate.ScoresDataEverywhere ? plan.Windows.ForShift : plan.Windows.Searched;

    // Signal in the pseudo-data, where labels tell it, must not enter the background's shift. The data's labels are for comparison only.
    private static WindowCount[][] SignalFree(ChainSample sample, WindowCounts counts) =>
        sample.Source == InputRole.Data ? counts.All : counts.Background ?? counts.All;

    private WindowResult Window(PlanRow row, Dictionary<MassInterval, WindowCounts> data, BackgroundModel model)
    {
        var (sumW, sumW2) = TemplateWeights.Of(plan, store, row);
        var window = EstimatedShift.WindowOf(row.Window);
        var withheld = plan.Checks.Withheld(row.Window.Number);
        var repetition = plan.RepetitionOf(InputRole.Data);
        var points = plan.Settings.WorkingPoints.Select((epsilon, e) => data.TryGetValue(row.Window.SignalRegion, out var counts)
            ? WorkingPointResults.Of(WindowSignificance.Of(window, counts.All[e], model.Shifts[e], model.Rules[e]))
            : WorkingPointResults.Blind(
                window, epsilon, row.Events, row.TemplateEvents, repetition, model.Shifts[e], model.Rules[e]))
            .Select(point => withheld is null ? point : WorkingPointResults.Withheld(point, withheld)).ToArray();
        foreach (var point in points.Where(point => point.Significance.Mean is null && !plan.Settings.Blind))
        {
            _failures.Add(
                new FailureResult(FormattableString.Invariant($"{row.Window.Name}/eps_B {point.EpsilonB:R}"), point.Reason ?? "undefined"));
        }

        return new WindowResult(
            row.Window.Number, row.Window.SignalRegion.Low, row.Window.SignalRegion.High,
            row.Events, row.TemplateEvents, sumW, sumW2, points)
        {
            ClaimWithheld = withheld,
        };
    }
}

/// <summary>The part of the result that comes from the units.</summary>
public sealed record CollectedSearch(
    IReadOnlyList<WindowResult> Windows,
    IReadOnlyList<DeltaSysResult> DeltaSys,
    IReadOnlyList<ValidationResult> Validation,
    IReadOnlyList<TemplateQualityResult> TemplateQuality,
    IReadOnlyList<TestMetricsResult>? TestMetrics,
    IReadOnlyList<FailureResult> Failures);
