using System.Diagnostics;
using System.Globalization;
using System.Text;
using Sideband.Events.Writers;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Store;
using Sideband.Search.Units;

namespace Sideband.Search.Engines.Slurm;

/// <summary>
/// Job arrays of a Slurm cluster, one or more a level of tasks, each behind the level before. Waits until they end, and submits again what
/// is left as long as something gets done. The store tells what is done, the queue only what goes on: who is killed in between, and begins
/// again, waits for the jobs that are still there before anything is submitted.
/// </summary>
/// <param name="directory">The run: submissions go into its folder batch/.</param>
/// <param name="choice">Partition, account, limits.</param>
/// <param name="program">Command words of this program on the nodes.</param>
/// <param name="say">Takes a line for whatever happens.</param>
public sealed class SlurmEngine(RunDirectory directory, EngineChoice choice, IReadOnlyList<string> program, Action<string> say)
    : IUnitEngine
{
    /// <summary>So many submissions in a row without a unit done, and something is wrong that another one does not mend.</summary>
    private const int MostInVain = 2;

    public IReadOnlyDictionary<string, double> Run(
        SearchPlan plan, UnitStore store, IReadOnlyList<WorkUnit> units, Action<WorkUnit> finished, CancellationToken cancellation)
    {
        var left = new UnitsLeft(units, store, finished);
        if (left.Open.Count == 0)
        {
            return new Dictionary<string, double>();
        }

        var cluster = SlurmCluster.Ask(choice.Partition);
        Rejoin(left, cancellation);
        var (inVain, submissions, ended, avoid) = (0, 0, (EndedTasks?)null, (IReadOnlyList<string>)[]);
        while (left.Update().Count > 0)
        {
            if (ended?.WereCancelled == true || inVain == MostInVain)
            {
                throw new BatchException($"{directory.Root}: {left.Open.Count} units are not done"
                    + (ended!.WereCancelled ? "; jobs were cancelled" : $" after {submissions} submissions")
                    + $"{ended.Complaint}; the same command submits what is left");
            }

            var before = left.Open.Count;
            var submission = Submit(cluster, TaskPacking.Of(left.Open, cluster.Cores, choice), avoid);
            submissions++;
            Wait(submission.Jobs, left, cancellation);
            var now = left.Update();
            ended = EndedTasks.Of(cluster, submission, now);
            inVain = now.Count < before || ended.WerePreempted ? 0 : inVain + 1;
            avoid = ended.FailingNodes;
            if (now.Count > 0)
            {
                say($"{now.Count} units are not done{ended.Complaint}");
            }
        }

        return new Dictionary<string, double>();
    }

    // Jobs of an earlier command that go on.
    private void Rejoin(UnitsLeft left, CancellationToken cancellation)
    {
        foreach (var submission in Submission.All(directory).Where(submission => submission.Jobs.Count > 0))
        {
            var keys = left.Open.Select(unit => unit.Key).ToHashSet();
            if (submission.Tasks.Any(task => task.Keys.Any(keys.Contains)) && SlurmQueue.Active(submission.Jobs) is not { Count: 0 })
            {
                say($"submission {submission.Number} goes on: {Names(submission.Jobs)}");
                Wait(submission.Jobs, left, cancellation);
            }
        }
    }

    private Submission Submit(SlurmCluster cluster, IReadOnlyList<BatchTask> tasks, IReadOnlyList<string> avoid)
    {
        var submission = Submission.Create(directory, tasks);
        var script = submission.PathOf("worker.sh");
        var text = SlurmScript.Text(program, directory.Root, submission.Number);
        AtomicFile.Write(script, stream => stream.Write(Encoding.UTF8.GetBytes(text)));
        var (first, before) = (0, (IReadOnlyList<string>)[]);
        foreach (var level in tasks.GroupBy(task => task.Level))
        {
            var jobs = new List<string>();
            foreach (var array in level.Chunk(cluster.MostTasks))
            {
                var answer = SlurmTools.Run(
                    "sbatch",
                    [
                        .. SlurmScript.Options(submission, choice, array.Length, before, avoid),
                        script,
                        first.ToString(CultureInfo.InvariantCulture),
                    ]);
                if (answer.ExitCode != 0 || answer.Lines is not [.., var line])
                {
                    // A limit on jobs: what was taken is done first.
                    say($"sbatch: {answer.Complaint}");
                    return submission.Jobs.Count > 0
                        ? submission
                        : throw new BatchException($"--engine slurm: sbatch: {answer.Complaint}");
                }

                var id = line.Split(';')[0];
                submission.Add(new SubmittedJob(id, first, array.Length));
                jobs.Add(id);
                first += array.Length;
            }

            before = jobs;
        }

        say($"submission {submission.Number}: {tasks.Count} tasks in {Names(submission.Jobs)}");
        return submission;
    }

    // The store is looked at more often than the queue, which all users share, and for a twentieth of the time at most.
    private void Wait(IReadOnlyList<SubmittedJob> jobs, UnitsLeft left, CancellationToken cancellation)
    {
        var (clock, asked, watch) = (Stopwatch.StartNew(), TimeSpan.FromDays(-1), new QueueWatch(say));
        TimeSpan Part(double part, double least, double most) =>
            TimeSpan.FromSeconds(Math.Clamp(clock.Elapsed.TotalSeconds * part, least, most));

        for (var begun = clock.Elapsed; left.Update().Count > 0; begun = clock.Elapsed)
        {
            var look = (clock.Elapsed - begun).TotalSeconds;
            if (clock.Elapsed - Part(0.05, 0.5, 20) >= asked)
            {
                if (SlurmQueue.Active(jobs) is var active && active is { Count: 0 })
                {
                    return;
                }

                watch.Look(active);
                asked = clock.Elapsed;
            }

            if (cancellation.WaitHandle.WaitOne(Part(0.01, Math.Clamp(20 * look, 0.1, 20), 20)))
            {
                say($"{Names(jobs)} go on; 'scancel {string.Join(' ', jobs.Select(job => job.Id))}' ends them");
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    private static string Names(IReadOnlyList<SubmittedJob> jobs) =>
        $"{(jobs.Count == 1 ? "job" : "jobs")} {string.Join(", ", jobs.Select(job => job.Id))}";
}
