using Sideband.Search.Engines;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband work</c>: units by number, or as a task of a batch system.</summary>
internal sealed class WorkJob(SearchSession session)
{
    private readonly UnitTraining _units = new(session);

    /// <summary>Does units <paramref name="first"/> to <paramref name="last"/>, both included and counted from 1.</summary>
    public int Units(int first, int last, CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(session.Root, session.Settings);
        var plan = session.Continued(directory);
        PlanFile.Check(directory, plan, first, last);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        _units.Announced(plan, run, directory, [.. plan.Units.Skip(first - 1).Take(last - first + 1)], null, cancellation);
        Console.Out.WriteLine($"units {first}-{last} are done");
        return CommandHost.Done;
    }

    /// <summary>Does a task of a submission to a batch system.</summary>
    public int Task(int submission, int task, CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(session.Root, session.Settings);
        var plan = session.Continued(directory);
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
            foreach (var (_, work, units) in run.Requests.Find(tasks[task].Keys))
            {
                using var working = Interruption.WhileUnitsRun();
                run.Work(new LocalEngine(session.Settings.Threads, session.Memory), units, _ => finished++, cancellation, work);
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
}
