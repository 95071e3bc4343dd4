using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Runs;

/// <summary>What was asked for beside the search, and how far all of it is.</summary>
/// <remarks>Each part is made when it is come to, and kept: work, results and their seal ask for it.</remarks>
public sealed class RunRequests
{
    // Experiments that may be made in vain where they end early.
    private const int LookedAtTogether = 20;

    private readonly SearchPlan _plan;
    private readonly RunDirectory _directory;
    private readonly UnitStore _store;
    private readonly Dictionary<CalibrationRequest, (SearchPlan, IReadOnlyList<IReadOnlyList<WorkUnit>>)> _calibrations = [];

    internal RunRequests(SearchPlan plan, RunDirectory directory, UnitStore store) =>
        (_plan, _directory, _store) = (plan, directory, store);

    /// <summary>
    /// The request with what follows from the finished search: which masses the density of the data is learned without, and whether the
    /// experiments that are there keep spectra.
    /// </summary>
    /// <exception cref="ConfigurationException">
    /// A blind search of several windows, or one without any S; another rule for when to stop than that of experiments that are there.
    /// </exception>
    public CalibrationRequest Completed(CalibrationRequest request)
    {
        var earlier = ExperimentsFile.Read(_directory).Calibrations.FirstOrDefault(earlier => earlier.Kind == request.Kind);
        if (earlier is not null && request.RefuseAfter(earlier) is { } reason && UnitsOf(earlier).Parts.Any(part => part.Any(_store.Has)))
        {
            throw new ConfigurationException($"{_directory.Root}: {reason}");
        }

        request = earlier?.Spectra == true ? request with { Spectra = true } : request;
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
            : CalibrationCollector.WindowOfLargest(_plan, _store, SearchCounts.Load(_plan, _store, _plan.Settings.WorkingPoints))
                ?? throw new ConfigurationException($"{_directory.Root}: --from density learns the data without the window of the "
                    + "largest S, and no window in which a claim may be made has one; 'windows' and 'failures' in results.json say why; "
                    + "give experiments from mc or simulator, or permute");
        return request with { Without = window.SignalRegion };
    }

    /// <summary>
    /// The units that a calibration counts, in parts after which it may be complete, and the plan that they belong to.
    /// </summary>
    /// <exception cref="ConfigurationException">The method, its inputs, or a blind search do not allow this kind.</exception>
    public (SearchPlan Plan, IReadOnlyList<IReadOnlyList<WorkUnit>> Parts) UnitsOf(CalibrationRequest request) =>
        _calibrations.TryGetValue(request, out var known) ? known : _calibrations[request] = Made(request);

    private (SearchPlan Plan, IReadOnlyList<IReadOnlyList<WorkUnit>> Parts) Made(CalibrationRequest request)
    {
        if (request.Kind == CalibrationRequest.HalfSplit)
        {
            if (_plan.Settings.Blind)
            {
                throw new ConfigurationException(
                    $"{_directory.Root}: --split half scores signal-region data, which a blind search does not");
            }

            // Ranks of events among themselves have no law to compare with.
            var method = _plan.Settings.Method;
            if (method.PreparationReads.Roles.Contains(InputRole.Signal) && !_plan.Inputs.Has(InputRole.IdealBackground))
            {
                throw new ConfigurationException(
                    $"{_directory.Root}: --split half compares data with a template of other events, and that of method '{method.Name}' "
                    + "is the data's own events of label 0; search with --ideal-background FILE");
            }

            var halves = Planner.Halves(_plan);
            return (halves, [[.. halves.Units.Where(unit => unit.Stage is FoldStage)]]);
        }

        var experiments = new ExperimentPlan(_plan, request.Planned(_plan));
        return (
            _plan,
            [
                .. Enumerable.Range(0, request.Experiments).Chunk(request.StopAfter is null ? request.Experiments : LookedAtTogether)
                    .Select(part => part.SelectMany(experiments.UnitsOf).Where(unit => unit.Stage is CountStage).ToArray()),
            ]);
    }

    /// <summary>
    /// All that was asked for in the run directory, each part made when it is come to: the search, and the experiments beside it.
    /// </summary>
    /// <exception cref="ConfigurationException">Experiments that cannot be made any more.</exception>
    public IEnumerable<RequestedUnits> All()
    {
        yield return new RequestedUnits(RequestedUnits.Search, _plan, [.. _plan.ToCollect]);
        var experiments = ExperimentsFile.Read(_directory);
        foreach (var request in experiments.Calibrations)
        {
            var (plan, parts) = UnitsOf(request);
            yield return new RequestedUnits(request.Kind, plan, [.. parts.SelectMany(part => part)]);
        }

        if (experiments.Injection is { } injection)
        {
            yield return new RequestedUnits(RequestedUnits.InjectionScan, _plan, UnitsOf(injection));
        }
    }

    /// <summary>
    /// Units that the results in the run directory were made of, and that are damaged or gone since: collecting without them would put less
    /// in the place of what is there.
    /// </summary>
    public IReadOnlyList<RequestedUnits> Lost()
    {
        if (!(File.Exists(_directory.ResultsFile) && File.Exists(_directory.SealFile)))
        {
            return [];
        }

        var made = RunSeal.Read(_directory).Units.Select(unit => unit.Key).ToHashSet();
        return
        [
            .. All().Select(requested => requested with
            {
                Units = [.. requested.Units.Where(unit => made.Contains(unit.Key) && !_store.Has(unit))],
            }).Where(requested => requested.Units.Count > 0),
        ];
    }

    /// <summary>Units by key, with the plans that they belong to.</summary>
    /// <param name="keys">Of units that were asked for, or that these need.</param>
    /// <exception cref="ConfigurationException">A unit that nothing asks for any more.</exception>
    public IReadOnlyList<RequestedUnits> Find(IEnumerable<string> keys)
    {
        var (left, found) = (keys.ToHashSet(), new List<RequestedUnits>());
        foreach (var requested in All())
        {
            WorkUnit[] units = [.. requested.WithNeeds().Where(unit => left.Remove(unit.Key))];
            if (units.Length > 0)
            {
                found.Add(requested with { Units = units });
            }

            if (left.Count == 0)
            {
                return found;
            }
        }

        throw new ConfigurationException(
            $"{_directory.Root}: {left.Count} units of the task are not of this search any more, nor of what was asked for beside "
            + "it; submit it again");
    }

    /// <summary>How far all that is.</summary>
    public IEnumerable<RunStatus> Status() => All().Select(requested => RunStatus.Of(requested, _store));

    /// <summary>The units that an injection scan counts.</summary>
    public IReadOnlyList<WorkUnit> UnitsOf(InjectionRequest request)
    {
        var experiments = request.Planned(_plan.Inputs);
        var plan = new ExperimentPlan(_plan, experiments, request.Windows);
        return [.. Enumerable.Range(0, experiments.Count).SelectMany(plan.UnitsOf).Where(unit => unit.Stage is CountStage)];
    }

    /// <summary>True where a calibration needs no more experiments.</summary>
    public bool IsComplete(CalibrationRequest request) => CalibrationCollector.Of(
        _plan, _store, SearchCounts.Load(_plan, _store, _plan.Settings.WorkingPoints), request).Result.IsComplete;
}
