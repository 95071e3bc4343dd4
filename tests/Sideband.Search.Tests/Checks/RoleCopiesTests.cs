using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Templates;

namespace Sideband.Search.Tests.Checks;

/// <summary>The same events in two roles, in other files than before.</summary>
public class RoleCopiesTests
{
    private static readonly EventTable Data = Tables.Make(Tables.Independent, 1, 4000);
    private static readonly EventTable Other = Tables.Make(Tables.Independent, 2, 4000);

    [Theory]
    [InlineData("mc", "what is made of the events that it is compared with proves nothing")]
    [InlineData("simulation", "what is made of the events that it is compared with proves nothing")]
    [InlineData("ideal_background", "what is made of the events that it is compared with proves nothing")]
    [InlineData("signal", "what is made of the events that it is compared with proves nothing")]
    [InlineData("test", "a classifier is not judged by events that it was trained on")]
    public void Data_that_were_saved_again_are_refused_in_every_other_role(string role, string why)
    {
        Message((InputRole.Data, Data), (new InputRole(role), SavedAgain(Data, 4000))).ShouldBe(
            $"{role}: 4000 of the 4000 events (another file) have the mass and the features of events of data (table); {why}: "
            + "give another sample");
        Message((InputRole.Data, Data), (new InputRole(role), Other.Concat(SavedAgain(Data, 100))))
            .ShouldStartWith($"{role}: 100 of the 4100 events (another file) have");
        Message((InputRole.Data, Data), (new InputRole(role), Other.Concat(SavedAgain(Data, 30)))).ShouldBe("");
    }

    [Fact]
    public void A_signal_that_is_few_of_a_samples_events_is_in_no_other_sample()
    {
        var signal = Tables.Make(Tables.Independent, 3, 30);
        EventTable With(EventTable background, string source) =>
            background.Labelled(0).Concat(Tables.From(source, signal).Labelled(1)).Canonical();

        var copies = Other.Concat(SavedAgain(signal, 30)).Canonical();
        Message((InputRole.Data, With(Data, "injected")), (InputRole.MonteCarlo, copies)).ShouldBe(
            "mc: of data 30 events have label 1 (injected), and 30 of them are in mc (another file), with the same mass and features; "
            + "what is made of the events that it is compared with proves nothing: give another sample");
        Message((InputRole.Data, Data.Concat(signal).Canonical()), (InputRole.Test, With(Other, "signal"))).ShouldStartWith(
            "test: of test 30 events have label 1 (signal), and 30 of them are in data (table), with the same mass and features; a ");
        Message((InputRole.Data, With(Data, "injected")), (InputRole.Injected, With(Other, "signal"))).ShouldBe("");
        Message((InputRole.Data, With(Data, "injected")), (InputRole.Test, Other.Labelled(0))).ShouldBe("");
    }

    [Fact]
    public void Masses_in_single_precision_do_not_hide_them() => Message(
        (InputRole.Data, Data),
        (InputRole.MonteCarlo, SavedAgain(Data.WithMass(Array.ConvertAll(Data.Mass.ToArray(), mass => (double)(float)mass)), 4000)))
        .ShouldStartWith("mc: 4000 of the 4000 events");

    [Fact]
    public void Copies_within_a_role_do_not_hide_them() => Message(
        (InputRole.Data, Data), (InputRole.Simulation, Other.Concat(SavedAgain(Other, 2000)).Concat(SavedAgain(Data, 1000))))
        .ShouldStartWith("simulation: 1000 of the 7000 events (another file) have");

    [Fact]
    public void Any_two_roles_are_compared_but_test_events_may_be_injected()
    {
        Message((InputRole.MonteCarlo, Data), (InputRole.Simulation, SavedAgain(Data, 4000))).ShouldStartWith("simulation: 4000 of");
        Message((InputRole.Signal, Data), (InputRole.Test, SavedAgain(Data, 4000))).ShouldStartWith("test: 4000 of");
        Message((InputRole.Test, Data), (InputRole.Injected, SavedAgain(Data, 4000))).ShouldBe("");
        Message((InputRole.Data, Data), (InputRole.Injected, SavedAgain(Data, 4000))).ShouldStartWith("inject --signal: 4000 of");
    }

    [Fact]
    public void Events_that_rounded_columns_make_alike_are_no_copies()
    {
        // Some 400 masses and 14 times 4 features matter: hundreds of events of one sample have an equal in the other.
        var (one, other) = (Tables.Rounded(Data, 1, 0.25), Tables.Rounded(Other, 1, 0.25));
        SharedEvents.Of(one, other).Count.ShouldBeGreaterThan(300);
        Message((InputRole.Data, one), (InputRole.MonteCarlo, other)).ShouldBe("");
        Message((InputRole.Data, one), (InputRole.MonteCarlo, SavedAgain(one, 4000))).ShouldStartWith("mc: 4000 of the 4000 events");
    }

    [Fact]
    public void A_search_is_refused_before_anything_is_planned() => Should.Throw<ConfigurationException>(() => Planner.Make(
        Tables.Settings("cwola", ("systematics", "mc")), Toy.Inputs(Data, SavedAgain(Data, 4000)))).Message.ShouldStartWith("mc: 4000 of");

    // Other source, other order, the first some.
    private static EventTable SavedAgain(EventTable events, int count) =>
        Tables.From("another file", events).Select([.. Enumerable.Range(0, count).Reverse()]);

    private static string Message(params (InputRole Role, EventTable? Events)[] tables)
    {
        try
        {
            RoleCopies.Refuse(SearchInputs.Of(tables, [], []));
            return "";
        }
        catch (ConfigurationException error)
        {
            return error.Message;
        }
    }
}
