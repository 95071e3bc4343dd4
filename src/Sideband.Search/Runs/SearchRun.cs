using System.Diagnostics;
using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Compare;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Fits;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Scores;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>One search in its run directory: does the open units, collects, and gives the result.</summary>
public sealed class SearchRun
{
    // Experiments that may be made in vain where they end early.
    private const int LookedAtTogether = 20;

    private readonly SearchPlan _plan;
    private readonly RunDirectory _directory;
    private readonly UnitStore _store;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, double> _stages = [];

    /// <param name="plan">The plan.</param>
    /// <param name="directory">Where its results go.</param>
    /// <param name="warn">Takes a line for each stored file that could not be believed.</param>
    /// <exception cref="ConfigurationException">The store cannot be made.</exception>
    public SearchRun(SearchPlan plan, RunDirectory directory, Action<string>? warn = null)
    {
        (_plan, _directory) = (plan, directory);
        _store = UnitStore.Open(plan.Settings.Store ?? directory.WorkFolder, warn);
    }

    /// <summary>Wall seconds spent so far, by part of the work.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _stages;

    /// <summary>What the results are made of, with the hashes of the finished products.</summary>
    /// <exception cref="InputDataException">A unit was damaged meanwhile.</exception>
    public IReadOnlyList<SealedUnit> SealedUnits =>
    [
        .. _plan.ToCollect.Where(unit => !unit.Stage.IsIntermediate).Select(unit => new SealedUnit(
            unit.Name,
            unit.Key,
            _store.KnownHashOf(unit) ?? throw new InputDataException(
                $"{unit.Name}: its file in the store was damaged while results were written; the same command does the unit again"))),
    ];

    /// <summary>Units that results need and that are not finished yet, without those that only they need.</summary>
    public IReadOnlyList<WorkUnit> OpenUnits => [.. _plan.ToCollect.Where(unit => !_store.Has(unit))];

    /// <summary>The unfinished ones of some units, with the unfinished ones that they need.</summary>
    public IReadOnlyList<WorkUnit> ToDo(IEnumerable<WorkUnit> units) => Engines.OpenUnits.Of(units, _store);

    /// <summary>Scores other events with the search's classifiers.</summary>
    /// <exception cref="ConfigurationException">A blind search, or units that are not finished.</exception>
    public EventScorer Scorer()
    {
        RequireFinished();
        return new EventScorer(_plan, _store);
    }

    /// <summary>The finished search beside others.</summary>
    /// <param name="name">How it is called there.</param>
    /// <exception cref="ConfigurationException">A blind search, or units that are not finished.</exception>
    public ComparedRun Compared(string name)
    {
        if (_plan.Settings.Blind)
        {
            throw new ConfigurationException(
                $"{_directory.Root}: a blind search has no scores to compare; unblind it first with 'sideband scan DIR --unblind'");
        }

        RequireFinished();
        return new ComparedRun(name, _plan, _store);
    }

    /// <summary>Refuses to go on from a search that is not finished.</summary>
    /// <exception cref="ConfigurationException">Units that are not finished.</exception>
    public void RequireFinished()
    {
        if (OpenUnits.FirstOrDefault(unit => !unit.Stage.IsIntermediate) is { } open)
        {
            throw new ConfigurationException(
                $"{_directory.Root}: unit {open.Index} ({open.Name}) is not done; "
                + $"'sideband scan {_directory.Root}' goes on with the search");
        }
    }

    /// <summary>The request with what follows from the finished search: which masses the density of the data is learned without.</summary>
    /// <exception cref="ConfigurationException">A blind search of several windows, or one without any S.</exception>
    public CalibrationRequest Completed(CalibrationRequest request)
    {
        if (request.Kind != CalibrationRequest.FromDensity || request.Without is not null)
        {
            return request;
        }

        var windows = _plan.Windows.Searched;
        if (windows.Count > 1 && _plan.Settings.Blind)
        {
            throw new ConfigurationException($"{_directory.Root}: --from density learns the data without the window of the largest S, "
                + "which a blind search of several windows does not know; give experiments from mc or simulator, or permute");
        }

        var window = windows.Count == 1
            ? windows[0]
            : CalibrationCollector.WindowOfLargest(_plan, SearchCounts.Load(_plan, _store, _plan.Settings.WorkingPoints))
                ?? throw new ConfigurationException($"{_directory.Root}: --from density learns the data without the window of the "
                    + "largest S, and no window has one; 'failures' in results.json says why");
        return request with { Without = window.SignalRegion };
    }

