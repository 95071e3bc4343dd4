using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Checks;
using Sideband.Search.Results;

namespace Sideband.Search.Tests.Checks;

/// <summary>A background sample that is taken as the template, against the data beside the windows.</summary>
public class BackgroundLikenessTests
{
    private static readonly EventTable Data = Tables.Make(Tables.Independent);

    private static SearchChecks Checks(EventTable ideal, EventTable? data = null, string method = "ideal") => SearchChecks.Of(
        Tables.Settings(method, ("ideal_background", "ideal.npz")), Toy.Inputs(data ?? Data, ideal: ideal));

    private static int[] Withheld(SearchChecks checks) => [.. Enumerable.Range(1, 4).Where(window => checks.Withheld(window) is not null)];

    [Theory]
    [InlineData("ideal")]
    [InlineData("supervised")]
    public void Of_one_distribution_nothing_is_said_whatever_the_sizes_and_the_rounding_of_both(string method)
    {
        for (ulong seed = 2; seed <= 4; seed++)
        {
            Withheld(Checks(Tables.Make(Tables.Independent, seed, 20_000), method: method)).ShouldBeEmpty();
        }

        var rounded = Tables.Rounded(Tables.Make(Tables.Independent, 5, 20_000), 1, 0.1);
        var checks = Checks(rounded, Tables.Rounded(Data, 1, 0.1), method);
        Withheld(checks).ShouldBeEmpty();
        checks.Results.Count(result => result.Check == BackgroundLikeness.Name).ShouldBe(4);
    }

    [Fact]
    public void Copies_in_the_data_are_no_rounding() =>
        Withheld(Checks(Tables.Make(Tables.Independent, 2), Tables.Repeated(Data, 0.3))).ShouldBeEmpty();

    [Fact]
    public void A_signal_in_a_window_is_not_looked_at()
    {
        var random = RandomStream.For(9, "signal");
        double[] mass = [.. Enumerable.Range(0, 3000).Select(_ => 395 + (50 * random.NextDouble()))];
        var signal = Tables.Of(mass, [.. mass.Select(_ => 5f)], new float[mass.Length]);
        Checks(Tables.Make(Tables.Independent, 2), Data.Concat(signal).Canonical()).Withheld(3).ShouldBeNull();
    }

    [Fact]
    public void Another_rounding_is_found_that_hardly_moves_a_distribution()
    {
        var checks = Checks(Tables.Make(Tables.Independent, 2), Tables.Rounded(Data, 0.1, 0.01));
        Withheld(checks).ShouldBe([1, 2, 3, 4]);
        var warning = checks.Warnings.Single();
        warning.ShouldContain("that another event has");
        warning.ShouldContain("is rounded");
        warning.ShouldContain("likewise window");
        warning.ShouldEndWith("method 'ideal' claims no excess there");
    }

    [Fact]
    public void Other_units_and_weights_that_were_forgotten_are_found()
    {
        var units = Checks(Tables.Make((m, random) => (random.NextGaussian(), random.NextDouble() / 1000), 2));
        Withheld(units).ShouldBe([1, 2, 3, 4]);
        units.Warnings.Single().ShouldContain("'y' of ideal_background is ");
        units.Results.Single(result => result is { Check: BackgroundLikeness.Name, Window: 1 }).Value!.Value.ShouldBe(1, 0.01);

        // Twice as many events above 0, which their weights make good.
        var doubled = Tables.Make((m, random) => (random.NextDouble() < 2 / 3.0 ? Size(random) : -Size(random), random.NextDouble()), 2);
        Withheld(Checks(doubled)).ShouldBe([1, 2, 3, 4]);
        var weighted = doubled.WithWeights(Array.ConvertAll(doubled.Feature(0).ToArray(), x => x > 0 ? 0.5 : 1));
        Withheld(Checks(weighted)).ShouldBeEmpty();
    }

    [Fact]
    public void Without_events_beside_the_window_it_is_said_that_nothing_was_checked()
    {
        var within = Tables.Make((m, random) => m is >= 330 and < 390 ? Tables.Independent(m, random) : null, 2);
        var result = Checks(within).Results.Single(result => result is { Check: BackgroundLikeness.Name, Window: 2 });
        result.Value.ShouldBeNull();
        result.Reason.ShouldContain("not checked, ");
    }

    [Fact]
    public void Missing_values_and_a_rare_value_that_one_of_them_has_are_found()
    {
        static EventTable With(EventTable events, float value, double share)
        {
            var random = RandomStream.For(7, "values");
            return events.WithFeatures(
                [Array.ConvertAll(events.Feature(0).ToArray(), x => random.NextDouble() < share ? value : x), events.Feature(1).ToArray()]);
        }

        var good = Tables.Make(Tables.Independent, 2);
        var missing = Checks(good, With(Data, float.NaN, 0.05));
        Withheld(missing).ShouldBe([1, 2, 3, 4]);
        missing.Warnings.Single().ShouldMatch("beside the window 'x' is missing in [45][.]. % of the data's events and in 0.0 % of ");
        Withheld(Checks(With(good, float.NaN, 0.05), With(Data, float.NaN, 0.05))).ShouldBeEmpty();
        var sentinel = Checks(With(good, -999, 0.025), Data);
        Withheld(sentinel).ShouldBe([1, 2, 3, 4]);
        sentinel.Warnings.Single().ShouldContain("'x' is -999 in 0.0 % of the data's events and in 2.");
    }

    [Fact]
    public void Of_events_in_the_window_alone_what_no_signal_makes_is_asked_for()
    {
        static EventTable Within(EventTable events) => events.In(new MassInterval(330, 390));
        var good = Tables.Make(Tables.Independent, 2);
        var alike = Checks(Within(good));
        alike.Withheld(2).ShouldBeNull();
        alike.Results.Single(result => result is { Check: BackgroundLikeness.Name, Window: 2 }).Outcome.ShouldBe(CheckResult.Warning);
        Checks(Within(good), Within(Data)).Withheld(2).ShouldBeNull();
        Checks(Within(good), Tables.Rounded(Data, 0.1, 0.01)).Withheld(2).ShouldNotBeNull().ShouldContain("in the window");
        var moved = Tables.Make((m, random) => (random.NextGaussian() + 1, random.NextDouble()), 2);
        Checks(Within(moved)).Withheld(2).ShouldNotBeNull().ShouldContain("'x' of ideal_background is 0.3");
    }

    [Fact]
    public void Weights_that_do_not_sum_to_more_than_0_beside_a_window_are_said()
    {
        var weighted = Tables.Make(Tables.Independent, 2);
        weighted = weighted.WithWeights(Array.ConvertAll(weighted.Mass.ToArray(), mass => mass < 330 ? -1.0 : 1));
        var checks = Checks(weighted);
        checks.Withheld(1).ShouldNotBeNull().ShouldContain("events beside the window do not sum to more than 0");
        checks.Withheld(3).ShouldBeNull();
    }

    private static double Size(RandomStream random) => Math.Abs(random.NextGaussian());
}
