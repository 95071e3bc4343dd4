using Sideband.Search.Engines.Batch;

namespace Sideband.Search.Engines.Slurm;

/// <summary>A task of a job array.</summary>
/// <param name="Job">Number of the array.</param>
/// <param name="Task">Number in the array.</param>
/// <param name="State">
/// Slurm's word: PENDING, RUNNING, COMPLETED, FAILED, ...; of a task that never began, as one before it failed, DependencyNeverSatisfied.
/// </param>
/// <param name="About">Of a task that waits the reason, of one that ended exit code and signal.</param>
/// <param name="Node">Where it runs or ran; empty where it did not.</param>
public sealed record SlurmTask(string Job, int Task, string State, string About, string Node)
{
    /// <summary>True where no node could launch it: Slurm queues it again but keeps it from running.</summary>
    internal bool WasHeldAfterLaunch => State == "PENDING" && About.Replace('_', ' ') == "launch failed requeued held";
}

/// <summary>
/// What became of jobs: those that wait or run by squeue; those that ended by sacct where the cluster has accounting, else by the file that
/// the controller writes ended jobs to, and in both cases by scontrol, which is up to date and forgets after some minutes.
/// </summary>
internal static class SlurmQueue
{
    /// <summary>Tasks that wait or run; null where the controller does not answer.</summary>
    public static IReadOnlyList<SlurmTask>? Active(IReadOnlyList<SubmittedJob> jobs)
    {
        var answer = SlurmTools.Run("squeue", "-h", "-r", "-j", Ids(jobs), "-o", "%F|%K|%T|%r|%N");
        return answer.ExitCode != 0 ? answer.IsUnknownJob ? [] : null
            :
            [
                .. answer.Lines.Select(SlurmRecord.OfQueue).OfType<SlurmRecord>()
                    .Select(record => new SlurmTask(record.Job, record.Task!.Value, record.State, record.Reason!, record.Node)),
            ];
    }

    /// <summary>Tasks that ended, as far as anything still knows of them; among them those that go on.</summary>
    public static IReadOnlyList<SlurmTask> Ended(SlurmCluster cluster, IReadOnlyList<SubmittedJob> jobs)
    {
        var noted = cluster.HasAccounting
            ? SlurmTools.Run("sacct", "-n", "-X", "-P", "-j", Ids(jobs), "-o", "JobID,State,ExitCode,NodeList").Lines
                .Select(SlurmRecord.OfAccounting)
            : Completed(cluster.CompletionFile).Select(SlurmRecord.OfKeys);
        var known = jobs.SelectMany(job => SlurmTools.Run("scontrol", "show", "job", "-o", job.Id).Lines).Select(SlurmRecord.OfKeys);
        return SlurmRecord.Together(jobs, noted.Concat(known).OfType<SlurmRecord>());
    }

    private static string Ids(IEnumerable<SubmittedJob> jobs) => string.Join(',', jobs.Select(job => job.Id));

    // Readable on few clusters, and then worth reading.
    private static string[] Completed(string? file)
    {
        try
        {
            return file is null ? [] : File.ReadAllLines(file);
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return [];
        }
    }
}
