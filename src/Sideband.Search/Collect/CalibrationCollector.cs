using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Collect;

/// <summary>Calibrated p-values of a finished search from the experiments that are finished.</summary>
internal sealed class CalibrationCollector
{
    private readonly SearchPlan _plan;
    private readonly SearchCounts _counts;
    private readonly CalibrationRequest _request;
    private readonly IReadOnlyList<string?> _against;
    private readonly Measured[][] _observed;

    private CalibrationCollector(SearchPlan plan, UnitStore store, SearchCounts counts, CalibrationRequest request)
    {
        (_plan, _counts, _request, _against) = (plan, counts, request, WindowClaims.Against(plan, store));
        _observed = Cells((w, e) => counts.Significance(plan.Windows.Searched[w], e) is not { } found
            ? Measured.Undefined(SearchCounts.BlindReason)
            : _against[w] is { } reason ? WindowClaims.Nothing(reason) : found.Significance.Mean);
    }

    /// <param name="plan">The search.</param>
    /// <param name="store">Holds its units and those of experiments.</param>
    /// <param name="counts">Of the search, the working points first.</param>
    /// <param name="request">What was asked for; experiments enter up to the first that is not finished.</param>
    public static CollectedCalibration Of(SearchPlan plan, UnitStore store, SearchCounts counts, CalibrationRequest request)
    {
        if (request.Kind == CalibrationRequest.HalfSplit)
        {
            return HalfSplitCollector.Of(plan, store, counts, request);
        }

        var collector = new CalibrationCollector(plan, store, counts, request);
        var finished = collector.Finished(store);
        return finished.Count == 0 ? collector.Nothing() : collector.Of(finished);
    }

    /// <summary>The searched window of the largest S at any working point; null where no window that may claim has one.</summary>
    /// <param name="plan">The search.</param>
    /// <param name="store">Holds its finished units.</param>
    /// <param name="counts">Of the search, the working points first.</param>
    public static MassWindow? WindowOfLargest(SearchPlan plan, UnitStore store, SearchCounts counts)
    {
        var request = new CalibrationRequest(CalibrationRequest.FromDensity, 0);
        return GlobalPValue.Of(new CalibrationCollector(plan, store, counts, request)._observed, [], PValueKind.PseudoExperiments).Window
            is >= 0 and var largest ? plan.Windows.Searched[largest] : null;
    }

    /// <summary>The counts of the first experiments, [experiment][window][working point][run].</summary>
    private List<IReadOnlyList<WindowCount[][]>> Finished(UnitStore store)
    {
        var experiments = new ExperimentPlan(_plan, _request.Planned(_plan));
        var finished = new List<IReadOnlyList<WindowCount[][]>>();
        for (var e = 0; e < _request.Experiments; e++)
        {
            WorkUnit[] units = [.. experiments.UnitsOf(e).Where(unit => unit.Stage is CountStage)];
            if (!units.All(store.Has))
            {
                break;
            }

            finished.Add(ExperimentCounts.Load(_plan, store, units));
        }

        return finished;
    }

    private CollectedCalibration Of(List<IReadOnlyList<WindowCount[][]>> finished)
    {
        // What shift observed data may have is drawn into the experiments' counts; z is without any.
        var (model, points) = (_counts.Model, _plan.Settings.WorkingPoints.Count);
        SystematicTerm[] terms =
        [
            .. Enumerable.Range(0, points).Select(e => new SystematicTerm(model.Shifts[e].Mean, model.Rules[e].Apply(model.Shifts[e]))),
        ];
        SystematicTerm[] none = [.. terms.Select(_ => SystematicTerm.None)];
        var runs = Enumerable.Range(0, _plan.Settings.Runs).Select(r =>
            finished.Select(experiment => Cells((w, e) => experiment[w][e][r])).ToArray()).ToArray();
        var significance = ExperimentTable.MeanOverRuns([.. runs.Select(run => _request.PValueKind == PValueKind.Permutation
            ? PermutedSignificance.Of(run, terms, _plan.Settings.Seed)
            : PermutedSignificance.OfWholeChain(run, terms, _plan.Settings.Seed))]);
        var statistical = ExperimentTable.MeanOverRuns([.. runs.Select(run => PermutedSignificance.WithoutDraws(run, none))]);
        var stopping = _request.StopAfter is { } exceedances ? new EarlyStopping(_request.Experiments, exceedances) : null;
        var kind = _request.PValueKind;
        var global = GlobalPValue.Of(_observed, significance, kind);
        var stopped = stopping?.Of(global.Largest, GlobalPValue.LargestOf(_observed, significance), kind);

        // How many are there beyond the last one looked at depends on where the command was interrupted.
        var used = stopped is { StoppedEarly: true } ? stopped.Experiments : finished.Count;
        (significance, statistical) = (significance[..used], statistical[..used]);
        var local = stopping is null
            ? LocalPValues.Of(_observed, significance, kind)
            : LocalPValues.Of(_observed, significance, stopping, kind);
        var kappa = VarianceInflation.PerWindow(statistical);
        var cells = GlobalPValue.PerCell(_observed, significance, kind);
        return new CollectedCalibration(
            Result(
                used,
                _plan.Settings.Blind ? null : Global(global with { PValue = stopped ?? global.PValue }),
                Missing(finished.Count, stopped)),
            Cells((w, e) => new CalibratedCell(
                Result(local[w][e] ?? Undecided(used)),
                stopping is null ? Result(cells[w][e]) : null,
                Kappa(w, e, kappa[w][e]))),
            Summary(significance, statistical));
    }

