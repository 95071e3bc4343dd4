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
            ShowTables(plan);
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
        FrozenInputs.Check(directory, settings, inputs.Accounts);
        RunSeal.Check(directory);
        var log = new RunLog(directory);
        var effective = unblind
            ? Unblinding.Unblind(directory, settings, inputs.Accounts, Environment.CommandLine, started)
            : Unblinding.Applied(directory, settings);
        var full = planned ?? Planner.Make(effective, inputs);
        ShowTables(full);
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
        FrozenInputs.Check(directory, settings, plan.Inputs.Accounts);
        ShowTables(plan);
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
        if (dryRun || !quiet)
        {
            ExperimentLines.Write(dryRun ? Consoles.Output : Consoles.Error, request, open, plan.Settings.Threads);
        }

        if (dryRun)
        {
            return CommandHost.Done;
        }

        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        var log = new RunLog(directory);
        log.Write($"calibrate: {request.Kind}, {request.Experiments} experiments, {open.Count} open units");
        foreach (var part in parts.TakeWhile((_, i) => i == 0 || !run.IsComplete(request)))
        {
            Train(run, work, part, null, cancellation);
        }

        log.Write("calibrate: wall seconds "
            + string.Join(", ", run.Seconds.Select(part => FormattableString.Invariant($"{part.Key} {part.Value:F1}"))));
        Train(run, plan, [.. plan.ToCollect], null, cancellation);
        return Finish(run, directory, log, searched: false);
    }

    // The plan of a search that was begun, with the inputs that it was begun with.
    private SearchPlan Continued(RunDirectory directory)
    {
        var inputs = Load();
        FrozenInputs.Check(directory, settings, inputs.Accounts);
        RunSeal.Check(directory);
        return Planner.Make(Unblinding.Applied(directory, settings), inputs);
    }

    // What was left out, and what the tables say against the search, before anything is trained.
    private void ShowTables(SearchPlan plan)
    {
        if (!quiet)
        {
            InputLines.Write(Consoles.Error, plan.Inputs.Accounts, plan.Checks.Roles);
        }

        foreach (var warning in plan.Checks.Warnings)
        {
            CommandHost.Warn(warning);
        }
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
        if (!quiet)
        {
            PlanTable.Write(Consoles.Error, plan, run.ToDo(plan.ToCollect));
        }

        Train(run, plan, units, log, cancellation);
    }

    private void Train(SearchRun run, SearchPlan plan, IReadOnlyList<WorkUnit> units, RunLog? log, CancellationToken cancellation)
    {
        using var working = Interruption.WhileUnitsRun();
        var engine = new LocalEngine(plan.Settings.Threads);
        if (!quiet)
        {
            WorkProgress.Run(Consoles.Error, run.ToDo(units), finished => run.Work(engine, units, Logged(finished), cancellation, plan));
            return;
        }

        run.Work(engine, units, Logged(_ => { }), cancellation, plan);

        Action<WorkUnit> Logged(Action<WorkUnit> next) => unit =>
        {
            log?.Write($"finished {unit.Name}");
            next(unit);
        };
    }

    // What is added to a search leaves its own time and origin in the results.
    private int Finish(SearchRun run, RunDirectory directory, RunLog log, bool searched = true)
    {
        RunSeal.Break(directory);
        var files = new RunFiles(directory);
        var result = KeptFits.With(directory, run.Collect(files, Environment.CommandLine, started));
        if (!searched
            && File.Exists(directory.ResultsFile)
            && ResultsJson.Read(directory.ResultsFile) is var before
            && before.Blind == result.Blind)
        {
            result = result with { Timing = before.Timing, Provenance = before.Provenance };
        }

        ResultsJson.Write(directory.ResultsFile, result);
        RunSeal.Write(directory, run.SealedUnits);
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
