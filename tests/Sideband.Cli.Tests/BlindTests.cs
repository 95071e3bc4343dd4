using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>A blind search looks at no score of signal-region data; unblinding goes on with its settings and is recorded.</summary>
public sealed class BlindTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Blind_then_unblinded_gives_what_was_never_blind()
    {
        var blind = Cli.Succeed(toys.Search("--blind", "--out", Run));
        blind.Output.ShouldContain(", blind\n");
        blind.Error.ShouldContain("6 work units: ");
        var results = ResultsFile.Read(Run);
        results["blind"]!.GetValue<bool>().ShouldBeTrue();
        results["validation"]!.AsArray().ShouldBeEmpty();
        results["delta_sys"]!.AsArray().Count.ShouldBe(2);
        foreach (var point in results["windows"]!.AsArray().SelectMany(window => window!["working_points"]!.AsArray()))
        {
            ShouldBeBlind(point!);
        }

        Directory.GetFiles(Path.Combine(Run, "scores")).ShouldBeEmpty();
        Directory.GetFiles(Path.Combine(Run, "summary")).ShouldBeEmpty();

        Cli.Succeed("scan", Run, "--unblind", "--quiet");
        var unblinded = ResultsFile.Read(Run);
        unblinded["provenance"]!["unblinded"].ShouldNotBeNull();
        Cli.Succeed(toys.Search("--out", _folder.PathOf("open"), "--quiet"));
        ResultsFile.ShouldBeTheSame(Run, _folder.PathOf("open"));

        // A command that asks for a blind search is not shown an open one.
        foreach (var more in (string[][])[[Run, "--blind"], toys.Search("--blind", "--out", Run, "--dry-run")[1..]])
        {
            Cli.Refuse(2, ["scan", .. more]).ShouldMatch(
                $"^{Run}: blind: the search was unblinded at [0-9TZ:-]+ and stays open; 'sideband scan {Run}' goes on with it, "
                + "a blind search needs another --out$");
        }

        // Once unblinded it stays so, and the settings stay those that were frozen.
        Cli.Succeed("scan", Run, "--quiet");
        ResultsFile.Comparable(Run).ShouldBe(ResultsFile.Comparable(_folder.PathOf("open")));
        var settings = Path.Combine(Run, "search.yaml");
        File.WriteAllText(settings, File.ReadAllText(settings).Replace("seed: 1", "seed: 2", StringComparison.Ordinal));
        foreach (var more in (string[][])[[], ["--unblind"]])
        {
            Cli.Refuse(2, ["scan", Run, .. more])
                .ShouldBe($"{settings}: changed since the search was begun; put it back as it was, or start a new search with "
                    + $"'sideband scan {settings} --out NEW'");
        }
    }

    [Fact]
    public void The_blind_results_stay_beside_the_open_ones()
    {
        Cli.Succeed(toys.Search("--blind", "--out", Run, "--quiet"));
        var blind = File.ReadAllText(Path.Combine(Run, "results.json"));
        Cli.Succeed("scan", Run, "--unblind", "--quiet");
        File.ReadAllText(Path.Combine(Run, "results.blind.json")).ShouldBe(blind);
        ResultsFile.Read(Run)["blind"]!.GetValue<bool>().ShouldBeFalse();
        var record = File.ReadAllText(Path.Combine(Run, "unblinded.yaml"));
        record.ShouldContain("settings_sha256: ");
        record.ShouldContain("\ninput: data data.csv ");
        record.ShouldContain("\ninput: mc mc.csv ");
    }

    [Fact]
    public void Replaced_inputs_are_refused_by_whatever_goes_on()
    {
        var data = _folder.PathOf("events.csv");
        File.Copy(toys.Data, data);
        var search = Toys.SearchOf(data, "--mc", toys.MonteCarlo, "--blind", "--out", Run, "--quiet");
        Cli.Succeed(search);
        File.Copy(toys.Labelled, data, overwrite: true);
        string[][] commands = [["scan", Run, "--unblind"], ["scan", Run], ["collect", Run], ["score", Run, toys.Data], search];
        foreach (var command in commands)
        {
            Cli.Refuse(2, command).ShouldStartWith($"{Run}: events.csv (data) changed since the search was begun (SHA-256 ");
        }

        File.Exists(Path.Combine(Run, "unblinded.yaml")).ShouldBeFalse();
        File.Copy(toys.Data, data, overwrite: true);
        Cli.Succeed("scan", Run, "--unblind", "--quiet");
    }

    [Fact]
    public void A_blind_plan_has_no_unit_of_the_data()
    {
        Cli.Succeed(["plan", Run, .. toys.Search("--blind", "--quiet")[1..]]);
        var units = JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "plan.json")))!["units"]!.AsArray()
            .Select(unit => unit!["name"]!.GetValue<string>())
            .ToArray();
        units.Length.ShouldBe(6);
        units.ShouldAllBe(name => name.StartsWith("experiment 0/mc/"));
    }

    [Fact]
    public void A_blind_search_without_any_unit()
    {
        Cli.Succeed(Toys.SearchOf(toys.Data, "--blind", "--systematics", "none", "--out", Run))
            .Output.ShouldContain("statistical errors only");
        ResultsFile.Point(ResultsFile.Read(Run), 0, 0)["required_n_obs"]!["five_sigma"]!.GetValue<long>().ShouldBeGreaterThan(100);
    }

    [Fact]
    public void The_truth_by_labels_is_no_estimate_of_a_blind_search()
    {
        Cli.Refuse(2, Toys.SearchOf(toys.Labelled, "--blind", "--systematics", "labels", "--out", Run)).ShouldBe(
            "systematics: 'labels' scores the data in the signal region, which a blind search does not; "
            + "allowed with --blind: mc, none, or one number per working point");
        Directory.Exists(Run).ShouldBeFalse();
    }

    [Fact]
    public void Only_a_blind_search_is_unblinded()
    {
        Cli.Refuse(2, toys.Search("--blind", "--unblind", "--out", Run))
            .ShouldBe($"{Run}: --unblind goes on from a blind search; no run is there");
        Directory.Exists(Run).ShouldBeFalse();
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, "scan", Run, "--unblind").ShouldBe($"{Run}: --unblind needs a blind search; this one is not");
    }

    private static void ShouldBeBlind(JsonNode point)
    {
        foreach (var name in (string[])["n_obs", "n_template_pass", "significance"])
        {
            point[name]!["mean"].ShouldBeNull();
            point[name]!["runs"]!.AsArray().ShouldBeEmpty();
            point[name]!["reason"]!.GetValue<string>().ShouldBe("blind: signal-region data are not scored");
        }

        point["p_local"].ShouldBeNull();
        var expected = point["n_exp"]!["mean"]!.GetValue<double>();
        var required = point["required_n_obs"]!;
        var (three, five) = (required["three_sigma"]!.GetValue<long>(), required["five_sigma"]!.GetValue<long>());

        // At least the Poisson error alone has to be overcome.
        ((double)three).ShouldBeGreaterThan(expected + (2.5 * Math.Sqrt(expected)));
        five.ShouldBeGreaterThan(three);
    }
}
