using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Inference.Limits;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Templates;

namespace Sideband.Search.Collect;

/// <summary>Efficiencies, significances and upper limits from the redraws of an injection scan that are finished.</summary>
internal sealed class LimitCollector
{
    private const int FewestRedraws = 2;

    private static readonly LimitRule[] Rules = [LimitRule.Cls, LimitRule.Root, LimitRule.Published, LimitRule.Neyman];

    private readonly SearchPlan _plan;
    private readonly UnitStore _store;
    private readonly SearchCounts _counts;
    private readonly InjectionRequest _request;
    private readonly LimitRequest _limit;
    private readonly Redraws _redraws;
    private readonly IReadOnlyDictionary<int, double> _shares;

    private LimitCollector(SearchPlan plan, UnitStore store, SearchCounts counts, InjectionRequest request, LimitRequest limit)
    {
        (_plan, _store, _counts, _request, _limit) = (plan, store, counts, request, limit);
        (_redraws, _shares) = (Redraws.Load(plan, store, request), SignalShares.Of(plan));
    }

    /// <param name="plan">The search.</param>
    /// <param name="store">Holds its units and those of the redraws.</param>
    /// <param name="counts">Of the search, the working points first.</param>
    /// <param name="requested">The scan, and how limits are quoted.</param>
    /// <param name="kappa">[window][working point]; null where it is not known: 1.</param>
    /// <param name="validation">The search's verdicts, one a working point; empty for a blind search.</param>
    public static IReadOnlyList<LimitResult> Of(
        SearchPlan plan,
        UnitStore store,
        SearchCounts counts,
        RequestedExperiments requested,
        IReadOnlyList<IReadOnlyList<KappaResult?>> kappa,
        IReadOnlyList<ValidationResult> validation)
    {
        if (requested.Injection is not { } request)
        {
            return [];
        }

        var collector = new LimitCollector(plan, store, counts, request, requested.Limit ?? LimitRequest.Default);
        MassWindow[] looked = [.. plan.Windows.Searched.Where(window => request.Windows.Contains(window.Number))];
        var places = plan.Windows.Searched.Index().ToDictionary(entry => entry.Item, entry => entry.Index);
        return
        [
            .. looked.SelectMany((window, w) =>
            {
                var against = WindowClaims.Against(plan, store, window);
                return plan.Settings.WorkingPoints.Select((_, e) => collector.Of(
                    window,
                    w,
                    e,
                    kappa[places[window]][e],
                    against,
                    validation.Count == 0 || validation[e].IsOk ? null
                        : string.Join(": ", new[] { validation[e].Verdict, validation[e].Reason }.OfType<string>())));
            }),
        ];
    }

    /// <summary>The injection scan in each of its windows at each working point, kappa = 1.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="store">Holds its units and those of the redraws.</param>
    /// <param name="counts">Of the search, the working points first.</param>
    /// <param name="request">The scan.</param>
    public static IReadOnlyList<(MassWindow Window, double EpsilonB, InjectionScan Scan)> Scans(
        SearchPlan plan, UnitStore store, SearchCounts counts, InjectionRequest request)
    {
        var collector = new LimitCollector(plan, store, counts, request, LimitRequest.Default);
        return
        [
            .. plan.Windows.Searched.Where(window => request.Windows.Contains(window.Number)).SelectMany((window, w) =>
                plan.Settings.WorkingPoints.Select((epsilon, e) => (window, epsilon, collector.Scan(w, e, Independent)))),
        ];
    }

    private static VarianceInflation Independent { get; } = new(Measured.Of(1), Measured.Of(0), Measured.Of(0), 0, 0);

    private InjectionScan Scan(int w, int e, VarianceInflation kappa) =>
        InjectionScan.Of([.. _request.Strengths.Select((strength, s) => Strength(strength, s, w, e, kappa))]);

