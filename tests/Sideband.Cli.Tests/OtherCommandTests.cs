namespace Sideband.Cli.Tests;

/// <summary>help, inspect and doctor.</summary>
public sealed class OtherCommandTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("scan")]
    [InlineData("plan")]
    [InlineData("work")]
    [InlineData("collect")]
    [InlineData("status")]
    [InlineData("simulate")]
    [InlineData("inspect")]
    [InlineData("doctor")]
    [InlineData("report")]
    [InlineData("compare")]
    [InlineData("completion")]
    [InlineData("man")]
    public void Every_command_has_help_with_an_example_and_quiet(string command)
    {
        var help = Cli.Succeed(command, "--help").Output;
        help.ShouldContain($"Example: sideband {command}");
        help.ShouldContain("--quiet");
    }

    [Fact]
    public void Inspect_shows_columns_labels_and_spectrum()
    {
        var output = Cli.Succeed("inspect", toys.Labelled, "--mass", "m").Output;
        output.ShouldContain("labelled.csv: CSV, 4,200 rows\n");
        output.ShouldContain("labels: 4,000 background (0), 200 signal (1)\n");
        output.ShouldContain("m spectrum\n");
        output.ShouldNotContain("\u001b");
    }

    [Fact]
    public void Inspect_counts_labels_that_are_unknown_or_not_allowed()
    {
        var file = _folder.Write("unknown.csv", "m,label", "1,-1", "2,1", "3,-1", "4,7");
        Cli.Succeed("inspect", file).Output.ShouldContain(
            "labels: 0 background (0), 1 signal (1), 2 unknown (-1), 1 of another value, which is not allowed\n");
    }

    [Fact]
    public void Inspect_shows_rows_of_a_file() =>
        Cli.Succeed("inspect", toys.Labelled + "[0:10]").Output.ShouldContain("labelled.csv[0:10]: CSV, 10 rows\n");

    [Fact]
    public void Inspect_of_a_missing_file() => Cli.Refuse(3, "inspect", "none.csv").ShouldBe("none.csv: no such file");

    [Fact]
    public void Doctor_says_what_the_machine_offers()
    {
        var output = Cli.Succeed("doctor").Output;
        foreach (var item in (string[])["sideband", "runtime", "processor", "cores", "memory", "vectors", "batch system"])
        {
            ("\n" + output).ShouldContain("\n" + item);
        }
    }

    [Fact]
    public void Doctor_says_what_is_missing_for_which_command()
    {
        var path = new Dictionary<string, string> { ["PATH"] = "/nowhere" };
        var output = Cli.RunProcess(["doctor"], path, "/proc").Output;
        output.ShouldContain("scan, work         a folder to write in: this one cannot be written to; --out names another\n");
        output.ShouldContain("inspect            nothing is missing\n");
        output.ShouldContain("completion         bash or zsh\n");
        output.ShouldContain("man                the program man");
        var rows = output[output.IndexOf("\n\n", StringComparison.Ordinal)..].Split('\n').Select(row => row[..Math.Min(row.Length, 19)]);
        string[] named = [.. rows.SelectMany(row => row.Split([' ', ','], StringSplitOptions.RemoveEmptyEntries))];
        var commands = Cli.Refuse(2, "none").Split("; allowed: ")[1].Split(", ").Except(["doctor"]);
        named.Order(StringComparer.Ordinal).ShouldBe(commands.Order(StringComparer.Ordinal));
    }

    [Fact]
    public void The_manual_page_has_every_command_and_option_and_no_line_that_is_taken_for_a_request()
    {
        var page = Cli.Succeed("man").Output;
        var known = new HashSet<string> { ".TH", ".SH", ".SS", ".TP", ".PP", ".B", ".I" };
        foreach (var line in page.Split('\n').Where(line => line.StartsWith('.') || line.StartsWith('\'')))
        {
            known.ShouldContain(line.Split(' ')[0], line);
        }

        string[] commands = ["scan", "plan", "work", "collect", "score", "compare", "report", "simulate", "inspect", "doctor"];
        foreach (var command in commands)
        {
            page.ShouldContain($"\n.SS sideband {command}");
        }

        page.ShouldContain("\\fB\\-\\-systematics\\fR");
        page.ShouldContain("\\fB\\-\\-svg\\fR");
        page.ShouldNotContain("--");
    }
}
