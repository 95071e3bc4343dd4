namespace Sideband.Cli.Tests;

/// <summary>A run directory that was edited is believed by no command, and <c>verify</c> says what does not hold.</summary>
public sealed class VerifyTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Edited_results_are_refused_until_they_are_written_again()
    {
        Cli.Succeed(toys.Search("--out", Run, "--quiet"));
        var whole = Cli.Succeed("verify", Run);
        whole.Output.ShouldContain("holds   input data data.csv: the bytes that the search read\n");
        whole.Output.ShouldContain("holds   units: 12 of 12 are those of the results\n");
        whole.Output.ShouldContain("holds   digest: ");
        whole.Output.ShouldNotContain("BROKEN");

        var results = Path.Combine(Run, "results.json");
        File.WriteAllText(results, File.ReadAllText(results).Replace("\"seed\": 1", "\"seed\": 7", StringComparison.Ordinal));
        foreach (var command in (string[][])[["report", Run], ["collect", Run], ["scan", Run], ["score", Run, toys.Data]])
        {
            Cli.Refuse(3, command).ShouldStartWith($"{Run}: results.json is not the file that the search wrote");
        }

        var verified = Cli.Run("verify", Run, "--quiet");
        verified.ExitCode.ShouldBe(3);
        verified.Output.ShouldBe("BROKEN  results.json: not the file that the search wrote: edited, or another search's\n");
        verified.Error.ShouldBe($"error: {Run}: 1 parts do not hold\n");

        File.Delete(results);
        Cli.Succeed("collect", Run, "--quiet");
        Cli.Succeed("verify", Run, "--quiet").Output.ShouldBeEmpty();
        Cli.Succeed("report", Run);
    }

    [Fact]
    public void Inputs_that_are_gone_are_not_needed_and_changed_ones_are_named()
    {
        var data = _folder.PathOf("events.csv");
        File.Copy(toys.Data, data);
        Cli.Succeed(Toys.SearchOf(data, "--systematics", "none", "--out", Run, "--quiet"));
        File.Delete(data);
        Cli.Succeed("report", Run);
        Cli.Succeed("verify", Run).Output.ShouldContain("-       input data events.csv: not on this machine: not checked\n");
        File.Copy(toys.MonteCarlo, data);
        var changed = Cli.Run("verify", Run);
        changed.ExitCode.ShouldBe(3);
        changed.Output.ShouldContain($"BROKEN  input data events.csv: {data} is not the file that the search read\n");
    }
}
