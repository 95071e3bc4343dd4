using Sideband.Reporting.Terminal;
using Sideband.Search.Experiments;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband calibrate</c>.</summary>
internal sealed class CalibrateJob(SearchSession session)
{
    private readonly UnitTraining _units = new(session);
    private readonly SearchResults _results = new(session);

    /// <summary>Makes the experiments of a calibration, and collects the search again with all that are finished.</summary>
    public int Run(CalibrationRequest asked, bool dryRun, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(session.Root).Directory;
        using var held = RunLock.Acquire(directory);
        var plan = session.Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        var request = run.Requests.Completed(asked);
        var (work, parts) = run.Requests.UnitsOf(request);
        var open = run.ToDo(parts.SelectMany(part => part));
        _units.Require(work, open, dryRun, console => ExperimentLines.Write(console, request, open, plan.Settings.Threads));
        if (dryRun)
        {
            return CommandHost.Done;
        }

        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        var log = new RunLog(directory);
        log.Write($"calibrate: {request.Kind}, {request.Experiments} experiments, {open.Count} open units");
        foreach (var part in parts.TakeWhile((_, i) => i == 0 || !run.Requests.IsComplete(request)))
        {
            if (!_units.Do(run, work, directory, part, null, cancellation))
            {
                return CommandHost.Done;
            }
        }

        log.Write("calibrate: wall seconds "
            + string.Join(", ", run.Seconds.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:F1}"))));
        _units.Do(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return _results.Write(run, directory, log, searched: false);
    }
}
