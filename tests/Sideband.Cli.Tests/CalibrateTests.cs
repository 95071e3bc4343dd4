using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>Calibrated p-values beside a finished search, on the command line.</summary>
public sealed class CalibrateTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Permutations_enter_results_terminal_and_report_and_the_search_stays_as_it_was()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        var before = ResultsFile.Read(Run);
        var shown = Cli.Succeed("calibrate", Run, "--permutations", "19");
        shown.Error.ShouldContain("19 experiments, permuted over all windows: 114 open work units");
        Unwrapped(shown.Output).ShouldContain(
            "6 trials looked at, corrected for all of them by the experiments (permuted over all windows, 19 experiments)");
        var after = ResultsFile.Read(Run);
        var p = ResultsFile.Point(after, 0, 0)["p_local_calibrated"]!;
        p["experiments"]!.GetValue<int>().ShouldBe(19);
        p["value"]!.GetValue<double>().ShouldBe((1 + p["exceedances"]!.GetValue<int>()) / 20.0);
        after["p_global"]!["p"]!["kind"]!.GetValue<string>().ShouldBe("permutation_over_all_windows");
        foreach (var key in (string[])["timing", "provenance", "delta_sys", "validation"])
        {
            after[key]!.ToJsonString().ShouldBe(before[key]!.ToJsonString());
        }

        ResultsFile.Point(after, 1, 1)["significance"]!.ToJsonString()
            .ShouldBe(ResultsFile.Point(before, 1, 1)["significance"]!.ToJsonString());

        // The same again trains nothing, and so does a collection, which gives the same.
        Cli.Succeed("calibrate", Run, "--permutations", "19").Error.ShouldContain(": 0 open work units");
        Cli.Succeed("collect", Run, "--quiet");
        ResultsFile.Read(Run)["p_global"]!.ToJsonString().ShouldBe(after["p_global"]!.ToJsonString());
        Cli.Succeed("report", Run, "--quiet");
        var page = File.ReadAllText(Path.Combine(Run, "report.html"));
        foreach (var kind in (string[])["null_distribution", "calibration_curve", "local_to_global"])
        {
            page.ShouldContain($"data-kind=\"{kind}\"");
        }
    }

    [Fact]
    public void What_cannot_be_done_is_refused_in_words()
    {
        Cli.Refuse(2, "calibrate", Run).ShouldContain("not a run directory");
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, "calibrate", Run, "--permutations", "5")
            .ShouldBe("--permutations: '5' is not allowed; allowed: a whole number from 19");
        Cli.Refuse(2, "calibrate", Run, "--over", "some").ShouldBe("--over: 'some' is not allowed; allowed: window, all");
        Cli.Refuse(2, "calibrate", Run, "--split", "half", "--permutations", "20")
            .ShouldBe("--split half makes no experiments: --permutations and --stop-after are not allowed with it");
        File.Exists(Path.Combine(Run, "experiments.json")).ShouldBeFalse();
    }

    [Fact]
    public void A_half_split_on_the_command_line()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Unwrapped(Cli.Succeed("calibrate", Run, "--split", "half").Output)
            .ShouldContain("corrected for all of them by their number (half-split, both ways)");
        JsonNode p = ResultsFile.Point(ResultsFile.Read(Run), 0, 0)["p_local_calibrated"]!;
        p["kind"]!.GetValue<string>().ShouldBe("half_split_both_ways");
        p["value"]!.GetValue<double>().ShouldBeInRange(0, 1);
    }

    // Lines are wrapped to the width of a terminal.
    private static string Unwrapped(string text) => string.Join(' ', text.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries));
}
