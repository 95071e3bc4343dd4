using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Search.Work;

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
        var dataCounts = new Dictionary<MassWindow, WindowCounts>();
        if (!plan.Settings.Blind)
        {
            foreach (var window in plan.Windows.Data)
            {
                dataCounts[window] = WindowCounts.Of(Load(SampleRole.Data, window), _efficiencies);
            }
        }

        var estimates = Estimates(dataCounts);
        var used = Used(estimates);
        var model = BackgroundModel.Of(plan.Settings, used);
        var windows = plan.Rows.Select(row => Window(row, dataCounts, model)).ToArray();
        var tested = new List<TestMetricsResult>();
        if (!plan.Settings.Blind)
        {
            foreach (var window in plan.Settings.Windows.Windows)
            {
                var scores = WindowScores.Load(plan, store, SampleRole.Data, window);
                sink.Scores(scores);
                sink.Summary(SummaryBuilder.Of(plan, store, scores, dataCounts[window], model, estimates));
                if (plan.Inputs.Test is not null)
                {
                    tested.Add(TestMetricsCollector.Of(plan, scores));
                }
            }
        }

        return new CollectedSearch(
            windows,
            [.. estimates.SelectMany(estimate => estimate.Results(plan.Settings.WorkingPoints))],
            plan.Settings.Blind ? [] : ValidationCollector.Of(plan, windows),
            QualityCollector.Of(plan, store),
            tested.Count > 0 ? tested : null,
            _failures);
    }

    private WindowScores Load(SampleRole sample, MassWindow window)
    {
        var scores = WindowScores.Load(plan, store, sample, window);
        foreach (var fold in scores.Runs.SelectMany(run => run))
        {
            if (fold.Result.Failure is { } reason)
            {
                _failures.Add(new FailureResult(fold.Unit.Name, reason));
            }

            _failures.AddRange(fold.Result.FailedMembers.Select(member => new FailureResult(fold.Unit.Name, member)));
        }

        var results = scores.Runs.SelectMany(run => run).Select(fold => fold.Result).ToArray();
        if (results.Sum(result => result.UndefinedData) + results.Sum(result => result.UndefinedTemplate) > 0)
        {
            _failures.Add(new FailureResult(
                $"{window.Name} of {sample.Name()}",
                $"{results.Sum(result => result.UndefinedData)} data events and {results.Sum(result => result.UndefinedTemplate)} template events, counted over runs and folds, have no latent image or no finite likelihood ratio; they never pass"));
        }

        return scores;
    }

    private List<ShiftEstimate> Estimates(Dictionary<MassWindow, WindowCounts> data)
    {
        var estimates = new List<ShiftEstimate>();
        foreach (var (sample, kind) in new[] { (SampleRole.MonteCarlo, EstimateKind.Mc), (SampleRole.Sideband, EstimateKind.Sideband) })
        {
            if (plan.Windows.Of(sample) is { Count: > 0 } windows)
            {
                estimates.Add(ShiftEstimate.Of(kind, windows, [.. windows.Select(window => SignalFree(sample, WindowCounts.Of(Load(sample, window), _efficiencies)))]));
            }
        }

        if (plan.Settings.EffectiveSystematics == SystematicsSource.MonteCarloAndSideband)
        {
            estimates.Add(ShiftEstimate.Given([.. estimates[0].Shifts.Zip(estimates[1].Shifts, SystematicShift.Combine)]));
        }

        // The truth, where the labels tell it: what delta_sys is on the data's own background.
        if (data.Count > 0 && plan.Inputs.Data.HasLabels)
        {
            var grid = plan.Settings.EffectiveSystematics == SystematicsSource.Labels
                ? plan.Settings.EffectiveDeltaSysWindows.Windows.Select(window => data.Keys.First(known => known.SignalRegion == window.SignalRegion))
                : plan.Settings.Windows.Windows;
            MassWindow[] windows = [.. grid];
            estimates.Add(ShiftEstimate.Of(EstimateKind.Labels, windows, [.. windows.Select(window => data[window].Background!)]));
        }

        return estimates;
    }

    // Signal in the pseudo-data, where labels tell it, must not enter the background's shift. The data's labels are for comparison only.
    private static WindowCount[][] SignalFree(SampleRole sample, WindowCounts counts) =>
        sample == SampleRole.MonteCarlo ? counts.Background ?? counts.All : counts.All;

    private ShiftEstimate Used(List<ShiftEstimate> estimates) => plan.Settings.EffectiveSystematics switch
    {
        SystematicsSource.MonteCarlo => estimates.First(estimate => estimate.Kind == EstimateKind.Mc),
        SystematicsSource.Sideband => estimates.First(estimate => estimate.Kind == EstimateKind.Sideband),
        SystematicsSource.MonteCarloAndSideband => estimates.First(estimate => estimate.Kind == EstimateKind.McAndSideband),
        SystematicsSource.Labels => estimates.First(estimate => estimate.Kind == EstimateKind.Labels),
        SystematicsSource.Fixed => ShiftEstimate.Given([.. _efficiencies.Select((_, e) =>
            e < plan.Settings.WorkingPoints.Count ? SystematicShift.Fixed(plan.Settings.Systematics.Fixed[e]) : SystematicShift.Zero)]),
        _ => ShiftEstimate.Given([.. _efficiencies.Select(_ => SystematicShift.Zero)]),
    };

    private WindowResult Window(PlanRow row, Dictionary<MassWindow, WindowCounts> data, BackgroundModel model)
    {
        var (sumW, sumW2) = TemplateWeights(row);
        var window = ShiftEstimate.WindowOf(row.Window);
        var points = plan.Settings.WorkingPoints.Select((epsilon, e) => data.TryGetValue(row.Window, out var counts)
            ? WorkingPointResults.Of(WindowSignificance.Of(window, counts.All[e], model.Shifts[e], model.Rules[e]))
            : WorkingPointResults.Blind(window, epsilon, row.Events, row.TemplateEvents, model.Shifts[e], model.Rules[e])).ToArray();
        foreach (var point in points.Where(point => point.Significance.Mean is null && !plan.Settings.Blind))
        {
            _failures.Add(new FailureResult(FormattableString.Invariant($"{row.Window.Name}/eps_B {point.EpsilonB:R}"), point.Reason ?? "undefined"));
        }

        return new WindowResult(
            row.Window.Number, row.Window.SignalRegion.Low, row.Window.SignalRegion.High, row.Events, row.TemplateEvents, sumW, sumW2, points);
    }

    private (double SumW, double SumW2) TemplateWeights(PlanRow row)
    {
        if (plan.Density is not null)
        {
            return (row.TemplateEvents, row.TemplateEvents);
        }

        var template = RunSample.Load(plan, store, SampleRole.Data, row.Window, 1).Template.Events;
        var (sumW, sumW2) = (0.0, 0.0);
        foreach (var weight in template.Weights)
        {
            (sumW, sumW2) = (sumW + weight, sumW2 + (weight * weight));
        }

        return template.HasWeights ? (sumW, sumW2) : (template.Count, template.Count);
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

/// <summary>Takes what is too large to be kept in memory for all windows.</summary>
public interface ICollectSink
{
    void Summary(WindowSummary summary);

    void Scores(WindowScores scores);
}