    private CollectedCalibration Nothing() => new(
        Result(0, null, Missing(0, null)),
        Cells((_, _) => new CalibratedCell(null, null, null)),
        null);

    private CalibrationResult Result(int experiments, GlobalPValueResult? global, string? reason) =>
        new(_request.Kind, _request.Experiments, experiments, _request.StopAfter, global, reason) { Spectra = _request.Spectra };

    private string? Missing(int finished, CalibratedPValue? stopped) =>
        finished < _request.Experiments && stopped is not { StoppedEarly: true }
            ? FormattableString.Invariant($"{finished} of {_request.Experiments} experiments are finished")
            : _plan.Settings.Blind ? SearchCounts.BlindReason : null;

    // The largest S decided when to end; what another window's p-value is after more experiments is not known.
    private CalibratedPValue Undecided(int used) => PermutationPValue.Of(
        Measured.Undefined(FormattableString.Invariant(
            $"fewer than {_request.StopAfter} of the {used} experiments reach it; without the early stop there would be a value")),
        [],
        _request.PValueKind);

    private GlobalPValueResult Global(GlobalPValue global) => global.Window < 0
        ? new GlobalPValueResult(null, null, null, _against.All(reason => reason is null)
            ? Result(global.PValue)
            : Result(global.PValue) with { Reason = WindowClaims.NoneLeft })
        : new GlobalPValueResult(
            _plan.Windows.Searched[global.Window].Number,
            _plan.Settings.WorkingPoints[global.WorkingPoint],
            global.Largest.Value,
            Result(global.PValue));

    private CalibratedPValueResult Result(CalibratedPValue p) => CalibratedCell.Result(p, _request.Kind);

    private KappaResult Kappa(int window, int point, VarianceInflation kappa)
    {
        var (model, region) = (_counts.Model, _plan.Windows.Searched[window].SignalRegion);
        var sigma = model.Rules[point].Apply(model.Shifts[point]);
        var significance = _counts.Data.TryGetValue(region, out var counts)
            ? RunStatistics.Of([.. counts.All[point].Select(run =>
                run.Observed.Then(CorrelatedBackground.Of(run, model.Shifts[point].Mean, sigma, kappa).SignificanceOf))]).Mean
            : Measured.Undefined(SearchCounts.BlindReason);
        return new KappaResult(
            kappa.Value.Value,
            kappa.Error.Value,
            kappa.Mean.Value,
            kappa.Experiments,
            kappa.Failed,
            significance.Value,
            kappa.Value.Reason ?? significance.Reason)
        {
            Kind = _request.Kind,
        };
    }

    private ExperimentSummary Summary(Measured[][][] significance, Measured[][][] statistical)
    {
        int[] shape = [significance.Length, _observed.Length, _plan.Settings.WorkingPoints.Count];
        SummaryArray Array(string name, string meaning, Measured[][][] table) => new(
            name,
            meaning + " of each experiment, [experiment][window][working point]",
            [.. table.SelectMany(experiment => experiment).SelectMany(window => window).Select(cell => cell.Value ?? double.NaN)],
            shape);
        return new ExperimentSummary(
            _request.Kind,
            [
                Array("significance", "signed significance S, to compare with the observed one", significance),
                Array(
                    "statistical_significance",
                    "signed significance without delta_sys and sigma_sys, whose variance is kappa,",
                    statistical),
            ]);
    }

    private T[][] Cells<T>(Func<int, int, T> cell) =>
    [
        .. Enumerable.Range(0, _plan.Windows.Searched.Count).Select(w =>
            Enumerable.Range(0, _plan.Settings.WorkingPoints.Count).Select(e => cell(w, e)).ToArray()),
    ];
}
