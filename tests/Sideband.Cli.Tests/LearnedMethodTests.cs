namespace Sideband.Cli.Tests;

/// <summary>
/// Methods that learn densities, on the command line: what is refused before any training, and the same numbers however the work is split.
/// </summary>
public sealed class LearnedMethodTests(Toys toys) : IDisposable
{
    /// <summary>Real flow matching of a second, far too short to be good.</summary>
    internal const string Tiny = "quick,width=32,blocks=2";

    private readonly TemporaryFolder _folder = new();

    private string Run => _folder.PathOf("run");

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--density", "flow", "density: 'flow' is unknown; allowed: flow-matching, maf, spline")]
    [InlineData("--density", "maff", "density: 'maff' is unknown; allowed: flow-matching, maf, spline; did you mean 'maf'?")]
    [InlineData(
        "--density-recipe",
        "quik",
        "density_recipe: 'quik' is unknown; allowed: quick, standard, paper, and behind it OPTION=VALUE with epochs, few_events, batch, "
        + "optimiser, learning_rate, blocks, width, pooled, trainings, patience, validation, tolerance; did you mean 'quick'?")]
    [InlineData(
        "--density-recipe",
        "quick,epoch=3",
        "density_recipe: 'epoch=3' is not allowed; "
        + "allowed: OPTION=VALUE with epochs, few_events, batch, optimiser, learning_rate, blocks, width, pooled, trainings, patience, "
        + "validation, tolerance; did you mean 'epochs'?")]
    [InlineData(
        "--density-recipe",
        "quick,epochs=few",
        "density_recipe: epochs: 'few' is not allowed; allowed: a whole number of at least 0")]
    [InlineData("--density-recipe", "quick,optimiser=sgd", "density_recipe: optimiser: 'sgd' is not allowed; allowed: adam, muon")]
    [InlineData("--density-recipe", "quick,width=4", "density_recipe: density option HiddenWidth is 4; allowed: 8 to 1024")]
    [InlineData("--oversampling", "0", "oversampling: '0' is not allowed; allowed: a whole number of at least 1 and at most 100")]
    [InlineData("--classifier", "tree", "classifier: 'tree' is not allowed; allowed: trees, network")]
    [InlineData(
        "--missing",
        "keep",
        "missing: 'keep' is not allowed with method 'cathode', whose density has no place for missing values; allowed: drop")]
    [InlineData("--mass-range", "4.5:5.5", "windows: window 1 [3.5, 4.5) of data lies outside the data; m runs from ")]
    public void A_value_out_of_range(string option, string value, string message) =>
        Cli.Refuse(option == "--mass-range" ? 3 : 2, [.. toys.Search("--method", "cathode", option, value), "--out", Run])
            .ShouldStartWith(message);

    [Theory]
    [InlineData("--density", "maf", "density: method 'cwola' does not read it; allowed with: cathode, lacathode, anode, combined")]
    [InlineData(
        "--density-recipe",
        "quick",
        "density_recipe: method 'cwola' does not read it; allowed with: cathode, lacathode, anode, combined")]
    [InlineData("--oversampling", "4", "oversampling: method 'cwola' does not read it; allowed with: cathode, lacathode, combined")]
    [InlineData(
        "--systematics",
        "sideband",
        "systematics: 'sideband' needs a method that can make a template in the sidebands; "
        + "with method 'cwola' allowed: mc, labels, none, or one number per working point")]
    [InlineData(
        "--systematics",
        "mc+sideband",
        "systematics: 'mc+sideband' needs a method that can make a template in the sidebands; "
        + "with method 'cwola' allowed: mc, labels, none, or one number per working point")]
    public void An_option_that_the_method_has_no_use_for(string option, string value, string message) =>
        Cli.Refuse(2, [.. toys.Search(option, value), "--out", Run]).ShouldBe(message);

    [Theory]
    [InlineData("--members", "2")]
    [InlineData("--classifier", "trees")]
    [InlineData("--classifier", "network")]
    [InlineData("--classifier-seed", "1")]
    [InlineData("--features-per-member", "1")]
    public void What_is_meant_for_classifiers_is_refused_where_there_are_none(string option, string value)
    {
        const string readers = "cwola, cathode, lacathode, salad, feta, curtains, combined, ideal, supervised";
        Cli.Refuse(2, [.. toys.SearchWithoutClassifier("--method", "anode", option, value), "--out", Run])
            .ShouldBe($"{option[2..].Replace('-', '_')}: method 'anode' does not read it; allowed with: {readers}");
    }

    [Fact]
    public void Combinations_that_make_no_sense()
    {
        Cli.Refuse(2, [.. toys.Search("--missing", "keep", "--classifier", "network"), "--out", Run])
            .ShouldBe("missing: 'keep' is not allowed with classifier 'network', which has no place for missing values; allowed: drop");
        Cli.Succeed([.. toys.SearchWithoutClassifier("--method", "anode", "--dry-run"), "--out", Run])
            .Output.ShouldContain(" x 2 folds; about ");
        Cli.Refuse(2, [.. toys.SearchWith("--members", "1", "--features-per-member", "1"), "--out", Run]).ShouldBe(
            "features_per_member: '1' is not allowed with 1 classifier in an ensemble, which would leave some of the 2 features unseen; "
            + "allowed: members of at least 2, or features_per_member of at least 2");
        Cli.Refuse(2, [.. toys.Search("--method", "cathode", "--density", "maf", "--density-recipe", "quick,tolerance=0.1"), "--out", Run])
            .ShouldBe("density_recipe: 'tolerance' is an option of density flow-matching; the density is maf");
        Cli.Refuse(2, [.. Toys.SearchOf(toys.Data, "--method", "cathode"), "--out", Run]).ShouldBe(
            "mc: method 'cathode' estimates delta_sys by Monte Carlo and in the sidebands; "
            + "give --mc FILE, or --systematics with sideband, labels, none, or one number per working point");
        Cli.Refuse(3, [.. toys.SearchWith("--windows", "3.1:6.9", "--method", "cathode", "--systematics", "none"), "--out", Run])
            .ShouldEndWith("events outside of it, too few to learn a density from; at least 500 are needed");
        Directory.Exists(Run).ShouldBeFalse();
    }

