namespace Sideband.Cli.Tests;

/// <summary>What a method needs and was not given: refused before any training, with the option that gives it.</summary>
public sealed class MethodInputTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Cwola_without_Monte_Carlo() => Refuse(2, Toys.SearchOf(toys.Data))
        .ShouldBe(
            "mc: method 'cwola' estimates delta_sys by Monte Carlo; "
            + "give --mc FILE, or --systematics with labels, none, or one number per working point");

    [Fact]
    public void Ideal_without_background() => Refuse(2, Toys.SearchOf(toys.Data, "--method", "ideal"))
        .ShouldBe(
            "ideal_background: method 'ideal' needs a background sample of the data's own distribution; give --ideal-background FILE");

    [Fact]
    public void Ideal_has_no_Monte_Carlo_estimate() =>
        Refuse(2, toys.Search("--method", "ideal", "--systematics", "mc", "--ideal-background", toys.MonteCarlo)).ShouldStartWith(
            "systematics: 'mc' needs a method whose template is made of the searched sample; with method 'ideal' allowed: labels, none, ");

    [Fact]
    public void Supervised_without_signal() => Refuse(2, Toys.SearchOf(toys.Labelled, "--method", "supervised"))
        .ShouldBe("signal: method 'supervised' needs signal events; give --signal FILE, or --inject FILE:N whose other rows are taken");

    [Fact]
    public void Supervised_without_known_background() =>
        Refuse(2, Toys.SearchOf(toys.Data, "--method", "supervised", "--signal", toys.Signal)).ShouldBe(
            "ideal_background: method 'supervised' needs known background; give --ideal-background FILE, or data with a label column");

    [Fact]
    public void Labels_without_a_label_column() => Refuse(2, Toys.SearchOf(toys.Data, "--systematics", "labels"))
        .ShouldBe("systematics: 'labels' needs data with a label column; allowed without: mc, none, or one number per working point");

    [Fact]
    public void Background_only_without_a_label_column() => Refuse(3, toys.Search("--background-only"))
        .ShouldBe("data.csv: no column 'label', which choosing background only needs");

    [Fact]
    public void Rows_that_were_not_injected_are_free_for_other_roles_unless_they_are_the_signal_that_is_trained_on()
    {
        string[] roles = ["--inject", toys.Signal + ":100", "--test", toys.Signal + "[300:]", "--dry-run"];
        Cli.Succeed(Toys.SearchOf(toys.Labelled, [.. roles, "--systematics", "labels"]))
            .Error.ShouldMatch("\ninject: of 100 events [0-9]+ in window ");
        Refuse(2, Toys.SearchOf(toys.Labelled, [.. roles, "--method", "supervised"])).ShouldContain("is also used as signal");
    }

    [Fact]
    public void Test_events_without_labels() => Refuse(3, toys.Search("--test", toys.Data + "[0:100]"))
        .ShouldBe($"{toys.Data}[0:100]: test events need a column 'label' with 0 for background and 1 for signal");

    [Fact]
    public void More_injected_than_there_are() => Refuse(2, toys.Search("--inject", toys.Signal + ":601"))
        .ShouldBe("inject: 601 events asked for, signal.csv has 600 usable signal events (allowed: 0 to 600)");

    [Fact]
    public void An_injection_without_a_number() => Refuse(2, toys.Search("--inject", toys.Signal))
        .ShouldEndWith("is not an injection; allowed: FILE:N or FILE:N:SEED with whole N of at least 1");

    [Fact]
    public void The_same_rows_in_two_roles() => Refuse(2, Toys.SearchOf(toys.Data, "--mc", toys.Data + "[3000:4000]")).ShouldBe(
        "mc: row 3000 of data.csv is also used as data, and so are 999 others; give different files or row ranges such as FILE[0:500000]");

    [Fact]
    public void The_same_rows_under_another_file_name()
    {
        File.Copy(toys.Data, _folder.PathOf("copy.csv"));
        Refuse(2, Toys.SearchOf(toys.Data, "--mc", _folder.PathOf("copy.csv"))).ShouldContain("row 0 of copy.csv is also used as data");
    }

    [Fact]
    public void Two_trees_of_one_file_are_different_events_and_two_names_of_a_tree_the_same()
    {
        var file = Repository.PathOf("docs/notebooks/dijets.root");
        string[] search = ["--windows", "5", "--profile", "quick", "--working-points", "0.1"];
        Cli.Succeed(["scan", "--dry-run", "--data", file + ":data", "--mc", file + ":mc", .. search]);
        Refuse(2, ["scan", "--data", file + ":data", "--mc", file + ":data;1[100:20000]", .. search])
            .ShouldStartWith("mc: row 100 of dijets.root:data;1 is also used as data, and so are 19899 others; ");
    }

    private string Refuse(int exitCode, string[] arguments)
    {
        var error = Cli.Refuse(exitCode, [.. arguments, "--out", _folder.PathOf("run")]);
        Directory.Exists(_folder.PathOf("run")).ShouldBeFalse("a refused search must not leave its settings in the run directory");
        return error;
    }
}
