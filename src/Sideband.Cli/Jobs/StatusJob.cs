using Sideband.Reporting.Terminal;
using Sideband.Search.Engines.Slurm;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband status</c>.</summary>
internal sealed class StatusJob(SearchSession session)
{
    /// <summary>Shows what is done, running and failed.</summary>
    public int Run()
    {
        var directory = RunDirectory.Open(session.Root).Directory;
        var run = SearchRun.ToRead(session.Continued(directory), directory, CommandHost.Warn);
        RunStatus[] all = [.. run.Requests.Status()];
        foreach (var status in all.Where(status => !session.Quiet || status.Open.Count + status.Failed.Count > 0))
        {
            StatusLines.Write(Consoles.Output, status);
        }

        var open = all.SelectMany(status => status.Open).Select(unit => unit.Key).ToHashSet();
        foreach (var submission in SubmissionStatus.Of(directory, open))
        {
            StatusLines.Write(Consoles.Output, submission);
        }

        Console.Out.WriteLine(RunLock.IsHeld(directory)
            ? "a sideband process works in the run directory"
            : "no sideband process of this machine works in the run directory");
        return CommandHost.Done;
    }
}