    [Fact]
    public void Cathode_in_one_go_killed_and_in_parts()
    {
        var whole = _folder.PathOf("whole");
        string[] search = [.. toys.Search("--method", "cathode", "--density-recipe", Tiny, "--seed", "3", "--quiet")];
        Cli.Succeed([.. search, "--out", whole]);
        var results = ResultsFile.Read(whole);
        results["delta_sys_estimate"]!.GetValue<string>().ShouldBe("mc+sideband");
        results["delta_sys"]!.AsArray().Select(entry => entry!["estimate"]!.GetValue<string>()).Distinct()
            .ShouldBe(["mc", "sideband", "mc+sideband"]);
        results["template_quality"]!.AsArray().Count.ShouldBe(6);

        // What was given stands apart from what was filled in.
        var yaml = File.ReadAllText(Path.Combine(whole, "search.yaml"));
        yaml.ShouldContain($"\ndensity_recipe: {Tiny}\nresolved:\n");
        yaml.ShouldContain("\n  density: flow-matching\n  oversampling: 4\n");

        // 3 windows x (2 densities and how good they are, 3 samples, 3 x 2 folds); a part in the middle makes the densities that it needs.
        const int units = 3 * (2 + 2 + 3 + 6);
        Cli.Succeed(["plan", Run, .. search[1..^1]]).Output.ShouldContain($"units 1-{units}\n");
        Cli.Succeed("work", Run, "--units", "20-25", "--quiet", "--threads", "1");
        ResultsFile.UnitCount(Run).ShouldBeGreaterThan(6);
        using (var process = Cli.Start(["work", Run, "--units", $"1-{units}", "--quiet"]))
        {
            var before = ResultsFile.UnitCount(Run);
            Waiting.Until(() => ResultsFile.UnitCount(Run) > before + 2, "some units");
            process.Kill();
            Cli.Finish(process);
        }

        Cli.Succeed("work", Run, "--units", $"1-{units}", "--quiet");
        Cli.Succeed("collect", Run, "--quiet");
        ResultsFile.ShouldBeTheSame(Run, whole);
    }

    [Fact]
    public void A_search_that_was_collected_is_collected_again()
    {
        // Drawn templates go once they are collected; the first run's are needed to write the summaries again.
        string[] search = [.. toys.Search("--method", "cathode", "--density-recipe", Tiny, "--systematics", "none"), "--out", Run];
        Cli.Succeed(search).Error.ShouldContain("15 work units: 3 density trainings, 1 run(s) x 2 folds x 2 members; about ");
        var work = ResultsFile.UnitCount(Run);
        work.ShouldBe(3 * (1 + 1 + 2), "densities, their quality and folds");
        var (results, summary) = (ResultsFile.Comparable(Run), Path.Combine(Run, "summary"));
        var before = File.ReadAllBytes(Path.Combine(summary, "window_2.npz"));
        Directory.Delete(summary, recursive: true);
        Cli.Succeed("collect", Run, "--quiet").Error.ShouldBeEmpty();
        ResultsFile.Comparable(Run).ShouldBe(results);
        File.ReadAllBytes(Path.Combine(summary, "window_2.npz")).ShouldBe(before);
        ResultsFile.UnitCount(Run).ShouldBe(work);
        Cli.Succeed("scan", Run).Error.ShouldContain("15 work units, 12 of them finished before: ");
        File.ReadAllText(Path.Combine(Run, "log.txt")).ShouldContain("15 units, 3 open");
        ResultsFile.Comparable(Run).ShouldBe(results);
    }

    [Theory]
    [InlineData("lacathode", true)]
    [InlineData("anode", false)]
    public void The_other_learned_methods_give_results(string method, bool hasClassifiers)
    {
        string[] more = ["--method", method, "--density-recipe", Tiny, "--systematics", "none", "--quiet"];
        Cli.Succeed([.. hasClassifiers ? toys.Search(more) : toys.SearchWithoutClassifier(more), "--out", Run]);
        ResultsFile.Read(Run)["windows"]!.AsArray().ShouldAllBe(window => window!["working_points"]![0]!["significance"]!["mean"] != null);
    }

    [Fact]
    public void A_network_classifies_as_trees_do()
    {
        Cli.Succeed(
        [
            .. Toys.SearchOf(toys.Labelled, "--classifier", "network", "--profile", "quick", "--systematics", "none", "--quiet"),
            "--out", Run,
        ]);

        // 200 signal events far from the background in a window of 1,000: plain to any classifier.
        ResultsFile.Point(ResultsFile.Read(Run), 1, 0)["significance"]!["mean"]!.GetValue<double>().ShouldBeGreaterThan(5);
    }
}
