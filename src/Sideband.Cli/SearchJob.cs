using Sideband.Reporting.Terminal;
using Sideband.Search.Engines;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Engines.Slurm;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Cli;

/// <summary>
/// What the commands of a run directory share: its settings, inputs and plan, and what is shown and logged.
/// </summary>
internal sealed partial class SearchJob(
    string root, SearchSettings settings, bool quiet, DateTimeOffset started, RunDirectory? lender = null)
{
    /// <summary>Where units run.</summary>
    public EngineChoice Engine { get; init; } = EngineChoice.Default;

    /// <summary>How much memory units may take here; null: no limit.</summary>
    public MemoryLimit? Memory { get; init; }

    /// <summary>The whole search.</summary>
    public int Scan(bool dryRun, bool unblind, CancellationToken cancellation)
    {
        if (dryRun)
        {
            var plan = NewPlan(settings, Load());
            ShowTables(plan);
            Memory?.Require(plan.Context, plan.Units);
            PlanTable.Write(Consoles.Output, plan, plan.Units);
            MemoryLine.Write(Consoles.Output, plan.Context, plan.Units, plan.Settings.Threads, Memory);
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
        if (planned is not null)
        {
            Memory?.Require(planned.Context, planned.Units);
        }

        var directory = RunDirectory.Create(root, settings);
        using var held = RunLock.Acquire(directory);
        FrozenInputs.Check(directory, settings, inputs.Accounts);
        RunSeal.Check(directory);
        var log = new RunLog(directory);
        var effective = unblind
            ? Unblinding.Unblind(directory, settings, inputs.Accounts, Environment.CommandLine, started)
            : Unblinding.Applied(directory, settings);
        var full = planned
            ?? Planner.Make(effective, InjectionInputs.Add(inputs, settings, ExperimentsFile.Read(directory).Injection));
        ShowTables(full);
        var run = new SearchRun(full, directory, CommandHost.Warn);
        log.Write($"scan: settings {SettingsWriter.Hash(effective)}, {full.Units.Count} units, {run.ToDo(full.ToCollect).Count} open");
        if (lender is not null
            && Lender.Of(lender, effective) is { } other
            && run.Borrow(other, [.. full.ToCollect]) is > 0 and var borrowed)
        {
            log.Write($"took over {borrowed} units of {lender.Root}");
        }

        return Work(full, run, directory, [.. full.ToCollect], log, cancellation) ? Finish(run, directory, log) : CommandHost.Done;
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
        Work(plan, run, directory, [.. plan.Units.Skip(first - 1).Take(last - first + 1)], null, cancellation);
        Console.Out.WriteLine($"units {first}-{last} are done");
        return CommandHost.Done;
    }

    /// <summary>Does a task of a submission to a batch system.</summary>
    public int WorkTask(int submission, int task, CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(root, settings);
        var plan = Continued(directory);
        var tasks = Submission.Read(directory, submission).Tasks;
        if (task >= tasks.Count)
        {
            throw new Events.ConfigurationException($"--task: submission {submission} has tasks 0 to {tasks.Count - 1}, not {task}");
        }

        Interruption.HeedOnlyTheFirst();
        using var scratch = new ScratchFolder();
        var run = new SearchRun(plan, directory, CommandHost.Warn, scratch.Path);
        var finished = 0;
        try
        {
            foreach (var (_, work, units) in run.Find(tasks[task].Keys))
            {
                using var working = Interruption.WhileUnitsRun();
                run.Work(new LocalEngine(settings.Threads, Memory), units, _ => finished++, cancellation, work);
            }
        }
        catch (OperationCanceledException) when (finished == 0)
        {
            throw new BatchException($"task {task} of submission {submission} was ended before a unit was finished; "
                + "where that was its time limit, give a longer one with --engine-option time=...");
        }
        finally
        {
            Console.Out.WriteLine($"task {task} of submission {submission}: {finished} units done, of {tasks[task].Keys.Count}");
        }

        return CommandHost.Done;
    }

    /// <summary>Merges finished units; of others the results say that they are not done.</summary>
    public int Collect(CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(root, settings);
        using var held = RunLock.Acquire(directory);
        var plan = Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        var unfinished = run.Unfinished();
        if (unfinished.Units.Count == unfinished.Needed)
        {
            throw new Events.ConfigurationException($"{root}: none of {plan.Units.Count} units is done; "
                + $"do them with 'sideband work {root} --units 1-{plan.Units.Count}', or with 'sideband scan {root}'");
        }

        if (run.Lost() is [var lost, ..])
        {
            throw new Events.InputDataException($"{root}: {LostUnits.Words(lost, root)}");
        }

        // Large products that went after an earlier collection.
        var log = new RunLog(directory);
        Work(plan, run, directory, run.ShownSamples(unfinished), log, cancellation);
        if (unfinished.Warning is { } partial)
        {
            CommandHost.Warn($"{root}: {partial}; 'sideband scan {root}' does the rest");
        }

        return Finish(run, directory, log);
    }

    /// <summary>Shows what is done, running and failed.</summary>
    public int Status()
    {
        var directory = RunDirectory.Open(root).Directory;
        var run = SearchRun.ToRead(Continued(directory), directory, CommandHost.Warn);
        RunStatus[] all = [.. run.Status()];
        foreach (var status in all.Where(status => !quiet || status.Open.Count + status.Failed.Count > 0))
        {
            StatusLines.Write(Consoles.Output, status);
        }

        var open = all.SelectMany(status => status.Open).Select(unit => unit.Key).ToHashSet();
        foreach (var submission in SubmissionStatus.Of(directory, open))
        {
            StatusLines.Write(Consoles.Output, submission);
        }

        Console.Out.WriteLine(RunLock.IsHeld(directory)
            ? "a sideband process works in the run directory"
            : "no sideband process of this machine works in the run directory");
        return CommandHost.Done;
    }

    // The plan of a search that was begun, with the inputs that it was begun with.
    private SearchPlan Continued(RunDirectory directory)
    {
        var inputs = Load();
        FrozenInputs.Check(directory, settings, inputs.Accounts);
        RunSeal.Check(directory);
        return Planner.Make(
            Unblinding.Applied(directory, settings), InjectionInputs.Add(inputs, settings, ExperimentsFile.Read(directory).Injection));
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

    // What is added to a search leaves its own time and origin in the results.
    private int Finish(SearchRun run, RunDirectory directory, RunLog log, bool searched = true)
    {
        RunSeal.Break(directory);
        var files = new RunFiles(directory);
        foreach (var window in run.UnfinishedWindows())
        {
            files.Remove(window);
        }

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
            LimitTable.Write(Consoles.Output, result);
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
