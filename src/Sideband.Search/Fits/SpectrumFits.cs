using System.Collections.Concurrent;
using Sideband.Events;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Checks;
using Sideband.Search.Collect;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Scores;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Fits;

/// <summary>The enhanced bump hunt on every window and working point of a finished search.</summary>
internal sealed class SpectrumFits
{
    private readonly SearchPlan _plan;
    private readonly UnitStore _store;
    private readonly EventScorer _scorer;
    private readonly FitOptions _options;
    private readonly EventTable _data;
    private readonly bool[]? _distinct;
    private readonly BackgroundSample _background;
    private readonly RequestedExperiments _requested;

    /// <param name="plan">The search.</param>
    /// <param name="store">Its finished units.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="requested">What was asked for beside the search: experiments that keep spectra calibrate the fits.</param>
    /// <exception cref="ConfigurationException">A range, sqrt(s) or score that the search does not allow.</exception>
    public SpectrumFits(SearchPlan plan, UnitStore store, FitOptions options, RequestedExperiments requested)
    {
        (_plan, _store, _options, _data, _requested) = (plan, store, options, plan.Inputs.Data, requested);
        if (!plan.Settings.Method.Traits.ScoresAtEveryMass)
        {
            throw new ConfigurationException(
                $"fit: method {plan.Settings.Method.Name} has no score outside of its window, so there are no sidebands to fit");
        }

        var width = plan.Windows.Searched.Min(window => window.Width);

        // The fits' counts are Poisson counts: of an event that is there several times one copy is fitted.
        _distinct = plan.Checks.CountVariance(InputRole.Data) > 1 ? DistinctEvents.Of(_data) : null;
        var masses = SelectedMasses.Inclusive(_data, _distinct).Runs[0].Masses;
        FitRange.CheckMasses(masses, options.SqrtS);
        Range = options.Range ?? FitRange.Default(masses, width);
        FitRange.Check(Range, masses, width, options.SqrtS);
        Targets = FitTarget.Of(plan.Windows.Searched, options.Masses);
        if (!Targets.Any(target => Range.Low < target.Region.Low && target.Region.High < Range.High))
        {
            throw new ConfigurationException(FormattableString.Invariant(
                $"--mass-range: no window lies inside of {Range.Low}:{Range.High} with sidebands on both sides"));
        }

        _scorer = new EventScorer(plan, store);
        _background = BackgroundSample.Of(plan.Inputs, Range, plan.Checks);
    }

    /// <summary>The masses that are fitted.</summary>
    public MassInterval Range { get; }

    /// <summary>What is looked at.</summary>
    public IReadOnlyList<FitTarget> Targets { get; }

    /// <summary>Fits window by window; the fits of a window run side by side.</summary>
    /// <param name="finished">Called with each window's number when it is done.</param>
    /// <param name="cancellation">Looked at before each fit.</param>
    public FittedSpectra Run(Action<int> finished, CancellationToken cancellation)
    {
        var (results, summaries) = (new Dictionary<FitTarget, FitResult[]>(), new List<WindowSummary>());
        var shapesOf = new List<DoubleCrystalBall[]?>();
        foreach (var window in _plan.Windows.Searched)
        {
            var (selections, sculpting) = Selections(window);
            FitTarget[] targets = [.. Targets.Where(target => target.Window.Number == window.Number)];
            var (shapes, against) = (Shapes(window), WindowClaims.Against(_plan, _store, window));
            shapesOf.Add(shapes);
            var tasks = (from target in targets
                         from cut in Enumerable.Range(0, selections.Length)
                         from run in Enumerable.Range(0, selections[cut].Runs.Count)
                         select (target, cut, run)).ToArray();
            ConcurrentDictionary<(FitTarget, int, int), EnhancedBumpHunt> Hunts(Func<FitTarget, int, BumpHuntSettings> settings)
            {
                var hunts = new ConcurrentDictionary<(FitTarget, int, int), EnhancedBumpHunt>();
                Parallel.ForEach(
                    tasks,
                    new ParallelOptions { MaxDegreeOfParallelism = _plan.Settings.Threads, CancellationToken = cancellation },
                    task => hunts[task] = Hunt(
                        task.target, selections[task.cut], task.run, settings(task.target, task.cut), shapes?[task.cut]));
                return hunts;
            }

            EnhancedBumpHunt[] RunsOf(ConcurrentDictionary<(FitTarget, int, int), EnhancedBumpHunt> hunts, FitTarget target, int cut) =>
                [.. selections[cut].Runs.Select((_, r) => hunts[(target, cut, r)])];

            // Whether toys of p-values and limits are thrown is decided once for all runs, whose numbers are averaged.
            var first = Hunts((_, _) => _options.WithoutToys(Range));
            var hunts = _options.Toys == 0
                ? first
                : Hunts((target, cut) =>
                    _options.Settings(Range, FitResults.ExpectFewEvents(selections[cut], RunsOf(first, target, cut))));
            foreach (var target in targets)
            {
                EnhancedBumpHunt[][] byCut = [.. selections.Select((_, c) => RunsOf(hunts, target, c))];
                results[target] =
                [
                    .. byCut.Select((runs, c) =>
                        FitResults.Of(target, selections[c], runs, sculpting[c], _options, Range, against, copies: _distinct is not null)),
                ];
                if (!target.Scan)
                {
                    summaries.Add(FitSummary.Of(window, selections, byCut));
                }
            }

            finished(window.Number);
        }

        FitResult[] fits = [.. Targets.SelectMany(target => results[target])];
        return new FittedSpectra(Calibration([.. shapesOf], cancellation) is { } calibration ? calibration.Apply(fits) : fits, summaries);
    }