    private LimitResult Of(MassWindow window, int w, int e, KappaResult? kappa, string? against, string? verdict)
    {
        var row = _plan.Rows.First(entry => entry.Window == window);
        var (events, epsilon) = (row.Events, _plan.Settings.WorkingPoints[e]);
        var all = _redraws.Missing + _redraws.Finished.Count;
        var missing = _redraws.Missing == 0
            ? null
            : FormattableString.Invariant($"{_redraws.Missing} of {all} redraws are not finished: 'sideband inject' goes on");
        var result = new LimitResult(
            window.Number, window.SignalRegion.Low, window.SignalRegion.High, epsilon, _limit.Confidence,
            _shares[window.Number], events, kappa?.Value, null, [], [], [], missing);
        if (_redraws.Finished.Count < FewestRedraws * _request.Strengths.Count)
        {
            return result;
        }

        var inflation = kappa is { Value: { } value }
            ? new VarianceInflation(Measured.Of(value), Measured.Of(kappa.Error ?? 0), Measured.Of(0), kappa.Experiments, kappa.Failed)
            : Independent;
        var scan = Scan(w, e, inflation);
        var units = _shares[window.Number] > 0
            ? new LimitUnits(
                _shares[window.Number],
                events,
                _limit.Luminosity is { } luminosity ? Measured.Of(luminosity) : Measured.Undefined("no --luminosity was given"))
            : null;
        var observed = against is not null ? Nothing(WindowClaims.Words(against))
            : _counts.Data.TryGetValue(window.SignalRegion, out var counts) ? Count(counts.All[e], e, inflation)
            : Nothing(SearchCounts.BlindReason);
        var uncut = TemplateWeights.Of(_plan, _store, row).UncutVariance(row, _plan.RepetitionOf(InputRole.Data));
        string?[] reasons = [missing, against, verdict, units is null ? LimitRows.NoSignal : null];
        return result with
        {
            SignalDisplacement = SignalDisplacement.Of(scan).Value,
            Strengths = [.. scan.Strengths.Select(LimitRows.Of)],
            Rules = [.. Rules.Select(rule => LimitRows.Of(UpperLimit.Of(rule, scan, observed, _limit.Confidence), units))],
            Sensitivity = [.. new[] { 3.0, 5.0 }.Select(target => LimitRows.Sensitivity(target, scan.Strengths, units, events, uncut))],
            Reason = reasons.Any(reason => reason is not null) ? string.Join("; ", reasons.OfType<string>()) : null,
        };
    }

    private InjectionStrength Strength(double strength, int s, int w, int e, VarianceInflation kappa) => InjectionStrength.Of(
        strength,
        [
            .. _redraws.Finished.Where(redraw => redraw.Strength == s).Select(redraw => new InjectionDraw(
                Count(redraw.All[w][e], e, kappa),
                strength == 0 ? Measured.Of(0) : Passing(redraw.All[w][e], redraw.Background[w][e]))),
        ]);

    private PassingCount Count(WindowCount[] runs, int e, VarianceInflation kappa)
    {
        var (shift, sigma) = (_counts.Model.Shifts[e].Mean, _counts.Model.Rules[e].Apply(_counts.Model.Shifts[e]));
        ExpectedBackground[] backgrounds = [.. runs.Select(run => CorrelatedBackground.Of(run, shift, sigma, kappa))];
        return new PassingCount(
            RunStatistics.Of([.. runs.Select(run => run.Observed)]).Mean,
            new ExpectedBackground(
                RunStatistics.Of([.. backgrounds.Select(background => background.Expected)]).Mean,
                RunStatistics.Of([.. backgrounds.Select(background => background.RelativeVariance)]).Mean,
                RunStatistics.Of([.. backgrounds.Select(background => background.StatisticalVariance)]).Mean));
    }

    private static PassingCount Nothing(string reason)
    {
        var none = Measured.Undefined(reason);
        return new PassingCount(none, new ExpectedBackground(none, none, none));
    }

    private static Measured Passing(WindowCount[] all, WindowCount[] background) => RunStatistics.Of(
        [.. all.Zip(background, (run, without) => run.Observed.Then(n => without.Observed.Select(b => n - b)))]).Mean;
}
