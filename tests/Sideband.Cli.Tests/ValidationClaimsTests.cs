using System.Diagnostics;

namespace Sideband.Cli.Tests;

/// <summary>
/// The committed results of the validation scripts are judged again by the scripts' own judges: every claim holds, and a result whose
/// numbers or claims were changed by hand is found.
/// </summary>
public sealed class ValidationClaimsTests : IDisposable
{
    private const string Python = "/usr/bin/python3";
    private const string Results = "validation/results";

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Every_claim_holds_in_the_committed_results()
    {
        var (code, output) = Judge("", "check");
        code.ShouldBe(0, output);
        foreach (var file in Directory.GetFiles(Repository.PathOf(Results)))
        {
            output.ShouldContain(Path.GetFileName(file) + ": ");
        }
    }

    [Theory]
    [InlineData("cwola-standard-baseline", "+7.04", "+4.04", "S at 0.001 is at least 5 in windows 5 and 6 (+4.04, +7.74)")]
    [InlineData("cwola-standard-baseline", "+0.06    -0.26", "+3.06    -0.26", "without injection no |S| reaches 3 (largest 3.06)")]
    [InlineData("cwola-standard-baseline", "none ok; draws ok, ok, ok", "none ok; draws ok, biased, ok", "every verdict is ok")]
    [InlineData("cwola-standard-baseline+delta_r", "-0.68", "-1.68", "rule paper: without injection no |S| reaches 1 (largest 1.68)")]
    [InlineData("cathode-standard-baseline", "+5.53", "+3.53", "at least 4 in window 5")]
    [InlineData("cathode-quick-baseline", "largest KS 0.0069", "largest KS 0.0169", "no KS above 0.012")]
    [InlineData("cathode-quick-baseline+delta_r", "labels: +0.124", "labels: +0.324", "|delta_sys| from labels at 0.01 is at most 0.2")]
    [InlineData("lacathode-quick-baseline", "+1.40", "+2.40", "in all other windows |S| at 0.001 is below 2")]
    [InlineData("lacathode-standard-baseline", "+6.06", "-", "no number for window 6 at 0.001")]
    [InlineData("density", "AUC 0.5071", "AUC 0.5171", "AUC at most 0.515 (0.5171)")]
    [InlineData("density", "KL 0.0089", "KL 0.0189", "divergence from the simulator's density")]
    [InlineData("sculpting", "median 0.958", "median 1.358", "inside")]
    [InlineData("feta-toy", "0.5040 +- 0.0017", "0.5240 +- 0.0017", "SR: AUC at most 0.515 after transport (0.524)")]
    [InlineData("ideal-standard", "+7.15 +- 0.14", "+3.15 +- 0.14", "S of ideal at 0.001 is not below CWoLa's")]
    [InlineData("pulls", "width 0.884", "width 1.236", "the width of S lies in 0.7 to 1.15 (1.236)")]
    [InlineData("pulls", "200 background-only", "20 background-only", "at least 200 experiments (20)")]
    [InlineData("classifier", "+5.23", "+3.23", "nowhere below the paper's")]
    [InlineData("example", "without +2.45", "without +4.45", "no seed reaches 4 (largest +4.45)")]
    [InlineData("interruptions", "equal 5, verified 5", "equal 4, verified 5", "as uninterrupted 4 of 5")]
    [InlineData("damaged", "0 DIFFERENT", "1 DIFFERENT", "fixed_blocks.h5: 1 DIFFERENT")]
    [InlineData("simulator", "0.0124", "0.0324", "no KS above 0.015")]
    public void A_changed_number_fails_its_claim(string name, string number, string other, string claim)
    {
        var text = Committed(name);
        text.ShouldContain(number);
        var (code, output) = Judge("", "check", _folder.Write(name + ".txt", text.Replace(number, other, StringComparison.Ordinal)));
        code.ShouldBe(1, output);
        output.Split('\n').Where(line => line.Contains("CLAIM FAILS: ", StringComparison.Ordinal))
            .ShouldContain(line => line.Contains(claim), output);
    }

    [Fact]
    public void A_claim_that_is_not_that_of_the_table_is_found()
    {
        var doctored = Committed("pulls").Replace("claim holds: at least 200", "claim holds: at least 300", StringComparison.Ordinal);
        var (code, output) = Judge("", "check", _folder.Write("pulls.txt", doctored));
        code.ShouldBe(1, output);
        output.ShouldContain("CLAIM FAILS: the claims in the file are not those of its table");
    }

    [Fact]
    public void Half_a_table_fails_whatever_it_says()
    {
        foreach (var file in Directory.GetFiles(Repository.PathOf(Results)))
        {
            string[] table = [.. File.ReadLines(file).Where(line => !line.StartsWith("claim holds: ", StringComparison.Ordinal))];
            var (code, output) = Keep(Path.GetFileName(file), string.Join('\n', table[..(table.Length / 2)]));
            code.ShouldBe(1, $"{file}\n{output}");
            output.ShouldContain("CLAIM FAILS: ");
        }
    }

    [Fact]
    public void A_result_is_written_with_its_claims_also_where_one_fails()
    {
        var text = Committed("pulls");
        Keep("pulls.txt", text).Code.ShouldBe(0);
        File.ReadAllText(_folder.PathOf("pulls.txt")).ShouldBe(text);

        var (code, output) = Keep("pulls.txt", text.Replace("width 0.884", "width 1.236", StringComparison.Ordinal));
        code.ShouldBe(1);
        File.ReadAllText(_folder.PathOf("pulls.txt")).ShouldBe(output);
        output.ShouldContain("CLAIM FAILS: ideal at 0.001: the width");
        Directory.GetFiles(_folder.Root).Length.ShouldBe(1);
    }

    [Fact]
    public void A_result_of_which_nothing_is_claimed_is_refused() =>
        Judge("", "stated", "no-such-result.txt")
            .ShouldBe((1, "error: no claims are stated for no-such-result.txt (state them in validation/claims)\n"));

    private static string Committed(string name) => File.ReadAllText(Repository.PathOf($"{Results}/{name}.txt"));

    private (int Code, string Output) Keep(string name, string table) => Judge(table, "keep", name);

    private (int Code, string Output) Judge(string input, params string[] arguments)
    {
        Assert.SkipUnless(File.Exists(Python), "python3 is not there (apt-get install python3): the claims are not judged");
        var start = new ProcessStartInfo(Python, ["-B", Repository.PathOf("validation/claims"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.Environment["SIDEBAND_RESULTS"] = _folder.Root;
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        process.StandardInput.Write(input);
        process.StandardInput.Close();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output + error.GetAwaiter().GetResult());
    }
}