    // Experiments that keep spectra, fitted at the windows.
    private FitCalibration? Calibration(DoubleCrystalBall[]?[] shapes, CancellationToken cancellation)
    {
        var windows = Targets.Where(target => !target.Scan).ToArray();
        var settings = _options.WithoutToys(Range);
        return FitCalibration.Of(
            _plan,
            _store,
            _requested,
            (w, e, masses) => EnhancedBumpHunt.Of(
                masses, windows[w].Region, settings, Streams(windows[w], "experiments"), shapes[w]?[e + 1].At(windows[w].Mass)),
            cancellation);
    }

    private EnhancedBumpHunt Hunt(FitTarget target, SelectedMasses cut, int run, BumpHuntSettings settings, DoubleCrystalBall? shape)
    {
        var selected = cut.Runs[run];
        var streams = Streams(target, cut.Name, FormattableString.Invariant($"run {selected.Run}"));
        return EnhancedBumpHunt.Of(selected.Masses, target.Region, settings, streams, shape?.At(target.Mass));
    }

    private ToyStreams Streams(FitTarget target, params string[] names) => new(_plan.Settings.Seed, ["fit", target.Name, .. names]);

    // Without a cut first, then one a working point; and how far each changes the background's shape.
    private (SelectedMasses[] Cuts, SculptingResult[] Sculpting) Selections(MassWindow window)
    {
        var points = _plan.Settings.WorkingPoints;
        var selection = Select(window);
        var sculpting = _background.Check(
            _plan.Settings.Seed, window, selection, points, sample => _scorer.ScoreByOwnFold(window, sample, 1, _options.AtReferenceMass));
        return (
            [SelectedMasses.Inclusive(_data, _distinct), .. points.Select((epsilon, w) => selection.Masses(_data, _distinct, w, epsilon))],
            [SculptingCheck.NotChecked(null, 0, "nothing is cut"), .. sculpting]);
    }

    private WindowSelection Select(MassWindow window) => _options.AtReferenceMass
        ? WindowSelection.Of([.. RunsOf(window).Select(run => _scorer.ScoreByOwnFold(window, _data, run, true))])
        : WindowSelection.Of(WindowScores.Load(_plan, _store, ChainSample.Data, window), _plan.Settings.WorkingPoints);

    private IEnumerable<int> RunsOf(MassWindow window) =>
        _plan.UnitsOf(ChainSample.Data, window).Where(unit => unit.Stage is FoldStage).Select(unit => unit.Run).Distinct();

    private DoubleCrystalBall[]? Shapes(MassWindow window)
    {
        if (_options.Signal is not { } signal)
        {
            return null;
        }

        var scored = _scorer.Score(window, signal);
        return
        [
            SignalShape.Of(signal, null, 0), .. _plan.Settings.WorkingPoints.Select((_, w) => SignalShape.Of(signal, scored, w)),
        ];
    }
}

/// <summary>What the fits of a search gave.</summary>
/// <param name="Results">
/// Windows first, then the masses of a finer scan; for each the spectrum without a cut, then the working points.
/// </param>
/// <param name="Summaries">The pictures of each window.</param>
public sealed record FittedSpectra(IReadOnlyList<FitResult> Results, IReadOnlyList<WindowSummary> Summaries);
