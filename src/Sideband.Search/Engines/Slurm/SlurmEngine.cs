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

    /// <summary>So often a task is released that Slurm could not launch and holds back since.</summary>
    private const int MostReleases = 3;

    // What is no news of a task that waits.
    private static readonly string[] UsualReasons =
        ["None", "Priority", "Resources", "Dependency", "BeginTime", "JobArrayTaskLimit", "Cleaning"];

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

    private void Wait(IReadOnlyList<SubmittedJob> jobs, UnitsLeft left, CancellationToken cancellation)
    {
        var (clock, isLost, said) = (Stopwatch.StartNew(), false, new HashSet<string>(UsualReasons));
        var releases = new Dictionary<string, int>();
        while (left.Update().Count > 0)
        {
            var active = SlurmQueue.Active(jobs);
            if (active is { Count: 0 })
            {
                return;
            }

            if (active is null != isLost)
            {
                isLost = !isLost;
                say(isLost ? "Slurm's controller does not answer; jobs go on, and it is asked again" : "Slurm's controller answers again");
            }

            foreach (var waiting in (active ?? []).Where(task => task.State == "PENDING"))
            {
                if (said.Add(waiting.About))
                {
                    say($"task {waiting.Job}_{waiting.Task} waits, by Slurm's word: {waiting.About}");
                }

                Release(waiting, releases);
            }

            if (cancellation.WaitHandle.WaitOne(TimeSpan.FromSeconds(Math.Clamp(clock.Elapsed.TotalSeconds / 20, 0.5, 20))))
            {
                say($"{Names(jobs)} go on; 'scancel {string.Join(' ', jobs.Select(job => job.Id))}' ends them");
                cancellation.ThrowIfCancellationRequested();
            }
        }
    }

    // A node that could not start a task is Slurm's trouble: it queues the task again, and holds it until somebody releases it.
    private void Release(SlurmTask task, Dictionary<string, int> releases)
    {
        var name = $"{task.Job}_{task.Task}";
        var before = releases.GetValueOrDefault(name);
        if (!task.WasHeldAfterLaunch || before >= MostReleases)
        {
            return;
        }

        releases[name] = before + 1;
        var answer = SlurmTools.Run("scontrol", "release", name);
        say($"task {name}: {(answer.ExitCode == 0 ? "released" : $"scontrol release: {answer.Complaint}")}");
    }

    private static string Names(IReadOnlyList<SubmittedJob> jobs) =>
        $"{(jobs.Count == 1 ? "job" : "jobs")} {string.Join(", ", jobs.Select(job => job.Id))}";
}
