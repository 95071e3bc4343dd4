namespace Sideband.Cli.Tests;

/// <summary>Runs to report on, made once: nine windows and ten runs with labels, test events and Monte Carlo.</summary>
public sealed class ReportRuns : IDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly Lazy<string> _nineWindows;

    public ReportRuns() => _nineWindows = new Lazy<string>(() =>
    {
        using var toys = new Toys();
        var run = _folder.PathOf("nine");
        Cli.Succeed(
            "scan", "--data", toys.Labelled + "[0:3000]", "--mc", toys.MonteCarlo,
            "--inject", toys.Signal + "[0:300]:100", "--test", toys.Labelled + "[3000:]",
            "--mass", "m", "--features", "x,y", "--windows", "4:6:0.25:1", "--sideband", "0.5", "--working-points", "0.1,0.02",
            "--runs", "10", "--folds", "2", "--members", "1", "--threads", "2", "--quiet", "--out", run);
        Cli.Succeed("report", run);
        return run;
    });

    /// <summary>A run directory with its report.</summary>
    public string NineWindows => _nineWindows.Value;

    public void Dispose() => _folder.Dispose();
}
