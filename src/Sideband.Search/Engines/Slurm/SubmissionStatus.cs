using Sideband.Search.Engines.Batch;
using Sideband.Search.Runs;

namespace Sideband.Search.Engines.Slurm;

/// <summary>How far the jobs of a submission are.</summary>
/// <param name="Number">Of the submission.</param>
/// <param name="Jobs">Slurm's numbers of its arrays.</param>
/// <param name="Tasks">The number of its tasks.</param>
/// <param name="Running">Those that run; null where the controller does not answer.</param>
/// <param name="Waiting">Those that wait; null where the controller does not answer.</param>
/// <param name="Reasons">Why they wait, in Slurm's words.</param>
/// <param name="Failures">Tasks that failed and whose units are not done, with their logs.</param>
public sealed record SubmissionStatus(
    int Number,
    IReadOnlyList<string> Jobs,
    int Tasks,
    int? Running,
    int? Waiting,
    IReadOnlyList<string> Reasons,
    IReadOnlyList<string> Failures)
{
    /// <summary>Of every submission of a run to Slurm; of those that ended only where units of theirs are not done.</summary>
    /// <param name="directory">The run.</param>
    /// <param name="open">Keys of the units that are not done.</param>
    /// <exception cref="Events.ConfigurationException">No Slurm here.</exception>
    public static IEnumerable<SubmissionStatus> Of(RunDirectory directory, IReadOnlySet<string> open)
    {
        Submission[] submissions =
        [
            .. Submission.All(directory)
                .Where(submission => submission.Jobs.Count > 0 && submission.Tasks.Any(task => task.Keys.Any(open.Contains))),
        ];
        if (submissions.Length == 0)
        {
            yield break;
        }

        var cluster = SlurmCluster.Ask(null);
        foreach (var submission in submissions)
        {
            var active = SlurmQueue.Active(submission.Jobs);
            yield return new SubmissionStatus(
                submission.Number,
                [.. submission.Jobs.Select(job => job.Id)],
                submission.Tasks.Count,
                active?.Count(task => task.State != "PENDING"),
                active?.Count(task => task.State == "PENDING"),
                [.. (active ?? []).Where(task => task.State == "PENDING").Select(task => task.About).Distinct().Order()],
                EndedTasks.Failures(cluster, submission, open));
        }
    }
}
