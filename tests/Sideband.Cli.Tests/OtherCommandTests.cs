namespace Sideband.Cli.Tests;

/// <summary>help, inspect and doctor.</summary>
public sealed class OtherCommandTests(Toys toys)
{
    [Theory]
    [InlineData("scan")]
    [InlineData("plan")]
    [InlineData("work")]
    [InlineData("collect")]
    [InlineData("simulate")]
    [InlineData("inspect")]
    [InlineData("doctor")]
    [InlineData("report")]
    [InlineData("completion")]
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
}
