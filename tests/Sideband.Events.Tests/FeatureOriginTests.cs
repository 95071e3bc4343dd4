namespace Sideband.Events.Tests;

/// <summary>A table knows where its feature vectors were taken from for as long as they are those of that table.</summary>
public class FeatureOriginTests
{
    private static readonly EventTable Table = Make();

    private static EventTable Tracked => Table.WithFeatureRows();

    public static TheoryData<string, Func<EventTable>, int[]> Kept => new()
    {
        { "chosen", () => Tracked.Select([4, 1, 3]), [4, 1, 3] },
        { "chosen twice", () => Tracked.Select([4, 1, 3]).Select([2, 0]), [3, 4] },
        { "in other places", () => Table.WithContentOf(Tracked, [5, 4, 3, 2, 1, 0]), [5, 4, 3, 2, 1, 0] },
        { "joined", () => Tracked.Select([2]).Concat(Tracked.Select([5, 0])), [2, 5, 0] },
        { "weighted, moved and without labels", () => Tracked.Scaled(2).WithMass([1, 1, 1, 1, 1, 1]).WithoutLabels().Select([3]), [3] },
    };

    public static TheoryData<string, Func<EventTable>> Lost => new()
    {
        { "nobody asked", () => Table.Select([1]) },
        { "other features", () => Tracked.WithFeatures([Table.Feature(0).ToArray()]) },
        { "joined with another table's", () => Tracked.Concat(Make().WithFeatureRows()) },
        { "joined with one of unknown origin", () => Tracked.Concat(Table) },
        { "in canonical order, where zeros lose their sign", () => Tracked.Canonical() },
    };

    [Theory]
    [MemberData(nameof(Kept), DisableDiscoveryEnumeration = true)]
    public void Places_go_with_the_vectors(string how, Func<EventTable> made, int[] rows)
    {
        var events = made();
        events.FeatureOrigin.ShouldBeSameAs(Table, how);
        events.FeatureRows.ToArray().ShouldBe(rows, how);
        events.Feature(0).ToArray().ShouldBe([.. rows.Select(row => Table.Feature(0)[row])], how);
    }

    [Theory]
    [MemberData(nameof(Lost), DisableDiscoveryEnumeration = true)]
    public void Vectors_of_unknown_origin_have_none(string how, Func<EventTable> made)
    {
        made().FeatureOrigin.ShouldBeNull(how);
        made().FeatureRows.IsEmpty.ShouldBeTrue(how);
    }

    private static EventTable Make() => new(
        "m",
        [3, 1, 2, 6, 5, 4],
        ["x"],
        [[0.3f, -0f, 0.2f, 0.6f, 0.5f, 0.4f]],
        [EventSource.Simulated("origin")],
        new short[6],
        [0, 1, 2, 3, 4, 5],
        new byte[6]);
}
