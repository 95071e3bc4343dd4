using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Experiments;
using Sideband.Search.Results;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary>Finished units become results.json, with all that lies beside it.</summary>
internal sealed class SearchResults(SearchSession session)
{
    // What is added to a search, or collected again, leaves the search's own time and origin in the results.
    public int Write(SearchRun run, RunDirectory directory, RunLog log, bool searched = true)
    {
        RunSeal.Break(directory);
        var files = new RunFiles(directory);
        foreach (var window in run.UnfinishedWindows())
        {
            files.Remove(window);
        }

        var collected = run.Collect(files, Environment.CommandLine, session.Started);
        var result = new EarlierResults(directory, CommandHost.Warn).Into(collected, searched);
        ResultsJson.Write(directory.ResultsFile, result);
        RunSeal.Write(directory, run.SealedUnits);
        log.Write($"wrote results.json, {result.Failures.Count} failures");
        if (!session.Quiet)
        {
            ScanTable.Write(Consoles.Output, result);
            LimitTable.Write(Consoles.Output, result);
        }

        if (FitWarnings.Calibration(result) is { } line)
        {
            CommandHost.Warn(line);
        }

        Console.Out.WriteLine($"wrote {directory.ResultsFile}");
        if (!session.Quiet)
        {
            Console.Error.WriteLine($"next: sideband report {session.Root}");
        }

        return FailedUnits(result) ? CommandHost.UnitsFailed : CommandHost.Done;
    }

    private static bool FailedUnits(ScanResult result) =>
        result.Failures.Any(failure => failure.WorkUnit.StartsWith(Experiment.Search.Name, StringComparison.Ordinal));
}
