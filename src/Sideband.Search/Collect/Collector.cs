using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Collect;

/// <summary>Turns finished units into counts, expectations, significances and summaries. Does no training.</summary>
/// <param name="plan">The search.</param>
/// <param name="store">Holds its finished units.</param>
/// <param name="unfinished">The units that are not, for which failures stand in.</param>
public sealed class Collector(SearchPlan plan, UnitStore store, UnfinishedUnits unfinished)
{
    // The working points first, then the points of the curves.
    private readonly IReadOnlyList<double> _efficiencies = [.. plan.Settings.WorkingPoints, .. SummaryBuilder.CurveEfficiencies];
    private readonly List<FailureResult> _failures = [];

    /// <summary>Collects everything.</summary>
    /// <param name="sink">Takes summaries and scores window by window, so that they are never in memory all at once.</param>
    /// <param name="requested">What was asked for beside the search; of it enters what is finished.</param>
    public CollectedSearch Collect(ICollectSink sink, RequestedExperiments requested)
    {
        var counts = SearchCounts.Load(plan, store, _efficiencies);
        _failures.AddRange(unfinished.Failures);
        _failures.AddRange(counts.Failures);
        var windows = plan.Rows.Select(row => Window(row, counts)).ToArray();
        var tested = new List<TestMetricsResult>();
        foreach (var window in plan.Settings.Blind ? [] : plan.Windows.Searched)
        {
            if (!unfinished.IsWhole(ChainSample.Data, window))
            {
                tested.AddRange(TestMetricsCollector.Unfinished(plan, window));
                continue;
            }

            var scores = WindowScores.Load(plan, store, ChainSample.Data, window);
            var template = ShownTemplate.Of(plan, store, scores.Runs[0]);
            var test = TestScores.Load(plan, store, window);
            sink.Scores(ScoreTable.OfData(scores), plan.Settings.KeepTemplateScores ? ScoreTable.OfTemplate(plan, store, scores) : null);
            sink.Summary(
                new SummaryBuilder(plan, store, scores, template).Of(counts.Data[window.SignalRegion], counts.Model, counts.Shown, test));
            if (plan.Inputs.Has(InputRole.Test))
            {
                tested.Add(TestMetricsCollector.Of(window, test, plan.Settings.WorkingPoints));
            }
        }

        CollectedCalibration[] calibrations =
        [
            .. requested.Calibrations.Select(request => CalibrationCollector.Of(plan, store, counts, request)),
        ];
        foreach (var summary in calibrations.Select(calibration => calibration.Summary).OfType<ExperimentSummary>())
        {
            sink.Experiments(summary);
        }

        IReadOnlyList<ValidationResult> validation = plan.Settings.Blind ? [] : ValidationCollector.Of(plan, windows, counts.Model);
        return new CollectedSearch(
            CollectedCalibration.Apply(calibrations, windows),
            [.. counts.Shown.SelectMany(estimate => estimate.Results(plan.Settings.WorkingPoints))],
            validation,
            QualityCollector.Of(plan, store),
            tested.Count > 0 ? tested : null,
            [.. calibrations.Select(calibration => calibration.ResultOf(windows))],
            LimitCollector.Of(plan, store, counts, requested, CollectedCalibration.KappaOf(calibrations, windows), validation),
            _failures);
    }

    private WindowResult Window(PlanRow row, SearchCounts counts)
    {
        var (template, largest) = TemplateWeights.Of(plan, store, row);
        var (shifts, rules) = counts.Model;
        var withheld = plan.Checks.Withheld(row.Window.Number);
        var points = plan.Settings.WorkingPoints.Select((epsilon, e) => counts.Significance(row.Window, e) is { } found
                ? WorkingPointResults.Of(found)
                : WorkingPointResults.Blind(
                    EstimatedShift.WindowOf(row.Window),
                    epsilon,
                    row.Events,
                    template,
                    plan.RepetitionOf(InputRole.Data),
                    shifts[e],
                    rules[e]))
            .ToArray();
        foreach (var point in points.Where(point => point.Significance.Mean is null && !plan.Settings.Blind))
        {
            _failures.Add(
                new FailureResult(FormattableString.Invariant($"{row.Window.Name}/eps_B {point.EpsilonB:R}"), point.Reason ?? "undefined"));
        }

        var (state, reason) = StateCollector.Of(plan, store, row.Window);
        var window = new WindowResult(
            row.Window.Number, row.Window.SignalRegion.Low, row.Window.SignalRegion.High,
            row.Events, row.TemplateEvents, template.SumWeights, template.SumSquaredWeights, points)
        {
            LargestWeight = largest,
            ClaimWithheld = withheld,
            State = state,
            Reason = reason,
        };
        return window.NoClaim is not { } against ? window : window with
        {
            WorkingPoints = [.. points.Select(point => WorkingPointResults.Unclaimed(point, against, withheld is not null))],
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
    IReadOnlyList<CalibrationResult> Calibrations,
    IReadOnlyList<LimitResult> Limits,
    IReadOnlyList<FailureResult> Failures);
