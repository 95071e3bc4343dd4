using System.Globalization;
using Sideband.Search.Engines.Batch;

namespace Sideband.Search.Engines.Slurm;

/// <summary>A task of a job array.</summary>
/// <param name="Job">Number of the array.</param>
/// <param name="Task">Number in the array.</param>
/// <param name="State">Slurm's word: PENDING, RUNNING, COMPLETED, FAILED, ...</param>
/// <param name="About">Of a task that waits the reason, of one that ended exit code and signal.</param>
/// <param name="Node">Where it runs or ran; empty where it did not.</param>
public sealed record SlurmTask(string Job, int Task, string State, string About, string Node)
{
    /// <summary>True where no node could launch it: Slurm queues it again but keeps it from running.</summary>
    internal bool WasHeldAfterLaunch => State == "PENDING" && About.Replace('_', ' ') == "launch failed requeued held";
}

/// <summary>
/// What became of jobs: those that wait or run by squeue; those that ended by sacct where the cluster has accounting, else by scontrol,
/// which forgets after some minutes, and the file that the controller writes ended jobs to.
/// </summary>
internal static class SlurmQueue
{
    /// <summary>Tasks that wait or run; null where the controller does not answer.</summary>
    public static IReadOnlyList<SlurmTask>? Active(IReadOnlyList<SubmittedJob> jobs)
    {
        var answer = SlurmTools.Run("squeue", "-h", "-r", "-j", Ids(jobs), "-o", "%F|%K|%T|%r|%N");
        return answer.ExitCode == 0 ? [.. answer.Lines.Select(line => Parse(line.Split('|'))).OfType<SlurmTask>()]
            : answer.IsUnknownJob ? []
            : null;
    }

    /// <summary>Tasks that ended, as far as anything still knows of them.</summary>
    public static IReadOnlyList<SlurmTask> Ended(SlurmCluster cluster, IReadOnlyList<SubmittedJob> jobs)
    {
        if (cluster.HasAccounting)
        {
            var answer = SlurmTools.Run("sacct", "-n", "-X", "-P", "-j", Ids(jobs), "-o", "JobID,State,ExitCode,NodeList");
            return [.. answer.Lines.Select(line => line.Split('|')).Where(parts => parts.Length == 4)
                .Select(parts => Parse([.. parts[0].Split('_', 2), .. parts[1..]])).OfType<SlurmTask>()];
        }

        var known = jobs.SelectMany(job => SlurmTools.Run("scontrol", "show", "job", "-o", job.Id).Lines)
            .Select(ParseLine).OfType<SlurmTask>();
        var ids = jobs.Select(job => job.Id).ToHashSet();
        return
        [
            .. Completed(cluster.CompletionFile).Where(task => ids.Contains(task.Job)).Concat(known)
                .GroupBy(task => (task.Job, task.Task)).Select(group => group.Last()),
        ];
    }

    private static string Ids(IEnumerable<SubmittedJob> jobs) => string.Join(',', jobs.Select(job => job.Id));

    // Readable on few clusters, and then worth reading.
    private static IEnumerable<SlurmTask> Completed(string? file)
    {
        try
        {
            return file is null ? [] : [.. File.ReadLines(file).Select(ParseLine).OfType<SlurmTask>()];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }

    // KEY=VALUE, separated by blanks; null for what is no single task of an array.
    private static SlurmTask? ParseLine(string line)
    {
        var entries = line.Split(' ').Select(entry => entry.Split('=', 2)).Where(parts => parts.Length == 2)
            .GroupBy(parts => parts[0]).ToDictionary(group => group.Key, group => group.First()[1]);
        string Of(string key) => entries.GetValueOrDefault(key, "");
        return Parse([Of("ArrayJobId"), Of("ArrayTaskId"), Of("JobState"), Of("ExitCode"), Of("NodeList")]);
    }

    private static SlurmTask? Parse(string[] parts) =>
        parts is [var job, var task, { Length: > 0 } state, var about, var node]
        && int.TryParse(task, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
            ? new SlurmTask(job, number, state.Split(' ')[0], about, node == "(null)" ? "" : node)
            : null;
}
