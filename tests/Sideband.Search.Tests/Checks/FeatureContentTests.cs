using Sideband.Events;
using Sideband.Search.Checks;
using Sideband.Search.Plan;
using Sideband.Search.Results;

namespace Sideband.Search.Tests.Checks;

/// <summary>Features that a background sample does not have as the data have them.</summary>
public class FeatureContentTests
{
    private static readonly EventTable Data = Tables.Make(Tables.Independent, 1, 4000);

    // y is uniform.
    private static readonly EventTable Good = Tables.From("file", Tables.Make(Tables.Independent, 2, 5000));

    [Theory]
    [InlineData("mc", 0)]
    [InlineData("simulation", 0)]
    [InlineData("ideal_background", float.NaN)]
    public void A_feature_that_a_background_sample_does_not_fill_is_refused(string role, float value)
    {
        var bad = Changed(Good, _ => value);
        var inputs = Toy.Inputs(
            Data,
            role == "mc" ? bad : null,
            simulation: role == "simulation" ? bad : null,
            ideal: role == "ideal_background" ? bad : null);
        Should.Throw<InputDataException>(() => FeatureContent.Refuse(inputs)).Message.ShouldBe(
            $"{role}: feature 'y' is {value} in all 5000 events of file, and in 0 % of those of data; "
            + "give a file that has it, or leave it out of --features");
        Should.Throw<InputDataException>(() => Planner.Make(Tables.Settings(), inputs)).Message.ShouldStartWith(role + ": feature 'y'");
        FeatureContent.Refuse(Toy.Inputs(Data, Good));
    }

    [Fact]
    public void One_of_several_files_that_does_not_fill_it_is_refused_and_one_that_has_a_frequent_value_alone_is_not()
    {
        var another = new EventTable(
            "m", [300], ["x", "y"], [[1], [1]], [EventSource.Simulated("another")], [0], [0]).Select(new int[100]);
        Should.Throw<InputDataException>(() => FeatureContent.Refuse(Toy.Inputs(Data, Good.Concat(another)))).Message
            .ShouldStartWith("mc: feature 'x' is 1 in all 100 events of another, and in 0 % of those of data");

        // 99 % of the data are 1: of 100 events all are with a probability of 0.37.
        static EventTable Mostly(EventTable events) => Changed(Changed(events, y => y < 0.99 ? 1 : 2), _ => 1, feature: 0);
        FeatureContent.Refuse(Toy.Inputs(Mostly(Data), Mostly(Good).Concat(another)));
    }

    [Fact]
    public void A_feature_of_the_data_that_does_not_vary_is_named_whatever_the_method()
    {
        var found = FeatureContent.Of(Toy.Inputs(Changed(Data, _ => 3), Changed(Good, _ => 3))).ToArray();
        found.Select(result => (result.Role, result.Feature, result.Outcome)).ShouldBe(
            [("data", "y", CheckResult.Warning), ("mc", null, CheckResult.Ok)]);
        found[0].Reason.ShouldBe("data: feature 'y' is 3 in all 4000 events; leave it out");
        SearchChecks.Of(Tables.Settings(), Toy.Inputs(Changed(Data, _ => float.NaN))).Warnings
            .ShouldBe(["data: feature 'y' is NaN in all 4000 events; leave it out"]);
    }

    [Theory]
    [InlineData(1e6, "steps of 0.062; the middle half of the events is 0.5 wide")]
    [InlineData(-3e7, "steps of 2; the middle half of the events is 2 wide")]
    [InlineData(1e3, null)]
    public void A_feature_of_the_data_that_single_precision_rounds_is_named(double offset, string? words)
    {
        // y is uniform between 0 and 1.
        var found = FeatureContent.Of(Toy.Inputs(Changed(Data, y => (float)(offset + y + (offset < 0 ? 3 * y : 0))))).Single();
        found.Outcome.ShouldBe(words is null ? CheckResult.Ok : CheckResult.Warning);
        found.Reason.ShouldContain(words ?? "data: every feature varies");
    }

