using System.Diagnostics;
using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Settings;
using Sideband.Search.Work;

namespace Sideband.Search.Runs;

/// <summary>One search in its run directory: does the open units, collects, and gives the result.</summary>
public sealed class SearchRun
{
    private readonly SearchPlan _plan;
    private readonly RunDirectory _directory;
    private readonly UnitStore _store;
    private readonly Stopwatch _clock = Stopwatch.StartNew();
    private readonly Dictionary<string, double> _stages = [];

    /// <exception cref="ConfigurationException">The store cannot be made.</exception>
    public SearchRun(SearchPlan plan, RunDirectory directory)
    {
        (_plan, _directory) = (plan, directory);
        _store = new UnitStore(plan.Settings.Store ?? directory.WorkFolder);
    }

    /// <summary>Units that are not finished yet.</summary>
    public IReadOnlyList<WorkUnit> OpenUnits => [.. _plan.Units.Where(unit => !_store.Contains(unit.Key))];

    /// <summary>The unfinished ones of some units, with the unfinished ones that they need.</summary>
    public IReadOnlyList<WorkUnit> ToDo(IEnumerable<WorkUnit> units) => Search.Work.OpenUnits.Of(units, _store);

    /// <summary>Does a range of units, or all, with what they need.</summary>
    /// <param name="units">Units of the plan.</param>
    /// <param name="finished">Called after each unit that was not finished before.</param>
    /// <param name="cancellation">Stops cleanly; finished units are kept.</param>
    public void Work(IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
    {
        var start = _clock.Elapsed;
        var scheduler = new Scheduler(_plan, _store, _plan.Settings.Threads);
        scheduler.Run(units, finished, cancellation);
        _stages["train_and_score"] = (_clock.Elapsed - start).TotalSeconds;
        foreach (var (kind, seconds) in _plan.Density is null ? [] : scheduler.UnitSeconds.OrderBy(entry => entry.Key).AsEnumerable())
        {
            _stages[$"{kind.ToString().ToLowerInvariant()}_units"] = seconds;
        }
    }

    /// <summary>Collects all units, which must be finished.</summary>
    /// <param name="sink">Takes summaries and scores.</param>
    /// <param name="commandLine">For the provenance.</param>
    /// <param name="started">When the process began.</param>
    public ScanResult Collect(ICollectSink sink, string commandLine, DateTimeOffset started)
    {
        var start = _clock.Elapsed;
        var collected = new Collector(_plan, _store).Collect(sink);
        _stages["collect"] = (_clock.Elapsed - start).TotalSeconds;
        var settings = _plan.Settings;
        return new ScanResult
        {
            Method = settings.Method.Name,
            Features = _plan.Inputs.Data.FeatureNames,
            Mass = settings.Mass,
            Profile = settings.Profile.Name,
            Seed = settings.Seed,
            Experiment = WorkUnit.Experiment,
            SignificanceKind = settings.EffectiveSystematics == SystematicsSource.None ? "statistical_only" : "with_systematics",
            SigmaSysRule = settings.SigmaSys.ToString(),
            DeltaSysEstimate = ResultNames.Of(settings.EffectiveSystematics),
            Blind = settings.Blind,
            Inputs = _plan.Inputs.Accounts,
            Windows = collected.Windows,
            DeltaSys = collected.DeltaSys,
            Validation = collected.Validation,
            Trials = settings.Windows.Windows.Count * settings.WorkingPoints.Count,
            TemplateQuality = collected.TemplateQuality,
            TestMetrics = collected.TestMetrics,
            Warnings = _plan.Inputs.Warnings,
            Failures = collected.Failures,
            Timing = new TimingResult(_clock.Elapsed.TotalSeconds, Process.GetCurrentProcess().TotalProcessorTime.TotalSeconds, _stages),
            Provenance = Provenance.Of(settings, _directory, commandLine, started),
        };
    }
}
