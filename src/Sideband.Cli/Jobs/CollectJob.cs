using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband collect</c>.</summary>
internal sealed class CollectJob(SearchSession session)
{
    private readonly UnitTraining _units = new(session);
    private readonly SearchResults _results = new(session);

    /// <summary>Merges finished units; of others the results say that they are not done.</summary>
    public int Run(CancellationToken cancellation)
    {
        var directory = RunDirectory.Create(session.Root, session.Settings);
        using var held = RunLock.Acquire(directory);
        var plan = session.Continued(directory);
        var run = new SearchRun(plan, directory, CommandHost.Warn);
        var unfinished = run.Unfinished();
        if (unfinished.Units.Count == unfinished.Needed)
        {
            throw new Events.ConfigurationException($"{session.Root}: none of {plan.Units.Count} units is done; "
                + $"do them with 'sideband work {session.Root} --units 1-{plan.Units.Count}', or with 'sideband scan {session.Root}'");
        }

        if (run.Requests.Lost() is [var lost, ..])
        {
            throw new Events.InputDataException($"{session.Root}: {LostUnits.Words(lost, session.Root)}");
        }

        // Large products that went after an earlier collection.
        var log = new RunLog(directory);
        _units.Announced(plan, run, directory, run.ShownSamples(unfinished), log, cancellation);
        if (unfinished.Warning is { } partial)
        {
            CommandHost.Warn($"{session.Root}: {partial}; 'sideband scan {session.Root}' does the rest");
        }

        return _results.Write(run, directory, log, searched: unfinished.Warning is not null);
    }
}
