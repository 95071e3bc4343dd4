using Sideband.Reporting.Terminal;
using Sideband.Reporting.Wording;
using Sideband.Search.Fits;
using Sideband.Search.Results.Files;
using Sideband.Search.Runs;

namespace Sideband.Cli.Jobs;

/// <summary><c>sideband fit</c>.</summary>
internal sealed class FitJob(SearchSession session)
{
    /// <summary>Fits the spectra of a finished search, and adds them to its results.</summary>
    public int Run(FitOptions options, CancellationToken cancellation)
    {
        var directory = RunDirectory.Open(session.Root).Directory;
        using var held = RunLock.Acquire(directory);
        var run = new SearchRun(session.Continued(directory), directory, CommandHost.Warn);
        var fitted = run.Fit(options, Progress, cancellation);
        var before = ResultsJson.Read(directory.ResultsFile);
        var result = before with { Fits = fitted.Results, Provenance = before.Provenance with { Fitted = Provenance.Build() } };
        RunSeal.Change(directory, () =>
        {
            var files = new RunFiles(directory);
            foreach (var summary in fitted.Summaries)
            {
                files.Fits(summary);
            }

            ResultsJson.Write(directory.ResultsFile, result);
        });
        new RunLog(directory).Write($"fit: {result.Fits.Count} fits");
        if (!session.Quiet)
        {
            FitTable.Write(Consoles.Output, result);
        }

        foreach (var warning in FitWarnings.Of(result))
        {
            CommandHost.Warn(warning);
        }

        Console.Out.WriteLine($"wrote {directory.ResultsFile}");
        return CommandHost.Done;
    }

    private void Progress(int window)
    {
        if (!session.Quiet)
        {
            Console.Error.WriteLine($"window {window} is fitted");
        }
    }
}