    [Fact]
    public void Whole_numbers_that_single_precision_has_are_not_rounded() =>
        FeatureContent.Of(Toy.Inputs(Changed(Data, y => 1e6f + MathF.Floor(3 * y)))).Single().Outcome.ShouldBe(CheckResult.Ok);

    [Fact]
    public void Other_units_other_rounding_and_missing_values_are_warned_of()
    {
        Words(Data, Changed(Good, y => y + 2)).ShouldMatch(
            "^mc, file: feature 'y' runs from 2[.0-9]* to 2.99[0-9]*, and that of data from [^ ]* to 0.99[^ ]*: are the units ");
        Words(Changed(Data, y => MathF.Round(y, 1)), Good).ShouldMatch(
            "^mc, file: feature 'y' has [34][0-9]* different values where as many events of data have 11: is it rounded in one of ");
        Words(Data, Changed(Good, y => MathF.Round(y, 3)))
            .ShouldMatch("^mc, file: feature 'y' has 9[0-9]* different values where as many events of data have (39..|4000): ");
        Words(Data, Changed(Good, y => y < 0.1 ? float.NaN : y)).ShouldMatch(
            "^mc, file: feature 'y' is missing in (9|10)[.0-9]* % of its events, and in 0 % of those of data$");
    }

    [Fact]
    public void A_value_that_one_of_two_samples_has_alone_is_warned_of() =>
        Words(Data, Changed(Good, y => y < 0.02 ? -999 : y)).ShouldMatch(
            "^mc, file: feature 'y' is -999 in (1.[6-9]|2)[.0-9]* % of its events, and in 0 % of those of data$");

    [Fact]
    public void A_file_of_the_data_that_does_not_fill_a_feature_is_warned_of()
    {
        var half = Data.Concat(Changed(Good, _ => 0)).Canonical();
        FeatureContent.Of(Toy.Inputs(half)).Single(result => result.Outcome == CheckResult.Warning).Reason.ShouldMatch(
            "^data: feature 'y' is 0 in all 5000 events of file, and in 55.6 % of those of data: "
            + "files of one sample need the same content$");
    }

    [Fact]
    public void A_signal_that_does_not_fill_a_feature_or_has_it_in_other_units_is_warned_of()
    {
        string[] Said(EventTable signal) => [.. FeatureContent.Of(Toy.Inputs(Data, signal: signal))
            .Where(result => result.Outcome == CheckResult.Warning).Select(result => result.Reason)];
        Said(Good).ShouldBeEmpty();
        Said(Changed(Good, _ => 0.5f)).Single().ShouldBe(
            "signal: feature 'y' is 0.5 in all 5000 events of file, and in 0 % of those of data");
        Said(Changed(Good, y => 1000 + y)).Single().ShouldStartWith("signal: feature 'y' runs from 1000");
    }

    [Fact]
    public void Nothing_is_said_of_samples_that_are_like_the_data()
    {
        Words(Data, Good).ShouldBeEmpty();
        Words(Data, Changed(Good, y => MathF.Round(y, 4))).ShouldBeEmpty();
        EventTable Step(EventTable events) => Changed(events, y => y < 0.9 ? 0 : y);
        Words(Step(Data), Step(Good)).ShouldBeEmpty();
    }

    private static string Words(EventTable data, EventTable monteCarlo) => FeatureContent.Of(Toy.Inputs(data, monteCarlo))
        .SingleOrDefault(result => result.Outcome == CheckResult.Warning)?.Reason ?? "";

    private static EventTable Changed(EventTable events, Func<float, float> change, int feature = 1) => events.WithFeatures(
    [
        .. Enumerable.Range(0, events.FeatureNames.Count).Select(f => f == feature
            ? Array.ConvertAll(events.Feature(f).ToArray(), value => change(value))
            : events.Feature(f).ToArray()),
    ]);
}
