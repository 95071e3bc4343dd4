using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>A run directory belongs to one search and to one process at a time.</summary>
public sealed class RunDirectoryTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void The_directory_of_another_search()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, toys.Search("--out", Run, "--seed", "2")).ShouldBe(
            $"{Run}: the run directory of another search (seed is '1' there and '2' here); "
            + "give another --out, or the same settings to continue");
        Cli.Refuse(2, "scan", Run, "--folds", "3").ShouldContain("folds is '2' there and '3' here");
        Cli.Succeed("scan", Run, "--threads", "1", "--quiet").Output.ShouldBe($"wrote {Run}/results.json\n");
    }

    [Fact]
    public void A_directory_with_other_files()
    {
        Directory.CreateDirectory(Run);
        File.WriteAllText(Path.Combine(Run, "thesis.tex"), "");
        Cli.Refuse(2, toys.Search("--out", Run)).ShouldBe($"{Run}: not empty and not a run directory; give another --out");
        Cli.Refuse(2, ["plan", Run, .. toys.Search()[1..]]).ShouldBe($"{Run}: not empty and not a run directory; give another --out");
        Directory.GetFileSystemEntries(Run).ShouldBe([Path.Combine(Run, "thesis.tex")]);
    }

    [Fact]
    public void What_is_collected_again_keeps_the_time_and_the_origin_of_the_search()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        string[] Own()
        {
            var results = JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "results.json")))!;
            return [results["timing"]!.ToJsonString(), results["provenance"]!.ToJsonString()];
        }

        var search = Own();
        Cli.Succeed("collect", Run, "--quiet");
        Own().ShouldBe(search);
        Cli.Succeed("scan", Run, "--quiet");
        Own().ShouldBe(search);
    }

    [Fact]
    public void A_file_instead_of_a_directory() =>
        Cli.Refuse(2, toys.Search("--out", toys.Data)).ShouldBe($"{toys.Data}: not empty and not a run directory; give another --out");

    [Fact]
    public void A_directory_that_cannot_be_made() => Cli.Refuse(3, toys.Search("--out", Path.Combine(toys.Data, "run")))
        .ShouldStartWith($"{toys.Data}/run: the run directory cannot be made: ");

    [Fact]
    public void An_empty_directory_is_taken()
    {
        Directory.CreateDirectory(Run);
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
    }

    [Fact]
    public void Events_that_lie_in_it_already_move_with_it()
    {
        Directory.CreateDirectory(Path.Combine(Run, "inputs"));
        var data = Path.Combine(Run, "inputs", "data.csv");
        File.Copy(toys.Data, data);
        string[] search = [.. Toys.SearchOf(data, "--systematics", "none", "--out", Run, "--quiet")];
        Cli.Succeed(search);
        Cli.Succeed(search);
        File.ReadAllText(Path.Combine(Run, "search.yaml")).ShouldContain("\ndata: inputs/data.csv\n");
        Directory.Move(Run, _folder.PathOf("moved"));
        Cli.Succeed("scan", _folder.PathOf("moved"), "--quiet").Output.ShouldBe($"wrote {_folder.PathOf("moved")}/results.json\n");
        Cli.Succeed("scan", Path.Combine(_folder.PathOf("moved"), "search.yaml"), "--out", _folder.PathOf("again"), "--quiet");
        ResultsFile.ShouldBeTheSame(_folder.PathOf("again"), _folder.PathOf("moved"));
    }

    [Fact]
    public void Two_processes_on_one_directory()
    {
        var arguments = Toys.Changed(toys.Search("--out", Run, "--quiet"), "--members", "200");
        using var first = Cli.Start(arguments);
        Waiting.Until(() => ResultsFile.UnitCount(Run) > 0, "the first unit");
        Cli.Refuse(2, arguments)
            .ShouldBe($"{Run}: another sideband process works in this run directory; wait for it, or give another --out");
        Cli.Refuse(2, "collect", Run).ShouldContain("another sideband process works in this run directory");
        first.Kill();
        Cli.Finish(first).ExitCode.ShouldBe(128 + 9);
    }

    [Fact]
    public void The_written_settings_repeat_the_run()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Succeed("scan", Path.Combine(Run, "search.yaml"), "--out", _folder.PathOf("again"), "--quiet");
        ResultsFile.ShouldBeTheSame(_folder.PathOf("again"), Run);
        File.ReadAllText(Path.Combine(_folder.PathOf("again"), "search.yaml")).ShouldBe(File.ReadAllText(Path.Combine(Run, "search.yaml")));
    }

    [Fact]
    public void Relative_paths_are_those_of_the_search_file()
    {
        File.Copy(toys.Data, _folder.PathOf("data.csv"));
        var search = _folder.Write(
            "search.yaml", "data: data.csv", "mass: m", "features: [x, y]", "windows: 4:5:1:1",
            "sideband: 0.5", "systematics: none", "members: 2", "runs: 1", "folds: 2");
        Cli.Succeed("scan", search, "--out", Run, "--quiet");
        Cli.Succeed("scan", search, "--dry-run").Output.ShouldContain("4 work units: 1 run(s) x 2 folds x 2 members");
        Directory.GetFiles(Path.Combine(Run, "summary")).Length.ShouldBe(4);
    }

    [Fact]
    public void A_dry_run_writes_nothing()
    {
        var result = Cli.Succeed(toys.Search("--out", Run, "--dry-run"));
        result.Output.ShouldContain("12 work units: 1 run(s) x 2 folds x 2 members");
        Directory.Exists(Run).ShouldBeFalse();
        Cli.Succeed(toys.Search("--out", Run, "--dry-run", "--features-per-member", "1")).Output
            .ShouldContain("12 work units: 1 run(s) x 2 folds x 2 members of 1 feature; ");
    }

    [Fact]
    public void A_dry_run_counts_what_the_search_would_find_finished()
    {
        string[] search = [.. toys.Search("--quiet"), "--store", _folder.PathOf("store")];
        Cli.Succeed([.. search, "--out", Run]);
        Cli.Succeed([.. search, "--out", Run, "--dry-run"]).Output.ShouldContain("12 work units, 12 of them finished before: ");
        Cli.Succeed([.. search, "--out", _folder.PathOf("other"), "--dry-run"]).Output.ShouldContain("12 of them finished before: ");
        Cli.Succeed("scan", Path.Combine(Run, "search.yaml"), "--store", _folder.PathOf("own"), "--runs", "2", "--dry-run").Output
            .ShouldContain("24 work units, 12 of them finished before: ");
        Cli.Refuse(2, [.. search, "--out", Run, "--seed", "2", "--dry-run"]).ShouldContain("the run directory of another search (seed ");
        Directory.Exists(_folder.PathOf("own")).ShouldBeFalse();
    }

    [Fact]
    public void A_dry_run_of_unblinding_shows_the_search_that_it_would_do_and_leaves_it_closed()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet", "--blind"));
        Cli.Succeed("scan", Run, "--dry-run").Output.ShouldContain("6 work units, 6 of them finished before: ");
        Cli.Succeed("scan", Run, "--unblind", "--dry-run").Output.ShouldContain("12 work units, 6 of them finished before: ");
        Directory.GetFiles(Run).Select(Path.GetFileName).ShouldNotContain("unblinded.yaml");
    }

    [Fact]
    public void A_damaged_unit_is_done_again()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        var before = ResultsFile.Comparable(Run);
        var work = Path.Combine(Run, "work");
        var unit = Directory.GetFiles(work, "*.units").Order(StringComparer.Ordinal).ElementAt(3);
        var whole = File.ReadAllBytes(unit);
        File.WriteAllBytes(unit, whole[..^40]);
        Cli.Succeed("scan", Run, "--quiet").Error
            .ShouldBe($"warning: {unit}: it is cut short; it was moved to {Path.Combine(work, "aside")}, and its units are done again\n");
        ResultsFile.Comparable(Run).ShouldBe(before);
        File.ReadAllBytes(unit).ShouldBe(whole);
        File.ReadAllText(Path.Combine(Run, "log.txt")).ShouldContain("12 units, 1 open");
        Cli.Succeed("scan", Run, "--quiet").Error.ShouldBeEmpty();
    }

    [Fact]
    public void A_damaged_unit_is_named_by_every_command_that_meets_it()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        void Damage()
        {
            var unit = Directory.GetFiles(Path.Combine(Run, "work"), "*.units").Order(StringComparer.Ordinal).First();
            File.WriteAllText(unit, "not a pack of units");
        }

        Damage();
        Cli.Succeed("plan", Run).Error.ShouldContain("\nwarning: ");
        Cli.Succeed("scan", Run, "--quiet").Error.ShouldBeEmpty();
        Damage();
        Cli.Succeed("work", Run, "--units", "1-12", "--quiet").Error.ShouldStartWith("warning: ");
        Damage();
        Cli.Run("collect", Run).Error.ShouldStartWith("warning: ");
    }

    [Fact]
    public void Whole_results_are_not_replaced_by_partial_ones()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        var unit = Directory.GetFiles(Path.Combine(Run, "work"), "*.units").Order(StringComparer.Ordinal).First();
        File.WriteAllText(unit, "not a pack of units");
        var (results, summary) = (File.ReadAllBytes(Path.Combine(Run, "results.json")), Summaries());
        var refused = Cli.Run("collect", Run, "--quiet");
        refused.ExitCode.ShouldBe(3);
        refused.Error.ShouldContain(
            $"error: {Run}: results.json stays as it is: a unit of the search that it was made of is damaged or gone (");
        refused.Error.ShouldEndWith(
            $"; 'sideband scan {Run}' does it again, and with results.json removed 'sideband collect {Run}' makes partial results of the "
            + "rest\n");
        File.ReadAllBytes(Path.Combine(Run, "results.json")).ShouldBe(results);
        Summaries().ShouldBe(summary);
        Cli.Succeed("report", Run, "--quiet");

        File.Delete(Path.Combine(Run, "results.json"));
        var partial = Cli.Run("collect", Run);
        partial.ExitCode.ShouldBe(4);
        partial.Error.ShouldContain("1 of 12 units are not done");
        Cli.Succeed("scan", Run, "--quiet");
        Cli.Succeed("collect", Run, "--quiet");
    }

    private string[] Summaries() => [.. Directory.GetFiles(Path.Combine(Run, "summary")).Order(StringComparer.Ordinal)];
}
