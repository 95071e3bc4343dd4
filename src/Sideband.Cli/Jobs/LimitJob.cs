using Sideband.Search.Experiments;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband limit</c>.</summary>
internal sealed class LimitJob(SearchSession session)
{
    private readonly UnitTraining _units = new(session);
    private readonly SearchResults _results = new(session);

    /// <summary>Notes how limits are quoted, and collects the search again.</summary>
    public int Run(LimitRequest request, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(session.Root).Directory;
        using var held = RunLock.Acquire(directory);
        var before = ExperimentsFile.Read(directory);
        if (before.Injection is null)
        {
            throw new Events.ConfigurationException(
                $"{session.Root}: a limit needs an injection scan; make one with 'sideband inject {session.Root}'");
        }

        var plan = session.Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        run.RequireFinished();
        ExperimentsFile.Write(directory, before with { Limit = request });
        var log = new RunLog(directory);
        _units.Do(run, plan, directory, [.. plan.ToCollect], null, cancellation);
        return _results.Write(run, directory, log, searched: false);
    }
}
