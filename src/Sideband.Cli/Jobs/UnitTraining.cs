using Sideband.Reporting.Terminal;
using Sideband.Search.Engines;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Engines.HtCondor;
using Sideband.Search.Engines.Slurm;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Cli.Jobs;

/// <summary>Units are done here, or handed over to a batch system.</summary>
internal sealed class UnitTraining(SearchSession session)
{
    /// <summary>Does units after what is open is shown.</summary>
    /// <returns>False where the units were handed over to a batch system that does them at some time.</returns>
    public bool Announced(
        SearchPlan plan, SearchRun run, RunDirectory directory, IReadOnlyList<WorkUnit> units, RunLog? log, CancellationToken cancellation)
    {
        if (!session.Quiet)
        {
            var open = run.ToDo(plan.ToCollect);
            PlanTable.Write(Consoles.Error, plan, open);
            if (session.Memory is not null)
            {
                MemoryLine.Write(Consoles.Error, plan.Context, open, plan.Settings.Threads, session.Memory);
            }
        }

        return Do(run, plan, directory, units, log, cancellation);
    }

    /// <summary>Refuses experiments of which one unit alone takes too much memory, and shows what there is to do.</summary>
    /// <param name="plan">Of the units.</param>
    /// <param name="open">Those that are not done.</param>
    /// <param name="dryRun">Nothing is done: what is shown is the result.</param>
    /// <param name="show">Writes what the experiments are.</param>
    public void Require(SearchPlan plan, IReadOnlyList<WorkUnit> open, bool dryRun, Action<IAnsiConsole> show)
    {
        session.Require(plan.Context, open);
        if (dryRun || !session.Quiet)
        {
            show(dryRun ? Consoles.Output : Consoles.Error);
        }

        if (dryRun)
        {
            MemoryLine.Write(Consoles.Output, plan.Context, open, plan.Settings.Threads, session.Memory);
        }
    }

    /// <summary>Does units with what they need.</summary>
    /// <returns>False where the units were handed over to a batch system that does them at some time.</returns>
    public bool Do(
        SearchRun run, SearchPlan plan, RunDirectory directory, IReadOnlyList<WorkUnit> units, RunLog? log, CancellationToken cancellation)
    {
        if (session.Engine.Name == EngineChoice.HtCondor && run.ToDo(units) is { Count: > 0 } open)
        {
            var submission = CondorFiles.Write(directory, open, session.Engine, ThisProgram.Words);
            Console.Out.WriteLine($"wrote {submission.PathOf(CondorFiles.DagFile)}: {submission.Tasks.Count} tasks");
            Console.Out.WriteLine(
                $"next: condor_submit_dag {submission.PathOf(CondorFiles.DagFile)}; when it has ended, the same command without --engine");
            return false;
        }

        using var working = Interruption.WhileUnitsRun();
        IUnitEngine engine = session.Engine.Name == EngineChoice.Slurm
            ? new SlurmEngine(directory, session.Engine, ThisProgram.Words, Say)
            : new LocalEngine(plan.Settings.Threads, session.Memory);
        if (!session.Quiet)
        {
            WorkProgress.Run(Consoles.Error, run.ToDo(units), finished => run.Work(engine, units, Logged(finished), cancellation, plan));
        }
        else
        {
            run.Work(engine, units, Logged(_ => { }), cancellation, plan);
        }

        return true;

        Action<WorkUnit> Logged(Action<WorkUnit> next) => unit =>
        {
            log?.Write($"finished {unit.Name}");
            next(unit);
        };

        void Say(string line)
        {
            new RunLog(directory).Write($"slurm: {line}");
            if (!session.Quiet)
            {
                Console.Error.WriteLine(Events.ShownText.Of(line));
            }
        }
    }
}
