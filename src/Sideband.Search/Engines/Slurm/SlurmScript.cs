using Sideband.Search.Engines.Batch;

namespace Sideband.Search.Engines.Slurm;

/// <summary>
/// The script of a job array. SIGUSR1, which Slurm sends before the time limit, ends the worker, which writes what is finished, and the
/// task is queued again. SIGTERM (preemption, scancel) only ends it: what was preempted Slurm queues again itself, and what was cancelled
/// nobody.
/// </summary>
internal static class SlurmScript
{
    /// <summary>A worker that was ended and has finished something: exit code of an interrupted command.</summary>
    private const int Interrupted = 130;

    /// <param name="program">Command words of this program.</param>
    /// <param name="root">The run directory.</param>
    /// <param name="submission">Its number.</param>
    public static string Text(IReadOnlyList<string> program, string root, int submission) => $$"""
        #!/bin/bash
        # Task $1 + SLURM_ARRAY_TASK_ID of submission {{submission}}.
        requeue= signalled= code=1
        trap 'requeue=1 signalled=1; kill -TERM "$worker" 2>/dev/null' USR1
        trap 'signalled=1; kill -TERM "$worker" 2>/dev/null' TERM
        {{BatchCommand.Of(program, root)}} \
            --task {{submission}}:$(( $1 + SLURM_ARRAY_TASK_ID )) --threads "${SLURM_CPUS_PER_TASK:-1}" --quiet &
        worker=$!
        while :; do
            signalled=
            wait "$worker"
            status=$?
            [ "$status" = 127 ] || code=$status
            [ -n "$signalled" ] || break
        done
        if [ "$code" = {{Interrupted}} ] && [ -n "$requeue" ]; then
            echo "queued again before the time limit"
            scontrol requeue "${SLURM_ARRAY_JOB_ID}_${SLURM_ARRAY_TASK_ID}"
        fi
        exit "$code"

        """;

    /// <summary>Options of sbatch for one array.</summary>
    /// <param name="submission">Where logs go.</param>
    /// <param name="choice">What was asked for.</param>
    /// <param name="tasks">The number of tasks.</param>
    /// <param name="after">Numbers of the jobs that must have ended well.</param>
    /// <param name="avoid">Nodes on which tasks failed.</param>
    public static IEnumerable<string> Options(
        Submission submission, EngineChoice choice, int tasks, IReadOnlyList<string> after, IReadOnlyList<string> avoid)
    {
        yield return "--parsable";
        yield return "--job-name=sideband";
        yield return FormattableString.Invariant($"--array=0-{tasks - 1}");
        yield return FormattableString.Invariant($"--cpus-per-task={choice.Cpus}");
        yield return $"--output={submission.LogFolder.Replace("%", "%%", StringComparison.Ordinal)}/%A_%a.log";
        yield return "--open-mode=append";
        yield return "--requeue";
        yield return FormattableString.Invariant($"--signal=B:USR1@{Warning(choice.Time)}");
        yield return "--kill-on-invalid-dep=yes";
        if (after.Count > 0)
        {
            yield return $"--dependency=afterok:{string.Join(':', after)}";
        }

        if (avoid.Count > 0)
        {
            yield return $"--exclude={string.Join(',', avoid)}";
        }

        if (choice.Time is { } time)
        {
            yield return FormattableString.Invariant($"--time={(int)Math.Ceiling(time.TotalMinutes)}");
        }

        foreach (var (option, value) in new[]
        {
            ("--partition", choice.Partition), ("--account", choice.Account), ("--mem", choice.Memory),
        })
        {
            if (value is not null)
            {
                yield return $"{option}={value}";
            }
        }
    }

    // Seconds before the limit at which the worker is told; Slurm may tell it up to a minute earlier.
    private static int Warning(TimeSpan? limit) => limit is { } time && time < TimeSpan.FromMinutes(8) ? (int)time.TotalSeconds / 4 : 120;
}
