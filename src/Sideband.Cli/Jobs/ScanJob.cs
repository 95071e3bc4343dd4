using Sideband.Reporting.Terminal;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Settings;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband scan</c>: the whole search.</summary>
/// <param name="session">The run directory.</param>
/// <param name="lender">A run whose finished units are taken over where they are of the same settings; null: none.</param>
internal sealed class ScanJob(SearchSession session, RunDirectory? lender)
{
    private readonly UnitTraining _units = new(session);
    private readonly SearchResults _results = new(session);

    /// <param name="dryRun">Shows what would be done, and stops.</param>
    /// <param name="unblind">Goes on from a blind search.</param>
    /// <param name="cancellation">Stops cleanly; finished units are kept.</param>
    public int Run(bool dryRun, bool unblind, CancellationToken cancellation)
    {
        // A new directory is made only for a search that can be done: a refused one must not leave its settings there.
        RunDirectory.Check(session.Root, session.Settings);
        if (unblind && !RunDirectory.Exists(session.Root))
        {
            throw new Events.ConfigurationException($"{session.Root}: --unblind goes on from a blind search; no run is there");
        }

        if (session.AsksForBlind && !unblind)
        {
            Unblinding.RequireClosed(RunDirectory.At(session.Root));
        }

        if (dryRun)
        {
            Preview(unblind);
            return CommandHost.Done;
        }

        var inputs = session.Load();
        var planned = RunDirectory.Exists(session.Root) ? null : session.NewPlan(inputs);
        if (planned is not null)
        {
            session.Require(planned.Context, planned.Units);
        }

        var directory = RunDirectory.Create(session.Root, session.Settings);
        using var held = RunLock.Acquire(directory);
        FrozenInputs.Check(directory, session.Settings, inputs.Accounts);
        RunSeal.Check(directory);
        var log = new RunLog(directory);
        var effective = unblind
            ? Unblinding.Unblind(directory, session.Settings, inputs.Accounts, Environment.CommandLine, session.Started)
            : Unblinding.Applied(directory, session.Settings);
        var full = planned
            ?? Planner.Make(effective, InjectionInputs.Add(inputs, session.Settings, ExperimentsFile.Read(directory).Injection));
        session.ShowTables(full);
        var run = new SearchRun(full, directory, CommandHost.Warn);
        var open = run.ToDo(full.ToCollect).Count;
        log.Write($"scan: settings {SettingsWriter.Hash(effective)}, {full.Units.Count} units, {open} open");
        if (lender is not null
            && Lender.Of(lender, effective) is { } other
            && run.Borrow(other, [.. full.ToCollect]) is > 0 and var borrowed)
        {
            log.Write($"took over {borrowed} units of {lender.Root}");
        }

        return _units.Announced(full, run, directory, [.. full.ToCollect], log, cancellation)
            ? _results.Write(run, directory, log, searched: open > 0)
            : CommandHost.Done;
    }

    // What the same command would do if it were not dry.
    private void Preview(bool unblind)
    {
        var directory = RunDirectory.At(session.Root);
        var plan = RunDirectory.Exists(session.Root) ? session.Continued(directory, unblind) : session.NewPlan(session.Load());
        session.ShowTables(plan);
        var other = lender is null ? null : Lender.Of(lender, plan.Settings);
        var open = FinishedBefore.Open(plan, directory, other, CommandHost.Warn);
        session.Require(plan.Context, open);
        PlanTable.Write(Consoles.Output, plan, open);
        MemoryLine.Write(Consoles.Output, plan.Context, open, plan.Settings.Threads, session.Memory);
    }
}
