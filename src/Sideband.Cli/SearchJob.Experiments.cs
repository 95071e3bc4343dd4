using Sideband.Reporting.Terminal;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;

namespace Sideband.Cli;

/// <summary>Experiments beside a finished search, and the limits that are made of them.</summary>
internal sealed partial class SearchJob
{
    /// <summary>Makes the experiments of a calibration, and collects the search again with all that are finished.</summary>
    public int Calibrate(CalibrationRequest asked, bool dryRun, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(root).Directory;
        using var held = RunLock.Acquire(directory);
        var plan = Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        var request = run.Completed(asked);
        var (work, parts) = run.UnitsOf(request);
        var open = run.ToDo(parts.SelectMany(part => part));
        Memory?.Require(work.Context, open);
        if (dryRun || !quiet)
        {
            ExperimentLines.Write(dryRun ? Consoles.Output : Consoles.Error, request, open, plan.Settings.Threads);
        }

        if (dryRun)
        {
            MemoryLine.Write(Consoles.Output, work.Context, open, plan.Settings.Threads, Memory);
            return CommandHost.Done;
        }

        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        var log = new RunLog(directory);
        log.Write($"calibrate: {request.Kind}, {request.Experiments} experiments, {open.Count} open units");
        foreach (var part in parts.TakeWhile((_, i) => i == 0 || !run.IsComplete(request)))
        {
            if (!Train(run, work, directory, part, null, cancellation))
            {
                return CommandHost.Done;
            }
        }

        log.Write("calibrate: wall seconds "
            + string.Join(", ", run.Seconds.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:F1}"))));
        Train(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return Finish(run, directory, log, searched: false);
    }

    /// <summary>Makes the redraws of an injection scan, and collects the search again with all that are finished.</summary>
    public int Inject(InjectionWish wish, bool dryRun, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(root).Directory;
        using var held = RunLock.Acquire(directory);
        var inputs = Load();
        FrozenInputs.Check(directory, settings, inputs.Accounts);
        RunSeal.Check(directory);
        (string, string)? signal = null;
        if (wish.Signal is { } file)
        {
            (inputs, var hash) = InjectionInputs.Add(inputs, settings, file);
            signal = (file.ToString(), hash);
        }

        var plan = Planner.Make(Unblinding.Applied(directory, settings), inputs);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        var request = InjectionScanPlan.Make(plan, wish.Strengths, wish.Draws, wish.Windows, wish.From, signal);
        var before = ExperimentsFile.Read(directory);
        request = request.Extends(before.Injection) ? request with { Draws = Math.Max(request.Draws, before.Injection!.Draws) } : request;
        var units = run.UnitsOf(request);
        var open = run.ToDo(units);
        Memory?.Require(plan.Context, open);
        if (dryRun || !quiet)
        {
            ExperimentLines.Write(dryRun ? Consoles.Output : Consoles.Error, request, open, plan.Settings.Threads);
        }

        if (dryRun)
        {
            MemoryLine.Write(Consoles.Output, plan.Context, open, plan.Settings.Threads, Memory);
            return CommandHost.Done;
        }

        ExperimentsFile.Write(directory, before with { Injection = request });
        var log = new RunLog(directory);
        log.Write($"inject: {request.Strengths.Count} strengths, {request.Draws} redraws, {open.Count} open units");
        if (!Train(run, plan, directory, units, null, cancellation))
        {
            return CommandHost.Done;
        }

        Train(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return Finish(run, directory, log, searched: false);
    }

    /// <summary>Notes how limits are quoted, and collects the search again.</summary>
    public int Limit(LimitRequest request, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(root).Directory;
        using var held = RunLock.Acquire(directory);
        var before = ExperimentsFile.Read(directory);
        if (before.Injection is null)
        {
            throw new Events.ConfigurationException($"{root}: a limit needs an injection scan; make one with 'sideband inject {root}'");
        }

        var plan = Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        ExperimentsFile.Write(directory, before with { Limit = request });
        var log = new RunLog(directory);
        Train(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return Finish(run, directory, log, searched: false);
    }
}
