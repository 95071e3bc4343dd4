using Sideband.Reporting.Wording;
using Sideband.Search.Engines.Slurm;
using Sideband.Search.Runs;
using Sideband.Search.Units;
using Spectre.Console;

namespace Sideband.Reporting.Terminal;

/// <summary>How far a run is.</summary>
public static class StatusLines
{
    private const int MostFailures = 10;

    /// <param name="console">Where the lines go.</param>
    /// <param name="status">Of the search, or of experiments beside it.</param>
    public static void Write(IAnsiConsole console, RunStatus status)
    {
        var done = status.Stages.Sum(stage => stage.Done);
        var units = done + status.Open.Count;
        var name = status.Name == RequestedUnits.Search ? status.Name : Kinds.Words(status.Name);
        console.WriteLine(
            $"{name}: {Numbers.Whole(done)} of {Numbers.Whole(units)} units are done, {Numbers.Whole(status.Failed.Count)} of them failed");
        foreach (var stage in status.Stages.Where(_ => status.Stages.Count > 1))
        {
            console.WriteLine($"  {stage.Name}: {Numbers.Whole(stage.Done)} of {Numbers.Whole(stage.Units)}");
        }

        if (status.Open.Count > 0)
        {
            var which = status.Name == RequestedUnits.Search ? $"{UnitRanges.Words(status.Open)}, " : "";
            console.WriteLine($"  open: {which}about {Numbers.Time(status.Seconds)} of CPU time");
        }

        foreach (var (unit, reason) in status.Failed.Take(MostFailures))
        {
            console.WriteLine($"  failed: {unit.Name}: {reason}");
        }

        if (status.Failed.Count > MostFailures)
        {
            console.WriteLine($"  and {Numbers.Whole(status.Failed.Count - MostFailures)} failed units more");
        }
    }

    /// <summary>How far the jobs of a submission to Slurm are.</summary>
    public static void Write(IAnsiConsole console, SubmissionStatus status)
    {
        var jobs = $"submission {status.Number}, {(status.Jobs.Count == 1 ? "job" : "jobs")} {string.Join(", ", status.Jobs)}";
        var reasons = status.Reasons.Count > 0 ? $" ({string.Join(", ", status.Reasons)})" : "";
        console.WriteLine(status.Running is { } running && status.Waiting is { } waiting
            ? $"{jobs}: of {status.Tasks} tasks {running} run, {waiting} wait{reasons}, "
                + $"{status.Failures.Count} failed with units left to do"
            : $"{jobs}: Slurm's controller does not answer");
        foreach (var failure in status.Failures.Take(MostFailures))
        {
            console.WriteLine($"  failed: {failure}");
        }

        if (status.Failures.Count > MostFailures)
        {
            console.WriteLine($"  and {status.Failures.Count - MostFailures} failed tasks more");
        }
    }
}
