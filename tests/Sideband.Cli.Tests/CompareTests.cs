using System.Globalization;
using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>Methods side by side, on the command line.</summary>
public sealed class CompareTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Out => _folder.PathOf("out");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Two_searches_give_a_page_tables_figures_and_json()
    {
        var (cwola, cathode) = (Labelled("cwola"), Labelled("cathode", "--method", "cathode", "--density-recipe", LearnedMethodTests.Tiny));
        var result = Cli.Succeed("compare", cwola, cathode, "--out", Out, "--windows", "1", "--members", "3", "--trainings", "2", "--svg");
        result.Output.ShouldEndWith($"\nwrote {Path.Combine(Out, "comparison.html")}\n");
        result.Error.ShouldBe("window 1 is compared\n");
        result.Output.ShouldStartWith("window 1, m 4.5 - 5.5: ");
        result.Output.ShouldContain("template AUC");
        foreach (var name in (string[])["ks", "template_auc", "log_posterior", "correlation", "performance"])
        {
            File.ReadAllLines(Path.Combine(Out, "tables", name + ".csv")).Length.ShouldBeGreaterThan(2, name);
        }

        var json = JsonNode.Parse(File.ReadAllText(Path.Combine(Out, "comparison.json")))!;
        json["schema"]!.GetValue<string>().ShouldBe("sideband.compare/1");
        json["methods"]!.AsArray().Select(method => method!["name"]!.GetValue<string>()).ShouldBe(["cwola", "cathode"]);

        // The table has what the JSON has.
        var row = File.ReadAllLines(Path.Combine(Out, "tables", "performance.csv"))[1].Split(',');
        double.Parse(row[6], CultureInfo.InvariantCulture)
            .ShouldBe(json["windows"]![0]!["performance"]![0]!["maximum_sic"]!["mean"]!.GetValue<double>());
        string[] figures = ["overlap_background", "overlap_signal", "scatter_background", "scatter_signal", "sic", "sic_rejection"];
        foreach (var figure in figures)
        {
            foreach (var kind in (string[])["csv", "vl.json", "svg"])
            {
                File.Exists(Path.Combine(Out, "figures", $"{figure}_window_1.{kind}")).ShouldBeTrue(figure);
            }
        }

        // The runs are as they were, drawn samples included: they were drawn again in memory.
        Cli.Succeed("verify", cathode);
        var again = _folder.PathOf("again");
        Cli.Succeed(
            "compare", cwola, cathode, "--out", again, "--windows", "1", "--members", "3", "--trainings", "2", "--threads", "1", "--quiet")
            .Error.ShouldBeEmpty();
        File.ReadAllText(Path.Combine(again, "comparison.json")).ShouldBe(File.ReadAllText(Path.Combine(Out, "comparison.json")));
        Cli.Succeed("compare", cwola, "--out", again, "--windows", "1", "--trainings", "0", "--quiet");

        Chromium.Need();
        var page = Chromium.Open(Path.Combine(Out, "comparison.html"), "", _folder.Root);
        page.ShouldBeQuiet();
        page.Dom.ShouldContain("data-drawn=\"6\"");
    }

    [Fact]
    public void Three_methods_without_labels_say_what_is_missing()
    {
        string[] searches =
        [
            Search("first"), Search("second", ("--members", "1")), Search("third", "--sideband-balance", "none"),
        ];
        var result = Cli.Succeed(["compare", .. searches, "--out", Out, "--trainings", "0"]);
        result.Output.ShouldContain(
            "window 1: no template is held against true background: "
            + "neither data with labels nor common test events with background in this window\n");
        result.Output.ShouldContain("window 1: labels are not known: no SIC and no sigma_min; overlap and correlation are of all events\n");
        Directory.GetFiles(Path.Combine(Out, "figures"), "*.csv").Select(Path.GetFileName).Order(StringComparer.Ordinal).ShouldBe(
            ["overlap_all_window_1.csv", "overlap_all_window_2.csv", "overlap_all_window_3.csv",
                "scatter_all_window_1.csv", "scatter_all_window_2.csv", "scatter_all_window_3.csv"]);
        var overlaps = JsonNode.Parse(File.ReadAllText(Path.Combine(Out, "comparison.json")))!["windows"]![0]!["overlaps"]!.AsArray();
        overlaps.Select(overlap => overlap!["methods"]!.AsArray().Count).Distinct().ShouldBe([2, 3]);
        Chromium.Need();
        var page = Chromium.Open(Path.Combine(Out, "comparison.html"), "#window=3", _folder.Root);
        page.ShouldBeQuiet();
        page.Dom.ShouldContain("data-drawn=\"2\"");
    }

    [Fact]
    public void What_cannot_be_compared_is_refused_before_anything_is_trained()
    {
        var first = Search("first");
        Cli.Refuse(2, "compare", first, Search("folds", ("--folds", "3")), "--out", Out)
            .ShouldStartWith("compare: folds is '2' in first and '3' in folds; only runs with the same data, ");
        Cli.Refuse(2, "compare", first, Search("windows", ("--windows", "4:5:0.5:1")), "--out", Out)
            .ShouldStartWith("compare: windows is '3.5:4.5,4.5:5.5,5.5:6.5' in first and '3.5:4.5,4:5,4.5:5.5' in windows; ");
        Cli.Refuse(2, "compare", first, Search("features", ("--features", "x")), "--out", Out)
            .ShouldStartWith("compare: features is 'x,y' in first and 'x' in features; ");
        Cli.Refuse(2, "compare", first, Labelled("labelled"), "--out", Out).ShouldStartWith(
            "compare: first and labelled search different events: 4000 of data data.csv (rows all, 4000 used), "
            + "and 3100 of data labelled.csv ");
        Cli.Refuse(2, "compare", first, "--windows", "7", "--out", Out)
            .ShouldBe("--windows: window 7 is not searched; allowed: 1, 2, 3");
        Cli.Refuse(2, "compare", first, "--trainings", "0", "--members", "2", "--out", Out)
            .ShouldBe("--members: --trainings 0 trains no classifier; leave --members out");
        Cli.Refuse(2, "compare", first, "--trainings", "-1", "--out", Out)
            .ShouldBe("--trainings: '-1' is not allowed; allowed: a whole number of at least 0 and at most 1000");
        Cli.Refuse(2, "compare", first, "--out", first).ShouldBe($"--out: {first}: not empty and not a comparison; give another folder");
        Cli.Refuse(2, "compare", _folder.PathOf("nothing"), "--out", Out).ShouldEndWith("not a run directory (no search.yaml in it)");
        Directory.Exists(Out).ShouldBeFalse();
        var blind = Search("blind", "--blind");
        Cli.Refuse(2, "compare", blind, "--out", Out).ShouldBe(
            $"{blind}: a blind search has no scores to compare; unblind it first with 'sideband scan DIR --unblind'");
    }

    private string Search(string name, params string[] more)
    {
        var run = _folder.PathOf(name);
        Cli.Succeed([.. toys.Search("--quiet", "--out", run), .. more]);
        return run;
    }

    private string Search(string name, (string Option, string Value) changed)
    {
        var run = _folder.PathOf(name);
        Cli.Succeed(toys.SearchWith(changed.Option, changed.Value, "--quiet", "--out", run));
        return run;
    }

    // 3,000 background and 100 signal events, in the window that holds these; to test, background enough for 25 events behind cuts that
    // lose signal.
    private string Labelled(string name, params string[] more)
    {
        var (run, test) = (_folder.PathOf(name), _folder.PathOf("test.csv"));
        File.WriteAllLines(test, Toys.Lines(5, 10_000, 200, label: true));
        Cli.Succeed(
        [
            .. Toys.Changed(
                Toys.SearchOf(
                    toys.Labelled + "[0:3000]", "--inject", toys.Signal + "[0:300]:100", "--test", test,
                    "--systematics", "none", "--quiet", "--out", run),
                "--windows",
                "4.5:5.5"),
            .. more,
        ]);
        return run;
    }
}
