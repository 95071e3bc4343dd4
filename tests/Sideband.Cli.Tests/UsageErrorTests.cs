namespace Sideband.Cli.Tests;

/// <summary>Wrong options, keys and values: exit code 2 and one line that says what is allowed.</summary>
public sealed class UsageErrorTests(Toys toys) : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("--windos", "1-9")]
    [InlineData("--windos=1-9")]
    [InlineData("--windos")]
    public void An_unknown_option_names_the_nearest(params string[] option) =>
        Cli.Refuse(2, ["scan", .. option]).ShouldStartWith("unknown option '--windos' of sideband scan; did you mean '--windows'?");

    [Fact]
    public void An_unknown_command_names_the_nearest() => Cli.Refuse(2, "scn", "x")
        .ShouldBe("unknown command 'scn' of sideband; did you mean 'scan'?; "
            + "allowed: scan, plan, work, collect, status, calibrate, inject, limit, score, compare, fit, export, report, verify, "
            + "simulate, inspect, doctor, completion, man");

    [Fact]
    public void An_unknown_command_with_options_is_an_unknown_command() => Cli.Refuse(2, "scn", "--data", "x.csv")
        .ShouldStartWith("unknown command 'scn' of sideband; did you mean 'scan'?; ");

    [Fact]
    public void A_table_in_the_place_of_a_search_file_says_what_to_type()
    {
        var table = _folder.Write("small.csv", Toys.Lines(5, 20000, 0, label: false));
        Cli.Refuse(2, "scan", table).ShouldBe(
            $"{table}: a table of events, and no search file; type: sideband scan --data {table} --mass m --features x,y "
            + "--windows 3.75:6.25:0.25:0.5 --working-points 0.1,0.01 --systematics none "
            + "(statistical errors only; with a simulation of the background --mc FILE in its place)");

        // A table that nothing can be made of.
        var few = _folder.Write("few.csv", Toys.Lines(5, 20, 0, label: false));
        Cli.Refuse(2, "scan", few)
            .ShouldStartWith($"{few}: a table of events, and no search file; type: sideband scan --data {few} --mass COLUMN");
    }

    [Fact]
    public void What_is_proposed_works()
    {
        var table = _folder.Write("bump.csv", Toys.Lines(5, 20000, 0, label: false));
        var error = Cli.Refuse(2, "scan", "--data", table, "--out", _folder.PathOf("run"));
        var added = error[(error.IndexOf("to begin with, ", StringComparison.Ordinal) + 15)..].Split(" (")[0];
        Cli.Succeed(["scan", "--data", table, .. added.Split(' '), "--dry-run"]).Output.ShouldContain("work units");
    }

    [Fact]
    public void Help_is_a_word_too()
    {
        Cli.Succeed("help").Output.ShouldBe(Cli.Succeed("--help").Output);
        Cli.Succeed("help", "scan").Output.ShouldBe(Cli.Succeed("scan", "--help").Output);
        foreach (var line in (string[][])[["help", "scn"], ["scn", "--help"]])
        {
            Cli.Refuse(2, line).ShouldStartWith("unknown command 'scn' of sideband; did you mean 'scan'?; allowed: scan, plan, ");
        }
    }

    [Fact]
    public void An_option_without_its_value() => Cli.Refuse(2, "scan", "--data").ShouldContain("--data");

    [Fact]
    public void An_option_given_twice() =>
        Cli.Refuse(2, "scan", "--seed", "1", "--seed", "2").ShouldBe("--seed: given 2 times; once is allowed");

    [Fact]
    public void An_unknown_key_names_file_line_and_the_nearest()
    {
        var search = _folder.Write("search.yaml", "data: events.csv", "windos: 1-9");
        var error = Cli.Refuse(2, "scan", search);
        error.ShouldStartWith($"{search}, line 2: unknown key 'windos'; allowed: data, ");
        error.ShouldEndWith("did you mean 'windows'?");
    }

    [Fact]
    public void A_key_that_stands_twice() =>
        Cli.Refuse(2, "scan", _folder.Write("search.yaml", "seed: 1", "seed: 2")).ShouldContain("search.yaml: line 2: ");

    [Fact]
    public void A_search_file_that_is_not_yaml() =>
        Cli.Refuse(2, "scan", _folder.Write("search.yaml", "data: [a")).ShouldContain("not valid YAML");

    [Fact]
    public void A_search_file_without_keys() =>
        Cli.Refuse(2, "scan", _folder.Write("search.yaml", "- data"))
            .ShouldEndWith("not a search; allowed: lines of the form 'key: value'");

    [Fact]
    public void Neither_file_nor_folder() =>
        Cli.Refuse(2, "scan", _folder.PathOf("none")).ShouldBe($"{_folder.PathOf("none")}: neither a search file nor a run directory");

    [Theory]
    [InlineData("--folds", "1", "folds: '1' is not allowed; allowed: a whole number of at least 2 and at most 100")]
    [InlineData("--members", "0", "members: '0' is not allowed; allowed: a whole number of at least 1 and at most 10000")]
    [InlineData("--working-points", "0.1,1", "working_points: '1' is not allowed; allowed: numbers above 0 and below 1")]
    [InlineData(
        "--working-points",
        "0.1,0.1",
        "working_points: '0.1,0.1' names a value twice; allowed: different numbers above 0 and below 1")]
    [InlineData("--sideband", "0", "sideband: '0' is not allowed; allowed: a number above 0, in the unit of the mass")]
    public void A_value_out_of_range(string option, string value, string message) =>
        Cli.Refuse(2, [.. toys.SearchWith(option, value), "--out", _folder.PathOf("run")]).ShouldBe(message);

    [Theory]
    [InlineData("--seed", "-1", "seed: '-1' is not allowed; allowed: a whole number of at least 0")]
    [InlineData("--classifier-seed", "x", "classifier_seed: 'x' is not allowed; allowed: a whole number of at least 0")]
    [InlineData("--profile", "quik", "profile: 'quik' is unknown; allowed: quick, standard, paper; did you mean 'quick'?")]
    [InlineData(
        "--method",
        "cwolla",
        "method: 'cwolla' is unknown; allowed: cwola, cathode, lacathode, anode, salad, feta, curtains, combined, ideal, supervised; "
        + "did you mean 'cwola'?")]
    [InlineData(
        "--features-per-member", "0", "features_per_member: '0' is not allowed; allowed: a whole number of at least 1 and at most 10000")]
    [InlineData("--features-per-member", "3", "features_per_member: '3' is not allowed with 2 features; allowed: 1 to 2")]
    [InlineData("--missing", "maybe", "missing: 'maybe' is not allowed; allowed: drop, keep")]
    [InlineData(
        "--systematics",
        "mcc",
        "systematics: 'mcc' is not allowed; allowed: mc, sideband, mc+sideband, strips, mc+strips, halves, strips,halves, "
            + "labels, none, or one number above -1 per working point")]
    [InlineData("--systematics", "0.1", "systematics: 1 number(s) for 2 working points; give one per working point")]
    [InlineData("--sigma-sys", "0.1,0.1,0.1", "sigma_sys: 3 number(s) for 2 working points; give one per working point")]
    [InlineData("--mass-range", "5:4", "mass_range: '5:4' is not allowed; allowed: LOW:HIGH with LOW below HIGH, in the unit of the mass")]
    [InlineData(
        "--delta-sys-windows",
        "4:5,5:6",
        "delta_sys_windows: 2 window(s) have no spread for sigma_sys; "
        + "give at least 3 windows, or --sigma-sys with one number per working point")]
    [InlineData(
        "--delta-sys-windows",
        "1-3",
        "delta_sys_windows: window numbers have a meaning for mass mjj only, not for 'm'; "
        + "give START:STOP:STEP:WIDTH or intervals LOW:HIGH")]
    public void A_further_option_out_of_range(string option, string value, string message) =>
        Cli.Refuse(2, [.. toys.Search(option, value), "--out", _folder.PathOf("run")]).ShouldBe(message);

    [Theory]
    [InlineData("paper")]
    [InlineData("spread")]
    public void A_rule_for_the_error_of_a_shift_that_is_left_out(string rule) =>
        Cli.Refuse(2, [.. toys.Search("--systematics", "none", "--sigma-sys", rule), "--out", _folder.PathOf("run")]).ShouldBe(
            $"sigma_sys: rule '{rule}' makes nothing of a shift that is left out (systematics 'none'); "
            + "give one number per working point, or leave --sigma-sys out");

    [Theory]
    [InlineData("--systematics", "0.5,0.05", "systematics")]
    [InlineData("--sigma-sys", "0.4,0.04", "sigma_sys")]
    public void Numbers_per_working_point_with_points_in_another_order(string option, string value, string key) =>
        Cli.Refuse(2, [.. toys.SearchWith("--working-points", "0.03,0.1", option, value), "--out", _folder.PathOf("run")]).ShouldBe(
            $"{key}: one number per working point, and working_points were not given from the largest to the smallest; "
            + "give --working-points 0.1,0.03, and the numbers in that order");

    [Fact]
    public void Windows_by_number_with_another_mass() =>
        Cli.Refuse(2, [.. toys.SearchWith("--windows", "1-9"), "--out", _folder.PathOf("run")]).ShouldStartWith(
            "windows: window numbers have a meaning for mass mjj only, not for 'm'; give START:STOP:STEP:WIDTH or intervals LOW:HIGH");

    [Fact]
    public void An_odd_window_grid() => Cli.Refuse(2, [.. toys.SearchWith("--windows", "6:4:1:1"), "--out", _folder.PathOf("run")])
        .ShouldStartWith("windows: '6:4:1:1' is not a window grid; allowed: window numbers such as 1-9 or 5, ");

    [Theory]
    [InlineData("x,label", "features: 'label' is the label column and must not be a feature")]
    [InlineData("x,m", "features: 'm' is the mass column and must not be a feature")]
    [InlineData("x,y,x", "features: 'x' is given 2 times")]
    public void A_column_with_two_roles(string features, string message) =>
        Cli.Refuse(2, [.. toys.SearchWith("--features", features), "--out", _folder.PathOf("run")]).ShouldBe(message);

    [Fact]
    public void The_weight_among_the_features() => Cli.Refuse(2, toys.Search("--weight", "y", "--out", _folder.PathOf("run")))
        .ShouldBe("features: 'y' is the weight column and must not be a feature");

    [Theory]
    [InlineData("--events", "many", "--events: 'many' is not allowed; allowed: a whole number")]
    [InlineData("--events", "-1", "events: -1 is out of range; allowed: 0 to 100000000")]
    [InlineData("--signal", "-1", "signal: -1 is out of range; allowed: 0 to 100000000")]
    [InlineData("--seed", "-1", "--seed: '-1' is not allowed; allowed: a whole number")]
    [InlineData("--background", "other", "--background: 'other' is not allowed; allowed: default, alternative")]
    [InlineData("--toy", "fetta", "--toy: 'fetta' is not allowed; allowed: lacathode, feta; did you mean 'feta'?")]
    public void A_simulation_out_of_range(string option, string value, string message) =>
        Cli.Refuse(2, "simulate", "--out", _folder.PathOf("events.npz"), option, value).ShouldBe(message);

    [Theory]
    [InlineData("--correlation: 0.5 is not allowed without --toy lacathode; it is c of toy lacathode", "--correlation", "0.5")]
    [InlineData(
        "--correlation: 0.5 is not allowed with --toy feta; it is c of toy lacathode", "--correlation", "0.5", "--toy", "feta")]
    [InlineData("--correlation: NaN is not allowed; allowed: -1000 to 1000", "--correlation", "nan", "--toy", "lacathode")]
    [InlineData(
        "--background: 'alternative' is not allowed with --toy lacathode, which has one background",
        "--background", "alternative", "--toy", "lacathode")]
    public void A_simulation_with_an_option_that_it_does_not_read(string message, params string[] options) =>
        Cli.Refuse(2, ["simulate", "--events", "10", "--out", _folder.PathOf("events.npz"), .. options]).ShouldBe(message);

    [Fact]
    public void More_networks_than_can_be_saved() =>
        Cli.Refuse(2, [.. toys.SearchWith("--members", "256", "--classifier", "network"), "--out", _folder.PathOf("run")])
            .ShouldBe("members: '256' is not allowed with classifier 'network'; allowed: 1 to 255");

    [Fact]
    public void A_toy_without_events() =>
        Cli.Refuse(2, "simulate", "--out", _folder.PathOf("events.npz"), "--toy", "feta", "--events", "-1")
            .ShouldBe("events: -1 is out of range; allowed: 1 to 100000000");

    [Fact]
    public void A_name_with_an_at_sign_is_a_name() =>
        Cli.Refuse(2, "scan", "@none").ShouldBe("@none: neither a search file nor a run directory");

    [Fact]
    public void Units_that_are_no_range()
    {
        Cli.Succeed(["plan", _folder.PathOf("run"), .. toys.Search("--quiet")[1..]]);
        Cli.Refuse(2, "work", _folder.PathOf("run"), "--units", "all").ShouldBe("--units: 'all' is not allowed; allowed: A-B or A");
        Cli.Refuse(2, "work", _folder.PathOf("run"), "--units", "5-13")
            .ShouldBe("units: '5-13' is not allowed; allowed: A-B between 1 and 12");
        Cli.Refuse(2, "work", _folder.PathOf("run"), "--units", "1", "--threads", "no")
            .ShouldBe("threads: 'no' is not allowed; allowed: a whole number of at least 1 and at most 4096");
    }

    [Fact]
    public void No_run_directory()
    {
        Cli.Refuse(2, "collect", _folder.Root).ShouldBe($"{_folder.Root}: not a run directory (no search.yaml in it)");
        Cli.Refuse(2, "work", _folder.Root, "--units", "1").ShouldBe($"{_folder.Root}: not a run directory (no search.yaml in it)");
    }

    [Fact]
    public void The_stack_trace_is_there_for_who_asks() =>
        Cli.RunProcess(["scan", "--folds", "1"], new Dictionary<string, string> { ["SIDEBAND_DEBUG"] = "1" })
            .Error.ShouldContain("   at Sideband.");
}
