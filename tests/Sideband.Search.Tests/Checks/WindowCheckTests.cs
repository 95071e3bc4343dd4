using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Checks;

namespace Sideband.Search.Tests.Checks;

/// <summary>What features and spectrum do around the windows, centred at 300, 360, 420 and 480.</summary>
public class WindowCheckTests
{
    [Fact]
    public void A_feature_that_bends_with_the_mass_is_found_without_any_correlation()
    {
        // Lowest at 420, so that both strips of window 3 differ from it alike.
        var checks = Checks((m, random) => (random.NextGaussian() + (4 * (m - 420) * (m - 420) / 1e4), random.NextDouble()));
        Withheld(checks).ShouldBe([1, 2, 3, 4]);
        var worst = checks.Results.Single(result => result is { Check: "mass_dependence", Window: 3 });
        worst.Feature.ShouldBe("x");
        Math.Abs(worst.Deviations!.Value).ShouldBeGreaterThan(20);
        var warning = checks.Warnings.Single(line => line.Contains("follows the mass", StringComparison.Ordinal));
        warning.ShouldContain("'x'");
        warning.ShouldEndWith(
            "; method 'cwola' claims no excess there; methods that stand it: cathode, lacathode, anode, salad, feta, curtains, combined, "
            + "ideal, supervised");
    }

    [Theory]
    [InlineData(0.3)]
    [InlineData(3)]
    public void A_feature_whose_width_changes_with_the_mass_is_found(double atEdge)
    {
        // Width 1 at 420, and other widths at the far ends of its strips, 60 away.
        var checks = Checks((m, random) => (random.NextGaussian() * (1 + ((atEdge - 1) * (m - 420) * (m - 420) / 3600)), 0));
        Withheld(checks).ShouldContain(3);
    }

    [Fact]
    public void What_is_linear_in_the_mass_balanced_strips_stand() =>

        // A mixture whose fractions are linear: p(x | m) = p_0(x) + m p_1(x), from 0.1 at 200 to 0.9 at 600.
        Withheld(Checks((m, random) =>
            (random.NextGaussian() + (random.NextDouble() < 0.1 + ((m - 200) / 500) ? 2 : 0), random.NextDouble()))).ShouldBeEmpty();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_rare_flag_that_follows_the_mass_is_found_as_its_opposite_is(bool opposite)
    {
        // Set in 9 % of the events at 420 and in none that are 60 or more from it.
        var checks = Checks((m, random) => (
            random.NextGaussian(),
            (random.NextDouble() < 0.09 * Math.Max(0, 1 - (Math.Abs(m - 420) / 60))) != opposite ? 1 : 0));
        checks.Withheld(3).ShouldNotBeNull().ShouldContain("'y' equal to ");
    }

    [Fact]
    public void A_value_that_a_feature_has_in_the_window_alone_or_nowhere_else_is_found()
    {
        foreach (var inside in (bool[])[true, false])
        {
            var checks = Checks((m, random) => (m is >= 390 and < 450 == inside ? 0.5 : random.NextGaussian(), random.NextDouble()));
            checks.Results.Where(result => result.Check == ValuesInWindow.Name).Select(result => result.Window).ShouldBe([3]);
            checks.Withheld(3).ShouldNotBeNull().ShouldContain("'x' is 0.5 in ");
        }
    }