    /// <summary>
    /// The units that a calibration counts, in parts after which it may be complete, and the plan that they belong to.
    /// </summary>
    /// <exception cref="ConfigurationException">The method, or a blind search, does not allow this kind.</exception>
    public (SearchPlan Plan, IReadOnlyList<IReadOnlyList<WorkUnit>> Parts) UnitsOf(CalibrationRequest request)
    {
        if (request.Kind == CalibrationRequest.HalfSplit)
        {
            if (_plan.Settings.Blind)
            {
                throw new ConfigurationException(
                    $"{_directory.Root}: --split half scores signal-region data, which a blind search does not");
            }

            var halves = Planner.Halves(_plan);
            return (halves, [[.. halves.Units.Where(unit => unit.Stage is FoldStage)]]);
        }

        var experiments = new ExperimentPlan(_plan, request.Planned(_plan.Inputs));
        return (
            _plan,
            [
                .. Enumerable.Range(0, request.Experiments).Chunk(request.StopAfter is null ? request.Experiments : LookedAtTogether)
                    .Select(part => part.SelectMany(experiments.UnitsOf).Where(unit => unit.Stage is CountStage).ToArray()),
            ]);
    }

    /// <summary>True where a calibration needs no more experiments.</summary>
    public bool IsComplete(CalibrationRequest request) => CalibrationCollector.Of(
        _plan, _store, SearchCounts.Load(_plan, _store, _plan.Settings.WorkingPoints), request).Result.IsComplete;

    /// <summary>The enhanced bump hunt on the search's windows and working points.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="finished">Called with the number of each window that is done.</param>
    /// <param name="cancellation">Looked at before each fit.</param>
    /// <exception cref="ConfigurationException">A blind search, units that are not finished, or a range that cannot be fitted.</exception>
    public FittedSpectra Fit(FitOptions options, Action<int> finished, CancellationToken cancellation)
    {
        RequireFinished();
        return new SpectrumFits(_plan, _store, options).Run(finished, cancellation);
    }

    /// <summary>Takes over finished units of another run.</summary>
    /// <returns>Their number.</returns>
    public int Borrow(Lender lender, IReadOnlyList<WorkUnit> units) => lender.Lend(ToDo(units), _store);

    /// <summary>Does some units with what they need.</summary>
    /// <param name="engine">Where they run.</param>
    /// <param name="units">Units of the plan.</param>
    /// <param name="finished">Called after each unit that was not finished before.</param>
    /// <param name="cancellation">Stops cleanly; finished units are kept.</param>
    /// <param name="plan">The units' plan; null: the search.</param>
    public void Work(
        IUnitEngine engine,
        IReadOnlyList<WorkUnit> units,
        Action<WorkUnit> finished,
        CancellationToken cancellation,
        SearchPlan? plan = null)
    {
        var start = _clock.Elapsed;
        var seconds = engine.Run(plan ?? _plan, _store, units, finished, cancellation);
        void Add(string stage, double spent) => _stages[stage] = _stages.GetValueOrDefault(stage) + spent;

        Add("train_and_score", (_clock.Elapsed - start).TotalSeconds);
        foreach (var (stage, spent) in seconds.Where(_ => seconds.Count > 1).OrderBy(entry => entry.Key, StringComparer.Ordinal))
        {
            Add($"{stage}_units", spent);
        }
    }

    /// <summary>Collects all units, which must be finished.</summary>
    /// <param name="sink">Takes summaries and scores.</param>
    /// <param name="commandLine">For the provenance.</param>
    /// <param name="started">When the process began.</param>
    public ScanResult Collect(ICollectSink sink, string commandLine, DateTimeOffset started)
    {
        var start = _clock.Elapsed;
        var collected = new Collector(_plan, _store).Collect(sink, ExperimentsFile.Read(_directory));
        _stages["collect"] = (_clock.Elapsed - start).TotalSeconds;
        LetGo();
        var settings = _plan.Settings;
        return new ScanResult
        {
            Method = settings.Method.Name,
            Features = _plan.Inputs.Data.FeatureNames,
            Mass = settings.Mass,
            Profile = settings.Profile.Name,
            Seed = settings.Seed,
            Experiment = Experiment.Search.Name,
            SignificanceKind = _plan.Estimate.Name == "none" ? "statistical_only" : "with_systematics",
            SigmaSysRule = settings.SigmaSys.ToString(),
            DeltaSysEstimate = _plan.Estimate.Name,
            Blind = settings.Blind,
            Inputs = _plan.Inputs.Accounts,
            Windows = collected.Windows,
            DeltaSys = collected.DeltaSys,
            Validation = collected.Validation,
            Trials = settings.Windows.Windows.Count * settings.WorkingPoints.Count,
            TemplateQuality = collected.TemplateQuality,
            TestMetrics = collected.TestMetrics,
            PGlobal = collected.Calibrations.Count == 0 ? null : collected.Calibrations[^1].PGlobal,
            Calibrations = collected.Calibrations,
            Warnings = [.. _plan.Inputs.Warnings, .. _plan.Checks.Warnings],
            Roles = _plan.Checks.Roles,
            Checks = _plan.Checks.Results,
            Failures = collected.Failures,
            Timing = new TimingResult(_clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, _stages),
            Provenance = Provenance.Of(settings, _directory, commandLine, started),
        };
    }

    // Large products that nothing needs any more. In a shared store another search may be about to read them.
    private void LetGo()
    {
        foreach (var unit in _plan.Settings.Store is null ? _plan.Units.Where(unit => unit.Stage.IsIntermediate) : [])
        {
            _store.Remove(unit);
        }
    }
}
