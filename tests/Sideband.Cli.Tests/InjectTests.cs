using System.Text.Json.Nodes;

namespace Sideband.Cli.Tests;

/// <summary>Injection scans and limits beside a finished search, on the command line.</summary>
public sealed class InjectTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Redraws_and_limits_enter_results_terminal_and_report()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, "limit", Run).ShouldBe($"{Run}: a limit needs an injection scan; make one with 'sideband inject {Run}'");
        var injected = Cli.Succeed("inject", Run, "--signal", toys.Signal, "--strengths", "60,200", "--draws", "2", "--windows", "2");
        string.Join(' ', injected.Error.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries)).ShouldContain(
            "2 redraws of background (mc) with each of 0.0, 60.0, 200 signal events, in windows 2: 12 open work units");
        injected.Output.ShouldContain("upper limits at 0.95");
        Cli.Succeed("limit", Run, "--luminosity", "10", "--quiet");
        var limits = ResultsFile.Read(Run)["limits"]!.AsArray();
        limits.Count.ShouldBe(2);
        var cls = limits[0]!["rules"]![0]!;
        cls["rule"]!.GetValue<string>().ShouldBe("cls");
        if (cls["observed"]!["strength"] is { } strength)
        {
            cls["observed"]!["cross_section"]!.GetValue<double>().ShouldBe(strength.GetValue<double>() / 10);
        }

        Cli.Succeed("inject", Run, "--signal", toys.Signal, "--strengths", "60,200", "--draws", "2", "--windows", "2")
            .Error.ShouldContain(": 0 open work units");
        Cli.Succeed("collect", Run, "--quiet");
        ResultsFile.Read(Run)["limits"]!.ToJsonString().ShouldBe(limits.ToJsonString());
        Cli.Succeed("inject", Run, "--signal", toys.Signal, "--strengths", "60", "--draws", "2", "--windows", "2", "--dry-run")
            .Error.ShouldContain($"its units stay, and 'sideband inject {Run} --strengths 60,200 --draws 2 --windows 2 --from mc "
                + $"--signal {toys.Signal}' brings it back");
        var asked = Path.Combine(Run, "experiments.json");
        var whole = File.ReadAllText(asked);
        File.WriteAllText(asked, whole.Replace("0.95", "0.5", StringComparison.Ordinal));
        Cli.Run("verify", Run, "--quiet").Output
            .ShouldBe("BROKEN  experiments.json: not the file that the search wrote: edited, or another search's\n");
        Cli.Refuse(3, "collect", Run).ShouldBe(
            $"{Run}: experiments.json is not the file that the search wrote: it was edited, or is another search's; "
            + "put it back as it was, or remove it and ask for the experiments again: finished ones are found");
        File.WriteAllText(asked, whole);
        var before = ResultsFile.Read(Run).ToJsonString();
        var redraws = Directory.GetFiles(Path.Combine(Run, "work"), "*.units").MaxBy(File.GetLastWriteTimeUtc)!;
        File.Delete(redraws);
        var refused = Cli.Run("collect", Run, "--quiet");
        refused.ExitCode.ShouldBe(3);
        refused.Error.ShouldContain(" units of the injection scan that it was made of are damaged or gone (");
        refused.Error.ShouldContain($"; 'sideband inject {Run}', with its options as before, does them again, and ");
        ResultsFile.Read(Run).ToJsonString().ShouldBe(before);
        Cli.Run("verify", Run, "--quiet").Output.ShouldContain("BROKEN  unit ");
        Cli.Succeed("inject", Run, "--signal", toys.Signal, "--strengths", "60,200", "--draws", "2", "--windows", "2", "--quiet");
        ResultsFile.Read(Run)["limits"]!.ToJsonString().ShouldBe(limits.ToJsonString());
        Cli.Succeed("report", Run, "--quiet");
        var page = File.ReadAllText(Path.Combine(Run, "report.html"));
        foreach (var kind in (string[])["limits", "injection_significance", "injection_efficiency"])
        {
            page.ShouldContain($"data-kind=\"{kind}\"");
        }

        Cli.Succeed("export", Run, "--pyhf", "--hepdata", "--quiet");
        File.ReadAllText(Path.Combine(Run, "export", "README.md")).ShouldContain("window_2.json: mu = 1 is a strength of ");
        File.Exists(Path.Combine(Run, "export", "hepdata", "limits.yaml")).ShouldBeTrue();
    }

    [Fact]
    public void Tasks_of_a_batch_system_make_the_redraws()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        string[] inject =
            ["inject", Run, "--signal", toys.Signal, "--strengths", "60,200", "--draws", "2", "--windows", "2", "--quiet"];
        Cli.Succeed([.. inject, "--engine", "htcondor"]).Output.ShouldContain("next: condor_submit_dag ");
        var tasks = JsonNode.Parse(File.ReadAllText(Path.Combine(Run, "batch", "1", "tasks.json")))!["tasks"]!.AsArray().Count;
        Cli.Succeed("status", Run, "--quiet").Output.ShouldContain("injection scan: 0 of 12 units are done");
        for (var task = 0; task < tasks; task++)
        {
            Cli.Succeed("work", Run, "--task", $"1:{task}", "--quiet");
        }

        Cli.Succeed([.. inject[..^1]]).Error.ShouldContain(": 0 open work units");
        ResultsFile.Read(Run)["limits"]!.AsArray().Count.ShouldBe(2);
    }

    [Fact]
    public void What_cannot_be_injected_is_refused_in_words()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        Cli.Refuse(2, "inject", Run).ShouldStartWith("--from simulator: it has the mass mjj");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--strengths", "many")
            .ShouldBe("--strengths: 'many' is not allowed; allowed: numbers of at least 0, separated by commas");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--windows", "8").ShouldBe("--windows: 8 was not searched; allowed: 1, 2, 3");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--strengths", "200,100")
            .ShouldBe("--strengths: 100 follows 200; allowed: ascending numbers, for example 0,200,400,800");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--strengths", "0")
            .ShouldBe("--strengths: 0 alone is no signal; allowed: ascending numbers, at least one above 0");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--strengths", "-5")
            .ShouldBe("--strengths: '-5' is not allowed; allowed: numbers of at least 0, separated by commas");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--strengths", "500")
            .ShouldStartWith("--strengths: 500 of 600 signal events would be injected, and redraws would share most of them");
        Cli.Refuse(2, "inject", Run, "--signal", toys.Signal, "--draws", "1")
            .ShouldBe("--draws: '1' is not allowed; allowed: a whole number from 2");
        var unlabelled = _folder.Write("unlabelled.csv", Toys.Lines(6, 0, 600, label: false));
        Cli.Succeed("inject", Run, "--signal", unlabelled, "--strengths", "60", "--draws", "2", "--windows", "2", "--dry-run")
            .Output.ShouldContain("8 open work units");
        Cli.Refuse(3, "inject", Run, "--signal", _folder.PathOf("none.csv")).ShouldBe(_folder.PathOf("none.csv") + ": no such file");
        Cli.Refuse(2, "limit", Run, "--confidence", "2").ShouldBe("--confidence: '2' is not allowed; allowed: a number in (0, 1)");
        Cli.Refuse(2, "limit", Run, "--luminosity", "-1").ShouldBe("--luminosity: '-1' is not allowed; allowed: a number above 0, in 1/fb");
        File.Exists(Path.Combine(Run, "experiments.json")).ShouldBeFalse();
    }

    [Fact]
    public void Signal_that_the_data_hold_and_signal_that_changed_are_refused()
    {
        var other = _folder.PathOf("other.csv");
        File.Copy(toys.Signal, other);
        Cli.Succeed(toys.SearchWith("--data", $"{toys.Data}[0:3500]", "--inject", $"{toys.Signal}[0:100]:100", "--out", Run, "--quiet"));
        string[] Inject(string file) =>
            ["inject", Run, "--signal", file, "--strengths", "100", "--draws", "2", "--windows", "2", "--quiet"];
        Cli.Refuse(2, Inject(toys.Signal))
            .ShouldStartWith("inject --signal: row 0 of signal.csv is also used as data, and so are 99 others; give different files");
        Cli.Succeed(Inject($"{other}[100:600]"));
        File.AppendAllText(other, File.ReadLines(other).Last() + "\n");
        Cli.Refuse(2, "collect", Run).ShouldBe(
            $"{other}[100:600]: changed since it was injected; put the old file back, or inject again with 'sideband inject'");
    }
}
