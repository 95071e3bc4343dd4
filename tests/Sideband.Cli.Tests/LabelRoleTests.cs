namespace Sideband.Cli.Tests;

/// <summary>Labels where background is needed, unknown labels, and inputs and options that nothing reads.</summary>
public sealed class LabelRoleTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--mc")]
    [InlineData("--ideal-background")]
    public void Signal_in_a_background_role_is_refused_unless_it_is_dropped(string option)
    {
        string[] method = option == "--mc" ? [] : ["--method", "ideal"];
        var signal = File.ReadLines(toys.Labelled).Count(line => line.EndsWith(",1", StringComparison.Ordinal));
        string[] search = Toys.SearchOf(toys.Data, [option, toys.Labelled, "--out", Run, "--quiet", .. method]);
        Cli.Refuse(3, search).ShouldBe(
            $"labelled.csv: {signal} events have label 1, signal, where background is needed; --background-only drops them in every role");
        Cli.Refuse(3, [.. search, "--background-only"]).ShouldBe("data.csv: no column 'label', which choosing background only needs");
    }

    [Fact]
    public void Labels_of_minus_one_are_unknown()
    {
        var blinded = _folder.PathOf("blinded.csv");
        File.WriteAllLines(
            blinded,
            File.ReadLines(toys.Labelled).Select((line, i) => i == 0 ? line : line[..line.LastIndexOf(',')] + ",-1"));
        Cli.Succeed(Toys.SearchOf(blinded, "--mc", toys.MonteCarlo, "--out", Run, "--quiet"));
        ResultsFile.Read(Run)["delta_sys"]!.AsArray().ShouldAllBe(shift => shift!["estimate"]!.GetValue<string>() == "mc");
        Cli.Refuse(2, Toys.SearchOf(blinded, "--systematics", "labels", "--out", _folder.PathOf("labels")))
            .ShouldBe("systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");
    }

    [Fact]
    public void Unlabelled_data_stay_unlabelled_when_something_is_injected()
    {
        Cli.Succeed(Toys.SearchOf(toys.Data, "--mc", toys.MonteCarlo, "--inject", $"{toys.Signal}:20", "--out", Run, "--quiet"));
        ResultsFile.Read(Run)["delta_sys"]!.AsArray().ShouldAllBe(shift => shift!["estimate"]!.GetValue<string>() == "mc");
    }

    [Fact]
    public void Inputs_and_weights_that_nothing_reads_are_refused()
    {
        Cli.Refuse(2, Toys.SearchOf(toys.Data, "--mc", toys.MonteCarlo, "--ideal-background", toys.MonteCarlo, "--out", Run))
            .ShouldBe("ideal_background: method 'cwola' does not read it; allowed with: ideal, supervised");
        Cli.Refuse(2, Toys.SearchOf(toys.Data, "--systematics", "none", "--weight", "z", "--out", Run))
            .ShouldStartWith("weight: no input of this search has weights");
        foreach (var unread in (string[])["none", "0.1,0.1"])
        {
            Cli.Refuse(2, Toys.SearchOf(toys.Data, "--systematics", unread, "--delta-sys-windows", "3.5:6.5:0.5:0.5", "--out", Run))
                .ShouldEndWith(" estimates nothing in windows; leave --delta-sys-windows out, or give --systematics with an estimate");
        }
    }
}
