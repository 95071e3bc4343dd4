using System.Diagnostics;
using Sideband.Search.Engines.Batch;
using Sideband.Search.Units;

namespace Sideband.Search.Engines.Slurm;

/// <summary>What became of the tasks of a submission whose units are not done.</summary>
/// <param name="WereCancelled">True where somebody cancelled some of them, so that they are not to be submitted again unasked.</param>
/// <param name="WerePreempted">True where jobs of others took their nodes, and nothing else went wrong.</param>
/// <param name="FailingNodes">Nodes on which tasks failed and none ended well, while others did elsewhere.</param>
/// <param name="Complaint">The first failure in words, with its log; empty where nothing is left to do.</param>
public sealed record EndedTasks(bool WereCancelled, bool WerePreempted, IReadOnlyList<string> FailingNodes, string Complaint)
{
    private const int ShownCharacters = 300;

    // The accounting database learns of a job's end some seconds later.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    /// <param name="cluster">Says how ended jobs are known.</param>
    /// <param name="submission">All its jobs have ended.</param>
    /// <param name="open">Units that are not done.</param>
    internal static EndedTasks Of(SlurmCluster cluster, Submission submission, IReadOnlyList<WorkUnit> open)
    {
        var keys = open.Select(unit => unit.Key).ToHashSet();
        var left = Left(submission, keys).ToArray();
        var states = States(cluster, submission, left);
        SlurmTask[] ended = [.. left.Where(states.ContainsKey).Select(task => states[task])];
        SlurmTask[] failed = [.. ended.Where(task => task.State is not ("CANCELLED" or "COMPLETED" or SlurmRecord.NeverBegins))];
        string[] well = [.. states.Values.Where(task => task.State == "COMPLETED").Select(task => task.Node)];
        return new EndedTasks(
            ended.Any(task => task.State == "CANCELLED"),
            failed.Length > 0 && failed.All(task => task.State == "PREEMPTED"),
            well.Length == 0 ? []
                : [.. failed.Where(IsOfNode).Select(task => task.Node).Where(node => node.Length > 0).Distinct().Except(well)],
            left.Length == 0 ? ""
                : failed.Concat(ended).FirstOrDefault() is { } first ? Words(submission, first)
                : "; Slurm forgot their jobs");
    }

    // Neither a job of others nor a short limit tells against a node.
    private static bool IsOfNode(SlurmTask task) => task.State is not ("PREEMPTED" or "TIMEOUT" or "DEADLINE");

    /// <summary>The tasks that failed, those with units that are not done alone.</summary>
    internal static IReadOnlyList<string> Failures(SlurmCluster cluster, Submission submission, IReadOnlySet<string> open) =>
    [
        .. SlurmQueue.Ended(cluster, submission.Jobs)
            .Where(task => task.State is not ("COMPLETED" or SlurmRecord.NeverBegins) && !SlurmRecord.GoesOn(task.State))
            .Where(task => submission.TaskOf(task.Job, task.Task) is { } ours && ours.Keys.Any(open.Contains))
            .Select(task => Words(submission, task)[2..]),
    ];

    private static IEnumerable<(string Job, int Task)> Left(Submission submission, HashSet<string> open) =>
        submission.Jobs.SelectMany(job => Enumerable.Range(0, job.Tasks).Where(i => submission.Tasks[job.First + i].Keys.Any(open.Contains))
            .Select(i => (job.Id, i)));

    private static Dictionary<(string, int), SlurmTask> States(
        SlurmCluster cluster, Submission submission, IReadOnlyList<(string, int)> wanted)
    {
        var clock = Stopwatch.StartNew();
        while (true)
        {
            var states = SlurmQueue.Ended(cluster, submission.Jobs).ToDictionary(task => (task.Job, task.Task));
            if (!cluster.HasAccounting
                || clock.Elapsed > Patience
                || wanted.All(task => states.GetValueOrDefault(task)?.State is { } state && !SlurmRecord.GoesOn(state)))
            {
                return states;
            }

            Thread.Sleep(TimeSpan.FromSeconds(1));
        }
    }

    private static string Words(Submission submission, SlurmTask task)
    {
        var log = Path.Combine(submission.LogFolder, $"{task.Job}_{task.Task}.log");
        var where = task.Node.Length > 0 ? $" on {task.Node}" : "";
        return $"; task {task.Job}_{task.Task}{where}: {task.State}, exit code {task.About}"
            + (LastLine(log) is { } line ? $"; {log}: {line}" : "");
    }

    // An error of the program, where there is one.
    private static string? LastLine(string log)
    {
        try
        {
            string[] lines = File.Exists(log) ? [.. File.ReadLines(log).Where(line => line.Trim().Length > 0)] : [];
            var line = lines.LastOrDefault(line => line.StartsWith("error: ", StringComparison.Ordinal)) ?? lines.LastOrDefault();
            return line?[..Math.Min(line.Length, ShownCharacters)];
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
