using System.Globalization;
using Sideband.Events;
using Sideband.Events.Writers;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Search.Engines.Batch;

/// <summary>
/// What was given to a batch system at once: a folder DIR/batch/NUMBER with the tasks (tasks.json), the jobs that do them (jobs.json), the
/// script that they run, and logs/.
/// </summary>
public sealed class Submission
{
    private const string FolderName = "batch", TasksSchema = "sideband.tasks/1", JobsSchema = "sideband.jobs/1";

    private Submission(string folder, int number, IReadOnlyList<SubmittedTask> tasks, IReadOnlyList<SubmittedJob> jobs) =>
        (Folder, Number, Tasks, Jobs) = (folder, number, tasks, jobs);

    /// <summary>Full path.</summary>
    public string Folder { get; }

    /// <summary>From 1.</summary>
    public int Number { get; }

    /// <summary>Tasks by number from 0, by level.</summary>
    public IReadOnlyList<SubmittedTask> Tasks { get; }

    /// <summary>Job arrays in the order in which they were submitted; none of an engine that only writes files.</summary>
    public IReadOnlyList<SubmittedJob> Jobs { get; private set; }

    public string LogFolder => Path.Combine(Folder, "logs");

    /// <summary>A new submission behind those that there are.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public static Submission Create(RunDirectory directory, IReadOnlyList<BatchTask> tasks)
    {
        var number = Numbers(directory).DefaultIfEmpty(0).Max() + 1;
        var submission = new Submission(
            FolderOf(directory, number),
            number,
            [.. tasks.Select(task => new SubmittedTask(
                task.Level, task.Units[0].Name, Math.Round(task.Cost, 1), [.. task.Units.Select(unit => unit.Key)]))],
            []);
        AtomicFile.CreateFolder(submission.LogFolder);
        JsonFile.Write(submission.PathOf("tasks.json"), new TasksContent(TasksSchema, submission.Tasks));
        return submission;
    }

    /// <summary>Those that there are, by number.</summary>
    /// <exception cref="InputDataException">One is damaged.</exception>
    public static IReadOnlyList<Submission> All(RunDirectory directory) =>
        [.. Numbers(directory).Order().Where(number => File.Exists(Path.Combine(FolderOf(directory, number), "tasks.json")))
            .Select(number => Read(directory, number))];

    /// <summary>One of them.</summary>
    /// <exception cref="ConfigurationException">There is none of that number.</exception>
    /// <exception cref="InputDataException">It is damaged.</exception>
    public static Submission Read(RunDirectory directory, int number)
    {
        var folder = FolderOf(directory, number);
        var (tasks, jobs) = (Path.Combine(folder, "tasks.json"), Path.Combine(folder, "jobs.json"));
        return File.Exists(tasks)
            ? new Submission(
                folder,
                number,
                JsonFile.Read<TasksContent>(tasks, TasksSchema, "the tasks of a submission").Tasks,
                File.Exists(jobs) ? JsonFile.Read<JobsContent>(jobs, JobsSchema, "the jobs of a submission").Jobs : [])
            : throw new ConfigurationException(FormattableString.Invariant($"{directory.Root}: no submission {number} ({tasks})"));
    }

    /// <summary>Notes a job array; at once, so that whoever goes on after a kill knows of it.</summary>
    /// <exception cref="OutputException">It cannot be written.</exception>
    public void Add(SubmittedJob job)
    {
        Jobs = [.. Jobs, job];
        JsonFile.Write(PathOf("jobs.json"), new JobsContent(JobsSchema, Jobs));
    }

    /// <summary>The task that a job array's task is; null where the array is not of this submission.</summary>
    public SubmittedTask? TaskOf(string job, int task) =>
        Jobs.FirstOrDefault(array => array.Id == job) is { } found && task < found.Tasks ? Tasks[found.First + task] : null;

    public string PathOf(string name) => Path.Combine(Folder, name);

    private static string FolderOf(RunDirectory directory, int number) =>
        Path.Combine(directory.Root, FolderName, number.ToString(CultureInfo.InvariantCulture));

    private static IEnumerable<int> Numbers(RunDirectory directory)
    {
        var all = Path.Combine(directory.Root, FolderName);
        return (Directory.Exists(all) ? Directory.GetDirectories(all) : [])
            .Select(path => Path.GetFileName(path))
            .Select(name => int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : 0)
            .Where(number => number > 0);
    }

    private sealed record TasksContent(string Schema, IReadOnlyList<SubmittedTask> Tasks);

    private sealed record JobsContent(string Schema, IReadOnlyList<SubmittedJob> Jobs);
}

/// <summary>Units that one worker does.</summary>
/// <param name="Level">Behind all tasks of lower levels.</param>
/// <param name="Begins">Name of the first unit.</param>
/// <param name="CpuSeconds">Expected CPU time.</param>
/// <param name="Keys">Keys of the units, in plan order.</param>
public sealed record SubmittedTask(int Level, string Begins, double CpuSeconds, IReadOnlyList<string> Keys);

/// <summary>A job array.</summary>
/// <param name="Id">The batch system's number.</param>
/// <param name="First">Its first task; task I of the array is task First + I of the submission.</param>
/// <param name="Tasks">The number of tasks.</param>
public sealed record SubmittedJob(string Id, int First, int Tasks);
