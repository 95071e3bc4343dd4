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
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Systematics;
using Sideband.Search.Units;

namespace Sideband.Search.Runs;

/// <summary>One search in its run directory: does the open units, collects, and gives the result.</summary>
public sealed class SearchRun
{
    private readonly SearchPlan _plan;
    private readonly RunDirectory _directory;
    private readonly UnitStore _store;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, double> _stages = [];
    private UnfinishedUnits? _unfinished;

    /// <param name="plan">The plan.</param>
    /// <param name="directory">Where its results go.</param>
    /// <param name="warn">Takes a line for each stored file that could not be believed.</param>
    /// <param name="scratch">See <see cref="UnitStore.Open"/>.</param>
    /// <exception cref="ConfigurationException">The store cannot be made.</exception>
    public SearchRun(SearchPlan plan, RunDirectory directory, Action<string>? warn = null, string? scratch = null)
        : this(plan, directory, UnitStore.Open(FinishedBefore.StoreOf(plan.Settings, directory), warn, scratch))
    {
    }

    private SearchRun(SearchPlan plan, RunDirectory directory, UnitStore store) =>
        (_plan, _directory, _store, Requests) = (plan, directory, store, new RunRequests(plan, directory, store));

    /// <summary>A run to look at, of which nothing is changed.</summary>
    /// <inheritdoc cref="SearchRun(SearchPlan, RunDirectory, Action{string}?, string?)"/>
    public static SearchRun ToRead(SearchPlan plan, RunDirectory directory, Action<string>? warn = null)
    {
        var folder = FinishedBefore.StoreOf(plan.Settings, directory);
        return UnitStore.OpenToRead(folder, warn) is { } store
            ? new SearchRun(plan, directory, store)
            : throw new ConfigurationException($"{folder}: the store of finished units is not there");
    }

    /// <summary>What was asked for beside the search.</summary>
    public RunRequests Requests { get; }

    /// <summary>Wall seconds spent so far, by part of the work.</summary>
    public IReadOnlyDictionary<string, double> Seconds => _stages;

    /// <summary>What the results are made of, with the hashes of the finished products.</summary>
    /// <exception cref="InputDataException">A unit was damaged meanwhile.</exception>
    public IReadOnlyList<SealedUnit> SealedUnits =>
    [
        .. _plan.ToCollect.Where(unit => !unit.Stage.IsIntermediate).Except(_unfinished?.Units ?? []).Select(unit => Sealed(unit)
            ?? throw new InputDataException(
                $"{unit.Name}: its file in the store was damaged while results were written; the same command does the unit again")),
        .. Requests.All().Skip(1).SelectMany(requested => requested.Units).Select(Sealed).OfType<SealedUnit>(),
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

    /// <summary>The enhanced bump hunt on the search's windows and working points.</summary>
    /// <param name="options">What is asked for.</param>
    /// <param name="finished">Called with the number of each window that is done.</param>
    /// <param name="cancellation">Looked at before each fit.</param>
    /// <exception cref="ConfigurationException">A blind search, units that are not finished, or a range that cannot be fitted.</exception>
    public FittedSpectra Fit(FitOptions options, Action<int> finished, CancellationToken cancellation)
    {
        RequireFinished();
        return new SpectrumFits(_plan, _store, options, ExperimentsFile.Read(_directory)).Run(finished, cancellation);
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

    /// <summary>The units that results need and that are not finished.</summary>
    public UnfinishedUnits Unfinished() => UnfinishedUnits.Of(_plan, _store);

    /// <summary>Numbers of the searched windows of which a unit is missing.</summary>
    public IReadOnlyList<int> UnfinishedWindows()
    {
        var unfinished = Unfinished();
        return [.. _plan.Windows.Searched.Where(window => !unfinished.IsWhole(ChainSample.Data, window)).Select(window => window.Number)];
    }

    /// <summary>
    /// What collecting reads of samples that went after an earlier collection, of windows whose other units are all finished.
    /// </summary>
    public IReadOnlyList<WorkUnit> ShownSamples(UnfinishedUnits unfinished) =>
        [.. _plan.ToCollect.Where(unit => unit.Stage.IsIntermediate && unfinished.IsWhole(unit.Sample, unit.Window))];

    /// <summary>Collects the units that are finished; <see cref="UnfinishedUnits"/> says what becomes of the others.</summary>
    /// <param name="sink">Takes summaries and scores.</param>
    /// <param name="commandLine">For the provenance.</param>
    /// <param name="started">When the process began.</param>
    public ScanResult Collect(ICollectSink sink, string commandLine, DateTimeOffset started)
    {
        var start = _clock.Elapsed;
        _unfinished = Unfinished();
        _unfinished.StandIn(_store);
        var collected = new Collector(_plan, _store, _unfinished).Collect(sink, ExperimentsFile.Read(_directory));
        _stages["collect"] = (_clock.Elapsed - start).TotalSeconds;
        if (_unfinished.Units.Count == 0)
        {
            LetGo();
        }

        var settings = _plan.Settings;
        return new ScanResult
        {
            Method = settings.Method.Name,
            Features = _plan.Inputs.Data.FeatureNames,
            Mass = settings.Mass,
            Profile = settings.Profile.Name,
            Seed = settings.Seed,
            Experiment = Experiment.Search.Name,
            SignificanceKind = KindOf(_plan.Estimate, settings.SigmaSys),
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
            Limits = collected.Limits,
            Warnings =
            [
                .. _unfinished.Warning is { } partial ? [partial] : Array.Empty<string>(),
                .. _plan.Inputs.Warnings,
                .. _plan.Checks.Warnings,
            ],
            Roles = _plan.Checks.Roles,
            Checks = _plan.Checks.Results,
            Failures = collected.Failures,
            Timing = new TimingResult(_clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, _stages),
            Provenance = Provenance.Of(settings, _directory, commandLine, started),
        };
    }

    /// <summary>
    /// See <see cref="ScanResult.SignificanceKind"/>: where the shift is left out, a sigma_sys given as numbers still counts.
    /// </summary>
    internal static string KindOf(ShiftEstimate estimate, SigmaSystematicChoice sigma) =>
        estimate.IsLeftOut && sigma.Fixed.All(number => number == 0) ? ScanResult.StatisticalOnly : ScanResult.WithSystematics;

    private SealedUnit? Sealed(WorkUnit unit) =>
        _store.KnownHashOf(unit) is { } hash ? new SealedUnit(unit.Name, unit.Key, hash) : null;

    // Large products that nothing needs any more. In a shared store another search may be about to read them.
    private void LetGo()
    {
        foreach (var unit in _plan.Settings.Store is null ? _plan.Units.Where(unit => unit.Stage.IsIntermediate) : [])
        {
            _store.Remove(unit);
        }
    }
}
