using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Results;
using Sideband.Templates;

namespace Sideband.Search.Tests.Checks;

/// <summary>Events that are in a table twice, against equal ones that rounding makes.</summary>
public class CopyCheckTests
{
    [Theory]
    [InlineData(0.3)]
    [InlineData(0.001)]
    public void Copies_are_counted_and_widen_the_error_of_a_count(double fraction)
    {
        var events = Tables.Repeated(Tables.Make(Tables.Independent), fraction);
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(events));
        var copies = fraction * Tables.Count;

        // F = (N + 2 copies)/N of what is twice; shuffled copies meet by chance in two of 256.
        checks.CountVariance(InputRole.Data).ShouldBe(1 + (2 * copies / events.Count), 0.01 * fraction);
        var found = checks.Results.Single(result => result.Check == "copies");
        found.Value!.Value.ShouldBe(copies, 0.01 * copies);
        found.Outcome.ShouldBe(CheckResult.Warning);
        checks.Warnings.Single()
            .ShouldStartWith(FormattableString.Invariant($"data: {copies:0} pairs of events are equal in mass and all"));
    }

    [Theory]
    [InlineData(1, 0.1)]
    [InlineData(5, 0.1)]
    [InlineData(1, 1)]
    [InlineData(20, 1)]
    [InlineData(0.1, 3)]
    public void Rounded_tables_have_equal_events_and_no_copies(double massStep, double featureStep)
    {
        for (ulong seed = 1; seed <= 3; seed++)
        {
            var events = Tables.Rounded(Tables.Make(Tables.Independent, seed), massStep, featureStep);
            events.Identity.ToArray().Distinct().Count().ShouldBeLessThan(events.Count);
            var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(events));
            checks.Warnings.Where(line => !line.EndsWith("leave it out", StringComparison.Ordinal)).ShouldBeEmpty();
            checks.CountVariance(InputRole.Data).ShouldBe(1);
        }
    }

    [Fact]
    public void Copies_of_a_rounded_table_are_found_among_equal_events()
    {
        var once = Tables.Rounded(Tables.Make(Tables.Independent), 1, 0.1);
        var events = Tables.Repeated(once, 0.3);
        var variance = SearchChecks.Of(Tables.Settings(), Toy.Inputs(events)).CountVariance(InputRole.Data);

        // 12,000 copies of 52,000 events; pairs of equal events that are no copies multiply with them.
        variance.ShouldBe(1.46, 0.12);
    }

    [Fact]
    public void One_event_that_is_there_often_is_counted_as_that_and_nothing_is_claimed_beside_it()
    {
        var once = Tables.Make(Tables.Independent, count: 20_000);
        var row = once.CountIn(new MassInterval(double.NegativeInfinity, 360));
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(once.Concat(once.Select([.. Enumerable.Repeat(row, 399)]))));
        var found = checks.Results.Single(result => result is { Check: "copies", Window: null });
        found.Value!.Value.ShouldBe(400 * 399 / 2, 1);
        found.Reason.ShouldContain("79800 pairs of events are equal in mass and all features, where chance makes 0: ");
        checks.CountVariance(InputRole.Data).ShouldBe(1 + (2 * 79800.0 / 20_399), 1e-3);

        // At 360, in the middle of the second window; the strips of its neighbours end there.
        checks.Withheld(2).ShouldNotBeNull().ShouldContain("one event is there 400 times, where ");
        checks.Withheld(4).ShouldBeNull();
    }

    [Fact]
    public void Copies_among_many_events_that_are_equal_by_chance_cannot_be_told_and_nothing_is_claimed()
    {
        var once = Tables.Rounded(Tables.Make(Tables.Independent), 1, 1);
        SearchChecks.Of(Tables.Settings(), Toy.Inputs(once)).Withheld(1).ShouldBeNull();
        SearchChecks.Of(Tables.Settings(), Toy.Inputs(Tables.Repeated(once, 0.3))).Withheld(1)
            .ShouldNotBeNull().ShouldContain("which are copies cannot be told");
    }

    [Fact]
    public void Equal_events_have_an_identity_each_unless_some_are_copies()
    {
        static int Identities(EventTable events) => Toy.Inputs(events).Data.Identity.ToArray().Distinct().Count();
        var rounded = Tables.Rounded(Tables.Make(Tables.Independent), 1, 0.1);
        Identities(rounded).ShouldBe(Tables.Count);
        Identities(Tables.Repeated(Tables.Make(Tables.Independent), 0.3)).ShouldBe(Tables.Count);
        Identities(Tables.Repeated(rounded, 0.3)).ShouldBeLessThan(Tables.Count);
    }

    [Fact]
    public void Every_role_is_looked_at_and_its_weights_are_summed()
    {
        var events = Tables.Make(Tables.Independent, count: 3000);
        var weighted = events.Scaled(2).Select([.. Enumerable.Range(0, 1500)])
            .Concat(events.Scaled(-1).Select([.. Enumerable.Range(1500, 500)]));
        var checks = SearchChecks.Of(Tables.Settings(), Toy.Inputs(events, monteCarlo: weighted));
        checks.Roles.ShouldBe(
        [
            new RoleResult("data", 3000, 3000, 0, 3000, 1),

            // 3000 and -500 of 3500; 2500^2/(4 x 1500 + 500).
            new RoleResult("mc", 2000, 2500, 1.0 / 7, 2500.0 * 2500 / 6500, 1),
        ]);
    }
}
