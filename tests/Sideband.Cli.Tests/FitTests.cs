using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>The bump hunt on the scores of a finished search.</summary>
public sealed class FitTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Fits_stand_in_the_results_the_table_and_the_report_and_stay_there()
    {
        Cli.Succeed(Toys.SearchOf(toys.Labelled, "--systematics", "none", "--out", Run, "--quiet"));
        var fit = Cli.Succeed("fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--masses", "4.9", "--toys", "100");
        fit.Output.ShouldContain("bump hunt on the scores of cwola, m 3 - 7, sqrt(s) 13, S is the excess in the window");
        fit.Output.ShouldContain("largest in the finer scan: Z = ");
        fit.Output.ShouldEndWith($"wrote {Path.Combine(Run, "results.json")}\n");
        var results = ResultsFile.Read(Run);

        // Three windows and one mass, without a cut and at two working points.
        var fits = results["fits"]!.AsArray();
        fits.Count.ShouldBe(12);
        fits[3]!["epsilon_b"].ShouldBeNull();
        Significance(fits[5]!).ShouldBeGreaterThan(Significance(fits[3]!));
        results["windows"]!.ToJsonString().ShouldBe(ResultsFile.Read(Run)["windows"]!.ToJsonString());

        Cli.Succeed("report", Run);
        File.ReadAllText(Path.Combine(Run, "report.html")).ShouldContain("Bump hunt on the spectra after the cuts");
        File.Exists(Path.Combine(Run, "figures", "fit_1_window_2.csv")).ShouldBeTrue();

        // A search that is collected again has them still.
        Cli.Succeed("collect", Run, "--quiet");
        ResultsFile.Read(Run)["fits"]!.ToJsonString().ShouldBe(results["fits"]!.ToJsonString());
    }

    [Fact]
    public void Experiments_that_kept_spectra_calibrate_the_fits()
    {
        Cli.Succeed(Toys.SearchOf(toys.Labelled, "--systematics", "none", "--out", Run, "--quiet"));
        Cli.Refuse(2, "calibrate", Run, "--spectra", "--over", "window").ShouldStartWith("--spectra: permutations within windows");
        Cli.Succeed("calibrate", Run, "--permutations", "19", "--spectra", "--quiet");
        var fit = Cli.Succeed("fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "0");
        fit.Output.ShouldContain(", by 19 experiments p_local ");
        fit.Output.ShouldContain("p_global is corrected for all windows and cuts by the experiments (permuted over all windows)");
        var fits = ResultsFile.Read(Run)["fits"]!.AsArray();
        fits.Count(entry => (int?)entry!["p_global"]?["experiments"] == 19).ShouldBe(6);

        // Experiments that are added keep theirs, too.
        // What is fitted already is not ranked among them yet.
        const string behind = "fits are calibrated by 19 of 21 experiments that kept spectra: repeat 'sideband fit'";
        Cli.Succeed("calibrate", Run, "--permutations", "21", "--quiet").Error.ShouldContain($"warning: {behind}");
        ResultsFile.Read(Run)["calibrations"]![0]!["experiments"]!.GetValue<int>().ShouldBe(21);
        Cli.Succeed("report", Run);
        File.ReadAllText(Path.Combine(Run, "report.html")).ShouldContain(behind.Replace("'", "&#x27;", StringComparison.Ordinal));
        Cli.Succeed("fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "0").Output
            .ShouldContain(", by 21 experiments p_local ");
        Cli.Succeed("verify", Run);
        Cli.Succeed("report", Run);
        File.ReadAllText(Path.Combine(Run, "report.html")).ShouldContain("p_global");
    }

    [Fact]
    public void What_cannot_be_fitted_is_refused_in_one_line()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, "fit", Run).ShouldBe(
            "--sqrt-s: the unit of 'm' is not known; give the energy of the collisions in it, for example 13000 for GeV");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "6.5").ShouldMatch("^--sqrt-s: 6.5 is not above the largest mass of the data, 6.99[0-9]*$");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--mass-range", "7:3").ShouldStartWith("--mass-range: '7:3' is not allowed");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--score", "refrence")
            .ShouldBe("--score: 'refrence' is not allowed; allowed: event, reference; did you mean 'reference'?");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "-1").ShouldStartWith("--toys: '-1' is not allowed");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--toys", "99").ShouldBe(
            "--toys: 99 toys cannot show that a fit is poor (p below 0.01; the smallest p-value of 99 is 1/100); "
            + "give 0 for none, or 100 or more");
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--mass-range", "3:7", "--parameters", "6")
            .ShouldStartWith("--parameters: '6' is not allowed");
        Cli.Refuse(2, "fit", _folder.PathOf("none")).ShouldEndWith("not a run directory (no search.yaml in it)");
    }

    [Fact]
    public void A_blind_search_is_not_fitted()
    {
        Cli.Succeed(toys.Search("--blind", "--out", Run, "--quiet"));
        Cli.Refuse(2, "fit", Run, "--sqrt-s", "13", "--mass-range", "3:7").ShouldStartWith("a blind search has no classifiers of the data");
    }

    private static double Significance(JsonNode fit) => fit["significance"]!["mean"]!.GetValue<double>();
}
