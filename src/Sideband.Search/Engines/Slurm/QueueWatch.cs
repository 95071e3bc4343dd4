namespace Sideband.Search.Engines.Slurm;

/// <summary>Tells what is new in the queue, and releases tasks that Slurm holds back for a node's failure.</summary>
/// <param name="say">Takes a line for each.</param>
internal sealed class QueueWatch(Action<string> say)
{
    /// <summary>So often a task is released that Slurm could not launch and holds back since.</summary>
    private const int MostReleases = 3;

    // What is no news of a task that waits.
    private static readonly string[] UsualReasons =
        ["None", "Priority", "Resources", "Dependency", "BeginTime", "JobArrayTaskLimit", "Cleaning"];

    private readonly HashSet<string> _said = [.. UsualReasons];
    private readonly Dictionary<string, int> _releases = [];
    private bool _isLost;

    /// <param name="active">Tasks that wait or run; null where the controller does not answer.</param>
    public void Look(IReadOnlyList<SlurmTask>? active)
    {
        if (active is null != _isLost)
        {
            _isLost = !_isLost;
            say(_isLost ? "Slurm's controller does not answer; jobs go on, and it is asked again" : "Slurm's controller answers again");
        }

        foreach (var waiting in (active ?? []).Where(task => task.State == "PENDING"))
        {
            if (_said.Add(waiting.About))
            {
                say($"task {waiting.Job}_{waiting.Task} waits, by Slurm's word: {waiting.About}");
            }

            Release(waiting);
        }
    }

    // A node that could not start a task is Slurm's trouble: it queues the task again, and holds it until somebody releases it.
    private void Release(SlurmTask task)
    {
        var name = $"{task.Job}_{task.Task}";
        var before = _releases.GetValueOrDefault(name);
        if (!task.WasHeldAfterLaunch || before >= MostReleases)
        {
            return;
        }

        _releases[name] = before + 1;
        var answer = SlurmTools.Run("scontrol", "release", name);
        say($"task {name}: {(answer.ExitCode == 0 ? "released" : $"scontrol release: {answer.Complaint}")}");
    }
}
