using Sideband.Reporting.Terminal;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Units;

namespace Sideband.Cli;

/// <summary>
/// What scan, plan, work and collect share: a run directory, its settings, inputs and plan, and what is shown and logged.
/// </summary>
internal sealed class SearchJob(string root, SearchSettings settings, bool quiet, DateTimeOffset started, RunDirectory? lender = null)
{
    /// <summary>The whole search.</summary>
    public int Scan(bool dryRun, bool unblind, CancellationToken cancellation)
    {
        if (dryRun)
        {
            var plan = NewPlan(settings, Load());
            PlanTable.Write(Consoles.Output, plan, plan.Units);
            return CommandHost.Done;
        }

        // A new directory is made only for a search that can be done: a refused one must not leave its settings there.
        RunDirectory.Check(root, settings);
        if (unblind && !RunDirectory.Exists(root))
        {
            throw new Events.ConfigurationException($"{root}: --unblind goes on from a blind search; no run is there");
        }

        var inputs = Load();
        var planned = RunDirectory.Exists(root) ? null : NewPlan(settings, inputs);
        var directory = RunDirectory.Create(root, settings);
        using var held = RunLock.Acquire(directory);
        FrozenInputs.Check(directory, inputs.Accounts);
        var log = new RunLog(directory);
        var effective = unblind
            ? Unblinding.Unblind(directory, settings, inputs.Accounts, started)
            : Unblinding.Applied(directory, settings);
        var full = planned ?? Planner.Make(effective, inputs);
        var run = new SearchRun(full, directory, CommandHost.Warn);
        log.Write($"scan: settings {SettingsWriter.Hash(effective)}, {full.Units.Count} units, {run.ToDo(full.ToCollect).Count} open");
        if (lender is not null
            && Lender.Of(lender, effective) is { } other
            && run.Borrow(other, [.. full.ToCollect]) is > 0 and var borrowed)
        {
            log.Write($"took over {borrowed} units of {lender.Root}");
        }

        Work(full, run, [.. full.ToCollect], log, cancellation);
        return Finish(run, directory, log);
    }

    /// <summary>Writes the plan for a batch system.</summary>
    public int WritePlan()
    {
        RunDirectory.Check(root, settings);
        var plan = NewPlan(settings, Load());
        var directory = RunDirectory.Create(root, settings);
        FrozenInputs.Check(directory, plan.Inputs.Accounts);
        PlanFile.Write(directory, plan);
        if (!quiet)
        {
            PlanTable.Write(Consoles.Output, plan, new SearchRun(plan, directory, CommandHost.Warn).ToDo(plan.ToCollect));
        }

        Console.Out.WriteLine($"wrote {directory.PlanFile}: units 1-{plan.Units.Count}");
        return CommandHost.Done;
    }

    /// <summary>Does units <paramref name="first"/> to <paramref name="last"/>, both included and counted from 1.</summary>
    public int WorkUnits(int first, int last, CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(root, settings);
        var plan = Continued(directory);
        PlanFile.Check(directory, plan, first, last);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        Work(plan, run, [.. plan.Units.Skip(first - 1).Take(last - first + 1)], null, cancellation);
        Console.Out.WriteLine($"units {first}-{last} are done");
        return CommandHost.Done;
    }

    /// <summary>Merges finished units.</summary>
    public int Collect(CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(root, settings);
        using var held = RunLock.Acquire(directory);
        var plan = Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        if (run.OpenUnits.Where(unit => !unit.Stage.IsIntermediate).ToArray() is { Length: > 0 } open)
        {
            throw new Events.ConfigurationException($"{root}: {open.Length} of {plan.Units.Count} units are not done, "
                + $"the first is unit {open[0].Index} ({open[0].Name}); "
                + $"do them with 'sideband work {root} --units {open[0].Index}-{open[^1].Index}'");
        }

        // Large products that went after an earlier collection.
        var log = new RunLog(directory);
        Work(plan, run, [.. plan.ToCollect], log, cancellation);
        return Finish(run, directory, log);
    }

    // The plan of a search that was begun, with the inputs that it was begun with.
    private SearchPlan Continued(RunDirectory directory)
    {
        var inputs = Load();
        FrozenInputs.Check(directory, inputs.Accounts);
        return Planner.Make(Unblinding.Applied(directory, settings), inputs);
    }

    // Where the data have not the columns that the defaults ask for, what is in them says what to type.
    private T Advised<T>(Func<T> make)
    {
        try
        {
            return make();
        }
        catch (Events.SidebandException error) when (!RunDirectory.Exists(root) && Advice.ForDefaults(settings) is { } advice)
        {
            throw new Events.ConfigurationException(error.Message + advice, error);
        }
    }

    private SearchPlan NewPlan(SearchSettings asked, SearchInputs inputs) => Advised(() => Planner.Make(asked, inputs));

    private SearchInputs Load()
    {
        var inputs = Advised(() => InputLoader.Load(settings));
        foreach (var warning in inputs.Warnings)
        {
            CommandHost.Warn(warning);
        }

        return inputs;
    }

    private void Work(SearchPlan plan, SearchRun run, IReadOnlyList<WorkUnit> units, RunLog? log, CancellationToken cancellation)
    {
        var open = run.ToDo(units);
        var engine = new LocalEngine(plan.Settings.Threads);
        if (!quiet)
        {
            PlanTable.Write(Consoles.Error, plan, run.ToDo(plan.ToCollect));
            WorkProgress.Run(Consoles.Error, open, finished => run.Work(engine, units, Logged(finished), cancellation));
            return;
        }

        run.Work(engine, units, Logged(_ => { }), cancellation);

        Action<WorkUnit> Logged(Action<WorkUnit> next) => unit =>
        {
            log?.Write($"finished {unit.Name}");
            next(unit);
        };
    }

    private int Finish(SearchRun run, RunDirectory directory, RunLog log)
    {
        var files = new RunFiles(directory);
        var result = run.Collect(files, Environment.CommandLine, started);
        ResultsJson.Write(directory.ResultsFile, result);
        log.Write($"wrote results.json, {result.Failures.Count} failures");
        if (!quiet)
        {
            ScanTable.Write(Consoles.Output, result);
        }

        Console.Out.WriteLine($"wrote {directory.ResultsFile}");
        if (!quiet)
        {
            Console.Error.WriteLine($"next: sideband report {root}");
        }

        return FailedUnits(result) ? CommandHost.UnitsFailed : CommandHost.Done;
    }

    private static bool FailedUnits(ScanResult result) =>
        result.Failures.Any(failure => failure.WorkUnit.StartsWith(Experiment.Search.Name, StringComparison.Ordinal));
}
