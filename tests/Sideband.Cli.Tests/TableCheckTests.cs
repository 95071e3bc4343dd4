using System.Globalization;
using System.Text.Json.Nodes;
using Sideband.Numerics;

namespace Sideband.Cli.Tests;

/// <summary>What the tables say before any training, on the terminal, in results.json and in the report.</summary>
public sealed class TableCheckTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void No_excess_is_claimed_where_the_method_does_not_stand_what_a_feature_does()
    {
        // x is lowest at 5, in the middle of window 2: no correlation with the mass at all.
        var random = RandomStream.For(5, "bent");
        var lines = new List<string> { "m,x,y" };
        for (var i = 0; i < 12_000; i++)
        {
            var m = 3 + (4 * random.NextDouble());
            var x = random.NextGaussian() + (4 * (m - 5) * (m - 5));
            lines.Add(string.Create(CultureInfo.InvariantCulture, $"{m},{(float)x},{(float)random.NextGaussian()}"));
        }

        var data = _folder.Write("bent.csv", [.. lines]);
        var said = Cli.Succeed([.. Toys.SearchOf(data, "--systematics", "none"), "--out", _folder.PathOf("run")]);
        said.Error.ShouldContain("share of events with 'x'");
        said.Error.ShouldContain("methods that stand it: cathode, lacathode, anode, salad, feta, curtains, combined, ideal, supervised");
        said.Output.ShouldContain("no excess is claimed in window 1, 2, 3");
        var results = ResultsFile.Read(_folder.PathOf("run"));
        foreach (var window in results["windows"]!.AsArray())
        {
            window!["claim_withheld"]!.GetValue<string>().ShouldContain("'x'");
            foreach (var point in window["working_points"]!.AsArray())
            {
                point!["flags"]!.AsArray().Select(flag => flag!.GetValue<string>()).ShouldContain("claim_withheld");
                point["p_local"].ShouldBeNull();
                point["reason"]!.GetValue<string>().ShouldStartWith("no claim: window ");
            }
        }

        foreach (var verdict in results["validation"]!.AsArray())
        {
            verdict!["largest_excess"].ShouldBeNull();
        }

        results["warnings"]!.AsArray().Count.ShouldBe(1);
        Cli.Succeed("report", _folder.PathOf("run"), "--quiet");
        File.ReadAllText(_folder.PathOf("run/report.html")).ShouldContain("No excess is claimed: the tables speak against it");
    }

    [Fact]
    public void Dropped_events_are_said_by_file_and_reason_before_any_training()
    {
        var data = _folder.Write("gaps.csv", [.. File.ReadLines(toys.Data), "4,nan,1", "4,2,inf", "4,nan,2", "9,1,1"]);
        var said = Cli.Succeed([.. Toys.SearchOf(data, "--systematics", "none", "--mass-range", "3:7"), "--dry-run"]);
        said.Error.ShouldContain(
            "data, gaps.csv: 4,000 of 4,004 events used; dropped 2: x is NaN; dropped 1: y is infinite; dropped 1: outside mass_range\n");
        said.Error.ShouldContain("data: 4,000 events\n");
    }

    [Fact]
    public void Weights_of_each_role_are_said_before_any_training()
    {
        // Weights 2 and -1: 8000/3 and -4000/3, squares 4 and 1.
        var lines = File.ReadLines(toys.MonteCarlo).Select((line, i) => i == 0 ? line + ",w" : line + (i % 4 == 0 ? ",-1" : ",2"));
        var mc = _folder.Write("weighted.csv", [.. lines]);
        var said = Cli.Succeed([.. Toys.SearchOf(toys.Data, "--mc", mc, "--weight", "w"), "--dry-run"]);
        said.Error.ShouldContain(
            "mc: 4,000 events, sum of weights 5,000, 14.3 % of the weight negative, worth 1,923 events of weight 1\n");
    }

    [Fact]
    public void A_column_with_a_comma_in_its_name_is_chosen_between_quotes_and_from_a_list()
    {
        var data = _folder.Write("comma.csv", [.. File.ReadLines(toys.Data).Select((line, i) => i == 0 ? "m,\"pt1, lead\",y" : line)]);
        string[] common = Toys.Changed(Toys.SearchOf(data, "--systematics", "none"), "--features", "\"pt1, lead\",y");
        Cli.Succeed([.. common, "--out", _folder.PathOf("run"), "--quiet"]);
        Features("run").ShouldBe(["pt1, lead", "y"]);

        Cli.Succeed("scan", _folder.PathOf("run/search.yaml"), "--out", _folder.PathOf("again"), "--quiet");
        Features("again").ShouldBe(["pt1, lead", "y"]);

        var yaml = File.ReadAllText(_folder.PathOf("run/search.yaml"));
        var list = string.Join('\n', yaml.Split('\n').Select(
            line => line.StartsWith("features:", StringComparison.Ordinal) ? "features: ['pt1, lead', y]" : line));
        list.ShouldNotBe(yaml);
        var beside = _folder.PathOf("again/list.yaml");
        File.WriteAllText(beside, list);
        Cli.Succeed("scan", beside, "--out", _folder.PathOf("listed"), "--quiet");
        Features("listed").ShouldBe(["pt1, lead", "y"]);

        Cli.Refuse(3, [.. Toys.Changed(common, "--features", "pt1, lead,y"), "--out", _folder.PathOf("other")])
            .ShouldContain("a name with a comma stands between double quotes: '\"pt1, lead\"'");
    }

    [Fact]
    public void Columns_whose_names_end_like_ours_keep_their_own_figures()
    {
        var data = _folder.Write("names.csv", [.. File.ReadLines(toys.Data).Select((line, i) => i == 0 ? "m,x,x_template" : line)]);
        Cli.Succeed(
            [
                .. Toys.Changed(Toys.SearchOf(data, "--systematics", "none"), "--features", "x,x_template"),
                "--out", _folder.PathOf("run"), "--quiet",
            ]);
        var summary = Directory.GetFiles(_folder.PathOf("run/summary"), "*.json").Order().First();
        var arrays = JsonNode.Parse(File.ReadAllText(summary))!.ToJsonString();
        arrays.ShouldContain("\"feature_x_template_passing\"");
        arrays.ShouldContain("feature_x_template\\u0027_passing");
        Cli.Succeed("report", _folder.PathOf("run"), "--quiet");
    }

    [Fact]
    public void A_feature_that_does_not_vary_is_named_before_any_training()
    {
        var data = _folder.Write("constant.csv", [.. File.ReadLines(toys.Data).Select((line, i) => i == 0 ? line + ",z" : line + ",7")]);
        Cli.Refuse(
                2,
                [
                    .. Toys.Changed(Toys.SearchOf(data, "--systematics", "none", "--method", "cathode"), "--features", "x,y,z"),
                    "--out", _folder.PathOf("run"),
                ])
            .ShouldBe("features: 'z' is 7 in all 4000 events of data, and method 'cathode' learns a density of it; leave it out");
    }

    private IEnumerable<string> Features(string run) =>
        ResultsFile.Read(_folder.PathOf(run))["features"]!.AsArray().Select(name => name!.GetValue<string>());
}
