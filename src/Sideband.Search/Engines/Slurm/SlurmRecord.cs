using System.Globalization;
using Sideband.Search.Engines.Batch;

namespace Sideband.Search.Engines.Slurm;

/// <summary>What a line of Slurm's commands or files says of one task of a job array, or of all that it keeps in one record.</summary>
/// <param name="Job">Number of the array.</param>
/// <param name="Task">Number in the array; null: all tasks of the array that have no record of their own, as they never began.</param>
/// <param name="State">Slurm's word, without what stands behind it.</param>
/// <param name="Reason">Why a task waits, or waited last; null where the line does not say it.</param>
/// <param name="ExitCode">Exit code and signal; empty where the line does not say it.</param>
/// <param name="Node">Where it runs or ran; empty where it did not.</param>
internal sealed record SlurmRecord(string Job, int? Task, string State, string? Reason, string ExitCode, string Node)
{
    /// <summary>Why tasks never run that wait for one that failed. Slurm's word for their state is CANCELLED.</summary>
    public const string NeverBegins = "DependencyNeverSatisfied";

    // NO_VAL of Slurm: the number of no task.
    private const string NoTask = "4294967294";

    private bool HasFailed => State is not ("CANCELLED" or "COMPLETED") && !GoesOn(State);

    /// <summary>True of the states of tasks that have not ended.</summary>
    public static bool GoesOn(string state) =>
        state is "PENDING" or "RUNNING" or "COMPLETING" or "CONFIGURING" or "REQUEUED" or "SUSPENDED";

    /// <summary>A line of <c>squeue -h -r -o %F|%K|%T|%r|%N</c>; null where it is none.</summary>
    public static SlurmRecord? OfQueue(string line) =>
        line.Split('|') is [var job, var task, { Length: > 0 } state, var reason, var node] && Number(task) is { } number
            ? new SlurmRecord(job, number, state, reason, "", node)
            : null;

    /// <summary>
    /// A line of <c>sacct -n -X -P -o JobID,State,ExitCode,NodeList</c>: <c>7_2|CANCELLED by 1000|0:15|node3</c>, or
    /// <c>7_[3-9%2]|PENDING|0:0|None assigned</c> for those that wait; null where it is none.
    /// </summary>
    public static SlurmRecord? OfAccounting(string line)
    {
        if (line.Split('|') is not [var id, { Length: > 0 } state, var code, var nodes])
        {
            return null;
        }

        var (job, task) = id.Split('_', 2) is [var before, var behind] ? (before, behind) : (id, "[]");
        return Number(job) is not null && (Number(task) is not null || task.StartsWith('['))
            ? new SlurmRecord(job, Number(task), Word(state), null, code, nodes == "None assigned" ? "" : nodes)
            : null;
    }

    /// <summary>
    /// A line of <c>scontrol show job -o</c> or of the file of jobcomp/filetxt: KEY=VALUE with blanks between; null where it is none.
    /// </summary>
    public static SlurmRecord? OfKeys(string line)
    {
        var entries = line.Split(' ').Select(entry => entry.Split('=', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        string Of(string key) => entries.GetValueOrDefault(key, "");
        var (job, task) = (entries.GetValueOrDefault("ArrayJobId", Of("JobId")), Of("ArrayTaskId"));
        return job.Length > 0 && Of("JobState").Length > 0
            ? new SlurmRecord(
                job,
                task == NoTask ? null : Number(task),
                Of("JobState"),
                entries.GetValueOrDefault("Reason"),
                Of("ExitCode"),
                Of("NodeList") is "(null)" ? "" : Of("NodeList"))
            : null;
    }

    /// <summary>What records say together of each task; of several of one task the last counts.</summary>
    /// <param name="jobs">Job arrays; records of others are left out.</param>
    /// <param name="records">In time.</param>
    public static IReadOnlyList<SlurmTask> Together(IReadOnlyList<SubmittedJob> jobs, IEnumerable<SlurmRecord> records)
    {
        var ids = jobs.Select(job => job.Id).ToHashSet();
        var last = records.Where(record => ids.Contains(record.Job)).GroupBy(record => (record.Job, record.Task))
            .ToDictionary(group => group.Key, group => group.Last());
        var anyFailed = last.Values.Any(record => record.HasFailed);
        SlurmRecord? Find(string job, int task) => last.GetValueOrDefault((job, task)) ?? last.GetValueOrDefault((job, null));
        SlurmTask? Of(string job, int task) => Find(job, task) is { } record
            ? new(job, task, record.NeverBegan(anyFailed) ? NeverBegins : record.State, record.ExitCode, record.Node)
            : null;

        return [.. jobs.SelectMany(job => Enumerable.Range(0, job.Tasks).Select(task => Of(job.Id, task))).OfType<SlurmTask>()];
    }

    // Where no reason is said: what never ran while others failed waited for these.
    private bool NeverBegan(bool anyFailed) =>
        State == "CANCELLED" && (Reason is null ? Node.Length == 0 && anyFailed : Reason == NeverBegins);

    private static string Word(string state) => state.Split(' ')[0];

    private static int? Number(string text) =>
        int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) ? number : null;
}
