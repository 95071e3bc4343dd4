using System.Globalization;
using System.Text.RegularExpressions;

namespace Sideband.Cli.Tests;

/// <summary><c>--memory</c>: what units are expected to take, and how many run at one time.</summary>
public sealed partial class MemoryTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void A_dry_run_says_what_a_unit_takes_and_how_many_run_at_one_time()
    {
        Cli.Succeed(toys.Search("--out", Run, "--dry-run")).Output.ShouldContain(" a unit; 2 at once\n");
        Cli.Succeed(toys.Search("--out", Run, "--dry-run", "--memory", "2G")).Output
            .ShouldContain(" a unit; 2 at once within 2.00 GB\n");
    }

    [Fact]
    public void A_limit_that_no_unit_fits_in_is_refused_before_anything_is_written()
    {
        foreach (var dryRun in (string[][])[[], ["--dry-run"]])
        {
            var result = Cli.Run([.. toys.Search("--out", Run, "--memory", "100M"), .. dryRun]);
            result.ExitCode.ShouldBe(2);
            result.Error.ShouldContain("error: --memory: experiment 0/");
            result.Error.ShouldContain("; the limit is 0.10 GB");
            Directory.Exists(Run).ShouldBeFalse();
        }
    }

    [Fact]
    public void A_limit_changes_no_result()
    {
        var other = _folder.PathOf("other");
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Succeed(toys.Search("--out", other, "--quiet", "--memory", "170M"));
        ResultsFile.Comparable(other).ShouldBe(ResultsFile.Comparable(Run));
        Cli.Run("calibrate", Run, "--memory", "100M").Error.ShouldContain("error: --memory: experiment ");
        File.Exists(Path.Combine(Run, "experiments.json")).ShouldBeFalse();
    }

    /// <summary>
    /// Three windows that hold 46 % of the events each, two folds at a time: the process peaks within what was said, and takes 0.6 of it at
    /// least.
    /// </summary>
    [Fact]
    [Trait("Category", "Long")]
    public void What_is_said_is_what_is_taken()
    {
        var data = _folder.PathOf("data.npz");
        Cli.Succeed("simulate", "--events", "5000000", "--out", data, "--quiet");
        string[] search =
        [
            "scan", "--data", data, "--windows", "2.9:3.3,3.0:3.4", "--profile", "quick", "--members", "1", "--systematics", "none",
            "--threads", "2", "--out", Run,
        ];
        var said = Said().Match(Cli.Succeed([.. search, "--dry-run"]).Output);
        double Number(int group) => double.Parse(said.Groups[group].Value, CultureInfo.InvariantCulture);

        using var process = Cli.Start([.. search, "--quiet"]);
        var peak = 0.0;
        while (!process.HasExited)
        {
            process.Refresh();
            peak = Math.Max(peak, process.HasExited ? 0 : process.PeakWorkingSet64 / (double)(1 << 30));
            Thread.Sleep(20);
        }

        Cli.Finish(process).ExitCode.ShouldBe(0);
        (peak / (Number(1) + (2 * Number(2)))).ShouldBeInRange(0.6, 1.1);
    }

    [GeneratedRegex(@"about (\d+\.\d+) GB of memory for the program and all events, and up to (\d+\.\d+) GB a unit; 2 at once")]
    private static partial Regex Said();
}
