using Sideband.Reporting.Terminal;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband inject</c>.</summary>
internal sealed class InjectJob(SearchSession session)
{
    private readonly UnitTraining _units = new(session);
    private readonly SearchResults _results = new(session);

    /// <summary>Makes the redraws of an injection scan, and collects the search again with all that are finished.</summary>
    public int Run(InjectionWish wish, bool dryRun, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(session.Root).Directory;
        using var held = RunLock.Acquire(directory);
        var inputs = session.Load();
        FrozenInputs.Check(directory, session.Settings, inputs.Accounts);
        RunSeal.Check(directory);
        (string, string)? signal = null;
        if (wish.Signal is { } file)
        {
            (inputs, var hash) = InjectionInputs.Add(inputs, session.Settings, file);
            signal = (file.ToString(), hash);
        }

        var plan = Planner.Make(Unblinding.Applied(directory, session.Settings), inputs);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        var request = InjectionScanPlan.Make(plan, wish.Strengths, wish.Draws, wish.Windows, wish.From, signal);
        var before = ExperimentsFile.Read(directory);
        request = request.Extends(before.Injection) ? request with { Draws = Math.Max(request.Draws, before.Injection!.Draws) } : request;
        if (before.Injection is { } replaced && !request.Extends(replaced))
        {
            CommandHost.Warn($"{session.Root}: this injection scan takes the place of an earlier one, whose limits "
                + "results.json holds no more; its units stay, "
                + $"and 'sideband inject {session.Root} {replaced.ToOptions()}' brings it back");
        }

        var units = run.Requests.UnitsOf(request);
        var open = run.ToDo(units);
        _units.Require(plan, open, dryRun, console => ExperimentLines.Write(console, request, open, plan.Settings.Threads));
        if (dryRun)
        {
            return CommandHost.Done;
        }

        ExperimentsFile.Write(directory, before with { Injection = request });
        var log = new RunLog(directory);
        log.Write($"inject: {request.Strengths.Count} strengths, {request.Draws} redraws, {open.Count} open units");
        if (!_units.Do(run, plan, directory, units, null, cancellation))
        {
            return CommandHost.Done;
        }

        _units.Do(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return _results.Write(run, directory, log, searched: false);
    }
}
