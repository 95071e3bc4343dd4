using Sideband.Events;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Templates;

namespace Sideband.Search.Collect;

/// <summary>The counts of a finished search, and what they say about delta_sys: all that significances and limits are made of.</summary>
/// <param name="Data">Of every window in which data are scored; empty for a blind search.</param>
/// <param name="Shown">Every estimate of delta_sys that results show.</param>
/// <param name="Model">delta_sys and sigma_sys that enter N_exp, one a background efficiency.</param>
/// <param name="Failures">Units that failed.</param>
internal sealed record SearchCounts(
    IReadOnlyDictionary<MassInterval, WindowCounts> Data,
    IReadOnlyList<EstimatedShift> Shown,
    BackgroundModel Model,
    IReadOnlyList<FailureResult> Failures)
{
    public const string BlindReason = "blind: signal-region data are not scored";

    /// <param name="plan">The search.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <param name="efficiencies">Background efficiencies, the working points first.</param>
    public static SearchCounts Load(SearchPlan plan, UnitStore store, IReadOnlyList<double> efficiencies)
    {
        var failures = new List<FailureResult>();
        WindowCounts Counts(ChainSample sample, MassWindow window)
        {
            var scores = WindowScores.Load(plan, store, sample, window);
            failures.AddRange(FailureCollector.Of(scores));
            var all = plan.Context.Events(Experiment.Search, sample, InputRole.Searched)!;
            return WindowCounts.Of(
                scores, efficiencies, plan.RepetitionOf(sample.Source, CopiesKept(sample, all, window, scores.Data.Count)));
        }

        var data = new Dictionary<MassInterval, WindowCounts>();
        foreach (var window in plan.Settings.Blind ? [] : plan.Windows.Of(ChainSample.Data))
        {
            data[window.SignalRegion] = Counts(ChainSample.Data, window);
        }

        var chains = plan.Estimate.Samples.ToDictionary(
            sample => sample,
            sample => plan.Windows.Of(sample).Select(window => (window, SignalFree(sample, Counts(sample, window)))).ToArray());
        var labelled = data.Count > 0 && plan.Inputs.HasLabels(InputRole.Data);
        var counts = new EstimateCounts(
            efficiencies,
            sample => chains[sample],
            labelled ? [.. Labelled(plan).Select(window => (window, data[window.SignalRegion].Background!))] : null);
        return new SearchCounts(
            data,
            [.. ShiftEstimates.Shown(plan.Estimate, labelled).Select(estimate => estimate.Of(counts))],
            BackgroundModel.Of(plan.Settings, plan.Estimate.Of(counts)),
            failures);
    }

    /// <summary>
    /// The part of the pairs of copies, for each event, that is there where a sample's events are drawn at random from more of them: a part
    /// f of the rows holds f^2 of the pairs.
    /// </summary>
    /// <param name="sample">The sample.</param>
    /// <param name="all">What its events are drawn from.</param>
    /// <param name="window">The window.</param>
    /// <param name="searched">The number of its events that are searched there.</param>
    internal static double CopiesKept(ChainSample sample, EventTable all, MassWindow window, int searched)
    {
        var inside = all.CountIn(window.SignalRegion);
        var from = sample.OutsideOfRegion ? all.Count - inside : inside;
        return from > 0 ? Math.Min(1, (double)searched / from) : 1;
    }

    /// <summary>What a searched window says at one working point; null for a blind search.</summary>
    public WindowSignificance? Significance(MassWindow window, int workingPoint) =>
        Data.TryGetValue(window.SignalRegion, out var counts)
            ? WindowSignificance.Of(
                EstimatedShift.WindowOf(window), counts.All[workingPoint], Model.Shifts[workingPoint], Model.Rules[workingPoint])
            : null;

    // The truth, where the labels tell it: what delta_sys is on the data's own background.
    private static IReadOnlyList<MassWindow> Labelled(SearchPlan plan) =>
        plan.Estimate.ScoresDataEverywhere ? plan.Windows.ForShift : plan.Windows.Searched;

    // Signal in the pseudo-data, where labels tell it, must not enter the background's shift. The data's labels are for comparison only.
    private static WindowCount[][] SignalFree(ChainSample sample, WindowCounts counts) =>
        sample.Source == InputRole.Data ? counts.All : counts.Background ?? counts.All;
}
