namespace Sideband.Events.Tests;

/// <summary>
/// Missing and infinite values, labels, weights and impossible jets: what is dropped, repaired or refused, and how it is counted.
/// </summary>
public sealed class EventReaderTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public void Events_with_missing_and_infinite_values_are_dropped_and_counted_by_reason()
    {
        var loaded = Load(["mjj,x,y", "1,2,3", "nan,2,3", "3,,3", "4,2,inf", "-inf,2,3", "6,NaN,3", "7,8,9"], new("mjj", ["x", "y"]));
        loaded.Account.Dropped.ShouldBe(
            [new("mjj is NaN", 1), new("x is NaN", 2), new("y is infinite", 1), new("mjj is infinite", 1)]);
        loaded.Events.Rows.ToArray().ShouldBe([0, 6]);
        loaded.Events.Feature(1).ToArray().ShouldBe([3f, 9f]);
        (loaded.Account.Read, loaded.Account.Used).ShouldBe((7, 2));
    }

    [Fact]
    public void Missing_features_may_be_kept_but_not_infinite_ones_nor_a_missing_mass()
    {
        var loaded = Load(
            ["mjj,x,y", "1,2,3", "nan,2,3", "3,,3", "4,2,inf", "5,NaN,3"], new("mjj", ["x", "y"], Missing: MissingPolicy.Keep));
        loaded.Account.Dropped.ShouldBe([new("mjj is NaN", 1), new("y is infinite", 1)]);
        loaded.Events.Rows.ToArray().ShouldBe([0, 2, 4]);
        loaded.Events.Feature(0).ToArray().ShouldBe([2f, float.NaN, float.NaN]);
    }

    [Fact]
    public void A_missing_jet_mass_leaves_kept_events_without_the_features_that_need_it()
    {
        var loaded = Load(
            [Header + ",m", Jets(1500, 100, 1400, 50) + ",3", Jets(1500, double.NaN, 1400, 50) + ",4"],
            new("m", ["mj1", "tau21_j1", "delta_r"], Missing: MissingPolicy.Keep));
        loaded.Account.Used.ShouldBe(2);
        float.IsNaN(loaded.Events.Feature(0)[1]).ShouldBeTrue();
        float.IsNaN(loaded.Events.Feature(1)[1]).ShouldBeTrue("which jet is the lighter is not known");
        loaded.Events.Feature(2)[1].ShouldBe(loaded.Events.Feature(2)[0]);
    }

    [Fact]
    public void A_value_beyond_single_precision_is_infinite() =>
        Load(["mjj,x", "1,2", "2,1e60"], new("mjj", ["x"])).Account.Dropped.ShouldBe([new("x is infinite", 1)]);

    [Theory]
    [InlineData(1, 1e9, "99.9 % of its values differ and are one number in single precision (a spread of 7.")]
    [InlineData(1e-50, 0, "99.9 % of its values differ and are 0 in single precision (a spread of 7.")]
    public void A_feature_of_which_single_precision_leaves_nothing_is_refused(double scale, double offset, string loss)
    {
        var message = Should.Throw<InputDataException>(() => Load(Normal(scale, offset), new("mjj", ["x"]))).Message;
        message.ShouldStartWith("a.csv: feature 'x': " + loss);
        message.ShouldEndWith(offset > 0 ? "subtract an offset from the column"
            : "multiply the column by a factor, or take its logarithm");
    }

    [Theory]
    [InlineData("1e9", "1000000001", "one number in single precision (a spread of 1 at 1E+09): subtract an offset from the column")]
    [InlineData("0", "1e-50", "0 in single precision (a spread of 1E-50 at 0): multiply the column by a factor, or take its logarithm")]
    [InlineData(
        "4611686018427387904", "4611686018427388903",
        "one number in single precision (a spread of 1.02E+03 at 4.61169E+18): subtract an offset from the column")]
    public void Two_values_that_single_precision_makes_one_are_refused(string one, string other, string loss)
    {
        foreach (var every in (int[])[2, 500])
        {
            Should.Throw<InputDataException>(() => Load(
                ["mjj,x", .. Enumerable.Range(0, 20000).Select(i => $"1,{(i % every == 0 ? other : one)}")], new("mjj", ["x"])))
                .Message.ShouldBe($"a.csv: feature 'x': its values differ and are all {loss}");
        }
    }

    [Fact]
    public void Weights_whose_squares_are_nothing_are_refused()
    {
        ColumnRequest request = new("mjj", ["x"], "w");
        Should.Throw<InputDataException>(() => Load(["mjj,x,w", "1,2,1e-200", "2,3,-3e-200", "nan,2,1"], request)).Message.ShouldBe(
            "a.csv: column 'w': the largest weight is 3E-200 in size (allowed: 1e-100 to 1e100, or 0); multiply the column by a factor");
        Load(["mjj,x,w", "1,2,1e-200", "2,3,1e-100"], request).Account.Used.ShouldBe(2);
        Load(["mjj,x,w", "1,2,0", "2,3,0"], request).Account.Used.ShouldBe(2);
    }

    [Fact]
    public void A_feature_of_which_single_precision_loses_a_part_is_warned_of()
    {
        // At 1e7 single precision has steps of 1: four of ten normal values are in one.
        Load(Normal(1, 1e7), new("mjj", ["x"])).Account.Warnings.Single().ShouldStartWith("a.csv: feature 'x': 3");

        // One in five is 1e-60 and different, as small probabilities are.
        var small = Normal(1e-60, 1e-60).Select((line, i) => i % 5 == 0 ? line : Normal(1, 0)[i]).ToArray();
        Load(small, new("mjj", ["x"])).Account.Warnings.Single().ShouldContain("% of its values differ and are 0 in single precision");
    }

    [Theory]
    [InlineData(1, 0)]
    [InlineData(1e-30, 0)]
    [InlineData(1, 1e4)]
    [InlineData(1e5, 1.7e9)]
    public void Features_of_other_sizes_lose_nothing(double scale, double offset) =>
        Load(Normal(scale, offset), new("mjj", ["x"])).Account.Warnings.ShouldBeEmpty();

    [Fact]
    public void Nor_do_numbers_that_were_calculated_in_two_ways() => Load(
        ["mjj,x", .. Enumerable.Range(0, 1000).Select(i => FormattableString.Invariant($"1,{(i % 2 == 0 ? 0.1 + 0.2 : 0.3):R}"))],
        new("mjj", ["x"])).Account.Warnings.ShouldBeEmpty();

    [Fact]
    public void A_ratio_of_taus_with_zero_denominator_alone_is_infinite()
    {
        var account = Load(
            [Header, Jets(1500, 100, 1400, 50), Jets(1500, 100, 1400, 50, tau1: 0, tau2: 0.1)], new("mjj", ["tau21_j1"])).Account;
        account.Dropped.ShouldBe([new("tau21_j1 is infinite", 1)]);
    }

    [Fact]
    public void No_event_left_is_an_error_with_the_reasons() =>
        Should.Throw<InputDataException>(() => Load(["mjj,x", "nan,2", "2,inf", "nan,3"], new("mjj", ["x"])))
            .Message.ShouldBe($"{_folder.PathOf("a.csv")}: no event is left of 3: mjj is NaN (2), x is infinite (1)");

    [Fact]
    public void A_negative_jet_mass_by_rounding_is_taken_as_zero_and_counted()
    {
        // 1e-3 of a momentum of 1500 GeV is 1.5 GeV.
        var loaded = Load([Header, Jets(1500, -0.4, 1400, 50), Jets(1500, -1.6, 1400, 50), Jets(1500, 0, 1400, 50)], new("mjj", ["mj1"]));
        loaded.Account.Repaired.ShouldBe([new("negative jet mass by rounding taken as 0", 1)]);
        loaded.Account.Dropped.ShouldBe([new("mj1 is negative", 1)]);
        loaded.Events.Feature(0).ToArray().ShouldBe([0f, 0f]);
        loaded.Events.Mass[0].ShouldBe(loaded.Events.Mass[1]);
    }

    [Fact]
    public void Labels_choose_signal_or_background()
    {
        string[] lines = ["mjj,x,label", "1,2,0", "2,2,1", "3,2,0"];
        var background = Load(lines, new("mjj", ["x"]), RowFilter.BackgroundOnly);
        background.Events.Rows.ToArray().ShouldBe([0, 2]);
        background.Account.Dropped.ShouldBe([new("label is 1", 1)]);
        var signal = Load(lines, new("mjj", ["x"]), RowFilter.SignalOnly);
        signal.Events.Rows.ToArray().ShouldBe([1]);
        signal.Account.Dropped.ShouldBe([new("label is 0", 2)]);
        Load(lines, new("mjj", ["x"])).Events.Labels.ToArray().ShouldBe([0, 1, 0]);
    }

    [Fact]
    public void Choosing_signal_needs_a_label() =>
        Should.Throw<InputDataException>(() => Load(["mjj,x", "1,2"], new("mjj", ["x"]), RowFilter.SignalOnly))
            .Message.ShouldBe("a.csv: no column 'label', which choosing signal only needs");

    [Fact]
    public void Signal_where_there_are_labels_and_all_events_where_there_are_none()
    {
        var labelled = Load(["mjj,x,label", "1,2,0", "2,2,1", "3,2,-1"], new("mjj", ["x"]), RowFilter.SignalIfLabelled);
        labelled.Events.Rows.ToArray().ShouldBe([1]);
        labelled.Events.Labels.ToArray().ShouldBe([1]);
        Load(["mjj,x", "1,2", "2,2"], new("mjj", ["x"]), RowFilter.SignalIfLabelled).Events.Rows.ToArray().ShouldBe([0, 1]);
    }

    [Fact]
    public void A_label_other_than_0_and_1_is_refused() =>
        Should.Throw<InputDataException>(() => Load(["mjj,x,label", "1,2,0", "2,2,2"], new("mjj", ["x"])))
            .Message.ShouldBe("a.csv: column 'label', row 1: 2 (allowed: 0 background, 1 signal, -1 unknown)");

    [Fact]
    public void Weights_may_be_negative_but_must_be_finite()
    {
        var loaded = Load(["mjj,x,w", "1,2,0.5", "2,2,-1", "3,2,", "4,2,inf"], new("mjj", ["x"], Weight: "w"));
        loaded.Events.Weights.ToArray().ShouldBe([0.5, -1]);
        loaded.Account.Dropped.ShouldBe([new("w is NaN", 1), new("w is infinite", 1)]);
        loaded.Account.Warnings.ShouldBe(["a.csv: 1 negative weights in 'w'"]);
    }

    [Fact]
    public void A_column_may_bear_a_derived_features_name_and_is_then_taken()
    {
        var events = Load([Header + ",mjj,tau21_j1", Jets(1500, 100, 1400, 50) + ",7.5,0.25"], new("mjj", ["tau21_j1", "tau21_j2"])).Events;
        events.Mass[0].ShouldBe(7.5);
        events.Feature(0)[0].ShouldBe(0.25f);
        events.Feature(1)[0].ShouldBe(0.5f);
    }

    [Theory]
    [InlineData("label", "features: 'label' is the label column and must not be a feature")]
    [InlineData("mjj", "features: 'mjj' is the mass column and must not be a feature")]
    [InlineData("w", "features: 'w' is the weight column and must not be a feature")]
    [InlineData("x", "features: 'x' is given 2 times")]
    public void A_name_has_one_role(string second, string message)
    {
        var error = Should.Throw<ConfigurationException>(() => Load(["mjj,x,w,label", "1,2,1,0"], new("mjj", ["x", second], Weight: "w")));
        error.Message.ShouldBe(message);
        error.ExitCode.ShouldBe(2);
    }

    [Fact]
    public void Quoted_fields_spaces_and_truth_values_of_csv_are_understood()
    {
        var events = Load(
            ["\"mjj\", \"x,1\" ,flag", "\"1.5\", 2e0 ,True", "3,-inf,False", "4,+5,true"], new("mjj", ["x,1", "flag"])).Events;
        events.Mass.ToArray().ShouldBe([1.5, 4]);
        events.Feature(0).ToArray().ShouldBe([2f, 5f]);
        events.Feature(1).ToArray().ShouldBe([1f, 1f]);
    }

    private const string Header = "pxj1,pyj1,pzj1,mj1,tau1j1,tau2j1,pxj2,pyj2,pzj2,mj2,tau1j2,tau2j2";

    private static string Jets(double p1, double m1, double p2, double m2, double tau1 = 0.4, double tau2 = 0.2) =>
        FormattableString.Invariant($"{p1},0,0,{m1},{tau1},{tau2},-{p2},0,300,{m2},{tau1},{tau2}");

    // 1500 normal values.
    private static string[] Normal(double scale, double offset)
    {
        var random = Sideband.Numerics.RandomStream.For(1, "normal");
        double Next() => (random.NextGaussian() * scale) + offset;
        return ["mjj,x", .. Enumerable.Range(0, 1500).Select(i => FormattableString.Invariant($"{i},{Next():R}"))];
    }

    private LoadedEvents Load(string[] lines, ColumnRequest request, RowFilter filter = RowFilter.All) =>
        EventReader.Load(new EventFileSpec(_folder.Write("a.csv", lines)), request, filter);
}
