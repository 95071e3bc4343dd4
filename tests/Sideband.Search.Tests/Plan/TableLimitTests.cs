using Sideband.Events;
using Sideband.Search.Plan;

namespace Sideband.Search.Tests.Plan;

/// <summary>Tables that something in a search cannot take: said before any training.</summary>
public sealed class TableLimitTests
{
    [Fact]
    public void One_event_far_from_all_others_is_refused_there_and_nowhere_else()
    {
        var data = Toy.Background("far", 4000);
        double[] masses = [.. data.Mass.ToArray().Order()];
        masses[^1] = 1e10;
        var far = data.WithMass(masses);
        Should.Throw<InputDataException>(() => Make(far, "sideband")).Message.ShouldMatch(
            "^systematics: 'sideband' draws masses of all events, and m runs from 3\\.\\d* to 1E\\+10, "
            + "so far that \\d{4} of 4000 masses cannot be told from a limit; give --mass-range$");
        Make(far, "none").Units.ShouldNotBeEmpty();
        Make(data, "sideband").Units.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("cwola", "trees", "features: 61 are given, and boosted trees take at most 60; --classifier network takes more")]
    [InlineData(
        "cathode", "network", "features: 61 are given, and boosted trees, which judge the template of method 'cathode', take at most 60")]
    public void More_features_than_trees_take_are_refused_before_any_training(string method, string classifier, string message)
    {
        var data = Toy.Background("wide", 4000);
        string[] names = [.. Enumerable.Range(0, 61).Select(i => FormattableString.Invariant($"x{i}"))];
        var wide = new EventTable(
            "m",
            data.Mass.ToArray(),
            names,
            [.. names.Select(_ => data.Feature(0).ToArray())],
            data.Sources,
            data.SourceIndex.ToArray(),
            data.Rows.ToArray());
        SearchPlan Make(string ofMethod, string by) => Planner.Make(
            Toy.Settings(("method", ofMethod), ("classifier", by), ("systematics", "none"), ("features", string.Join(',', names))),
            Toy.Inputs(wide));

        Should.Throw<ConfigurationException>(() => Make(method, classifier)).Message.ShouldBe(message);
        Make("cwola", "network").Units.ShouldNotBeEmpty();
    }

    private static SearchPlan Make(EventTable data, string systematics) =>
        Planner.Make(Toy.Settings(("method", "cathode"), ("systematics", systematics)), Toy.Inputs(data));
}