    [Fact]
    public void Nothing_is_said_where_there_is_nothing()
    {
        for (ulong seed = 1; seed <= 5; seed++)
        {
            var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(Tables.Make(Tables.Independent, seed)));
            checks.Warnings.ShouldBeEmpty();
            checks.Results.Count(result => result.Check == "spectrum").ShouldBe(4);
            checks.Results.Count(result => result.Check == "mass_dependence").ShouldBe(4);
        }
    }

    [Fact]
    public void A_resonance_in_a_window_is_not_taken_for_a_fault_of_the_table_there()
    {
        // A quarter of the window's events, far more than any search looks for: a bump that needs no classifier.
        var random = RandomStream.For(9, "signal");
        var background = Tables.Make(Tables.Independent);
        double[] mass = [.. Enumerable.Range(0, 1000).Select(_ => 420 + (10 * random.NextGaussian()))];
        var signal = Tables.Of(mass, [.. mass.Select(_ => 2.5f + (float)(0.3 * random.NextGaussian()))], new float[mass.Length]);
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(background.Concat(signal)));
        checks.Withheld(3).ShouldBeNull();
        checks.Warnings.ShouldContain(line => line.StartsWith("window 3: ", StringComparison.Ordinal)
            && line.Contains("such a bump needs no classifier", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(320, 12)]
    [InlineData(380, 5)]
    [InlineData(300, 25)]
    public void A_turn_on_is_found_where_it_lies(double at, double width)
    {
        var checks = Checks((m, random) =>
            random.NextDouble() < 1 / (1 + Math.Exp(-(m - at) / width)) ? Tables.Independent(m, random) : null);
        var nearest = (int)Math.Round((at - 300) / 60) + 1;
        Withheld(checks).ShouldContain(nearest);
        Withheld(checks).ShouldNotContain(4);
        checks.Warnings.ShouldContain(line => line.EndsWith("; methods that stand it: ideal, supervised", StringComparison.Ordinal));
    }

    [Fact]
    public void An_edge_in_a_strip_and_a_gap_in_a_window_are_found_and_an_edge_behind_the_strips_is_not()
    {
        Withheld(Checks((m, random) => m > 250 ? Tables.Independent(m, random) : null)).ShouldBe([1]);
        Withheld(Checks((m, random) => m is > 400 and < 415 ? null : Tables.Independent(m, random))).ShouldContain(3);
        Withheld(Checks((m, random) => m > 240 ? Tables.Independent(m, random) : null)).ShouldBeEmpty();
        var upper = Checks((m, random) => m < 510 ? Tables.Independent(m, random) : null);
        Withheld(upper).ShouldBe([4]);
        upper.Withheld(4).ShouldBe("window 4: its upper strip holds no events");
    }

    [Fact]
    public void Methods_are_not_asked_for_what_they_stand()
    {
        var events = Tables.Make((m, random) => m > 250 ? (random.NextGaussian() + (4 * (m - 420) * (m - 420) / 1e4), 0) : null);
        Withheld(SearchChecks.Of(Tables.Settings("salad"), Toy.Inputs(events))).ShouldBe([1]);
        Withheld(SearchChecks.Of(Tables.Settings("ideal"), Toy.Inputs(events))).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("cathode")]
    [InlineData("curtains")]
    public void What_interpolates_stands_what_moves_with_the_mass_and_not_what_changes_altogether(string method)
    {
        // Means in widths, masses in hundreds. These two are carried rightly; the third has S = 13 in window 4 without a signal.
        SearchChecks Of(double slope, double bend) => SearchChecks.Of(Tables.Settings(method), Toy.Inputs(Tables.Make((m, random) =>
            (random.NextGaussian() + (slope * (m - 420) / 100) + (bend * (m - 420) * (m - 420) / 1e4), random.NextDouble()))));
        Withheld(Of(4, 0)).ShouldBeEmpty();
        Withheld(Of(0, 0.5)).ShouldBeEmpty();
        var checks = Of(0, 4);
        Withheld(checks).ShouldContain(4);
        checks.Warnings.ShouldContain(line => line.Contains("too far to be interpolated", StringComparison.Ordinal)
            && line.EndsWith("; methods that stand it: salad, feta, ideal, supervised", StringComparison.Ordinal));
    }

    [Fact]
    public void A_feature_that_is_missing_in_a_window_alone_withholds_its_claim()
    {
        SearchChecks Of(Func<double, double> share) => Checks((m, random) =>
            (random.NextGaussian(), random.NextDouble() < share(m) ? double.NaN : random.NextDouble()));
        var checks = Of(m => m is >= 330 and < 390 ? 1 : 0);
        Withheld(checks).ShouldContain(2);
        checks.Warnings.ShouldContain(line => line.StartsWith(
            "window 2: the share of events in which 'y' is missing differs from that of its strips by +100 % of the events (",
            StringComparison.Ordinal)
            && line.EndsWith("methods that stand it: ideal, supervised", StringComparison.Ordinal));
        Withheld(Of(_ => 0.3)).ShouldBeEmpty();

        // As much as a signal could be that lacks it.
        Withheld(Of(m => m is >= 330 and < 390 ? 0.05 : 0)).ShouldNotContain(2);
    }

    [Fact]
    public void Edges_that_do_not_fit_and_strips_beyond_the_masses_are_said_in_place_of_what_the_spectrum_seems_to_do()
    {
        static string? Reason(EventTable data, params (string Key, string Text)[] more) =>
            SearchChecks.Of(Tables.Settings("cwola", more), Toy.Inputs(data)).Withheld(1);

        var rounded = Tables.Rounded(Tables.Make(Tables.Independent), 5, 0.1);
        Reason(rounded, ("windows", "325:350"), ("sideband", "12.5")).ShouldNotBeNull()
            .ShouldEndWith("masses are rounded, and its strips hold 2 and 3 of their values, in halves of 1, 1, 2 and 1, the window 5: "
                + "give edges that fit");
        Reason(rounded, ("windows", "325:350"), ("sideband", "20")).ShouldBeNull();
        var cut = Tables.Make((m, random) => m > 255 ? Tables.Independent(m, random) : null);
        Reason(cut).ShouldNotBeNull().ShouldEndWith("its lower strip begins at 240, and the lowest m is 255.009");
        Reason(cut, ("mass_range", "255:1000")).ShouldNotBeNull()
            .ShouldEndWith("its strips reach from 240 to 360, beyond mass_range, 255 to 1000");
    }

    private static SearchChecks Checks(Func<double, RandomStream, (double X, double Y)?> features) =>
        SearchChecks.Of(Tables.Settings(), Toy.Inputs(Tables.Make(features)));

    private static int[] Withheld(SearchChecks checks) =>
        [.. Enumerable.Range(1, 4).Where(window => checks.Withheld(window) is not null)];
}
