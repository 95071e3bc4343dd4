namespace Sideband.Events.Tests;

/// <summary>Folds follow from seed, run and the event's identity alone.</summary>
public sealed class FoldAssignmentTests
{
    private const int Events = 100_000;

    private static readonly int[] Frozen = [1, 2, 1, 2, 0, 4, 3, 1, 0, 2, 3, 3];

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(100)]
    public void Folds_are_uniform(int folds)
    {
        var counts = new int[folds];
        foreach (var fold in new FoldAssignment(1, 1, folds).Of(Table(0)))
        {
            counts[fold]++;
        }

        // Binomial; 5 sigma, so that not even one of 114 counts should fail by chance (p = 6e-7 each). The events and the seed are fixed
        // anyway.
        var (mean, p) = ((double)Events / folds, 1.0 / folds);
        counts.ShouldAllBe(count => Math.Abs(count - mean) < 5 * Math.Sqrt(Events * p * (1 - p)));
    }

    [Fact]
    public void Neighbouring_events_and_other_runs_seeds_and_features_are_independent()
    {
        var reference = Folds(1, 1, 0);
        ShouldBeIndependent(reference[1..], reference[..^1]);
        ShouldBeIndependent(reference, Folds(1, 2, 0));
        ShouldBeIndependent(reference, Folds(2, 1, 0));
        ShouldBeIndependent(Folds(2, 1, 0), Folds(1, 2, 0));
        ShouldBeIndependent(reference, Folds(1, 1, 1));
    }

    [Fact]
    public void Neither_the_source_nor_the_row_nor_other_events_matter()
    {
        var assignment = new FoldAssignment(3, 2, 5);
        var table = Table(0);
        var all = assignment.Of(table);
        assignment.Of(table.Select([7, 3])).ShouldBe([all[7], all[3]]);
        var moved = new EventTable(
            "m",
            table.Mass.ToArray(),
            ["x"],
            [table.Feature(0).ToArray()],
            [EventSource.Simulated("two")],
            new short[Events],
            [.. Enumerable.Range(0, Events).Reverse()]);
        assignment.Of(moved).ShouldBe(all);
        assignment.Of(moved.Concat(table))[Events..].ShouldBe(all);
    }

    [Fact]
    public void Equal_events_that_are_no_copies_have_folds_of_their_own_in_any_order()
    {
        static EventTable Equal(params double[] masses) => new(
            "m", masses, ["x"], [[.. masses.Select(_ => 1f)]], [EventSource.Simulated("one")], new short[masses.Length],
            [.. Enumerable.Range(0, masses.Length)]);

        var events = Equal([.. Enumerable.Range(0, 10_000).Select(i => (double)(i % 10))]).Canonical();
        var assignment = new FoldAssignment(1, 1, 5);
        assignment.Of(events).Chunk(1000).ShouldAllBe(folds => folds.Distinct().Count() == 1);
        var apart = events.WithEqualEventsApart();
        apart.Identity.ToArray().Distinct().Count().ShouldBe(10_000);
        apart.Identity.ToArray().Intersect(events.Identity.ToArray()).Count().ShouldBe(10);

        // Binomial with a deviation of 12.6.
        assignment.Of(apart).Chunk(1000).ShouldAllBe(folds => folds.CountBy(fold => fold).All(fold => Math.Abs(fold.Value - 200) < 63));
        var reversed = Equal([.. events.Mass.ToArray().Reverse()]).Canonical().WithEqualEventsApart();
        reversed.Identity.SequenceEqual(apart.Identity).ShouldBeTrue();

        var different = Equal(1, 2, 3).Canonical();
        different.WithEqualEventsApart().ShouldBeSameAs(different);
        Should.Throw<InvalidOperationException>(() => Equal(1, 1).WithEqualEventsApart());
    }

    [Fact]
    public void The_folds_of_a_seed_never_change()
    {
        // Computed in Python by the same definition. A change here changes every result: raise the engine version of the work units with
        // it.
        var assignment = new FoldAssignment(1, 1, 5);
        Enumerable.Range(0, 12).Select(identity => assignment.Of((ulong)identity)).ShouldBe(Frozen);
    }

    [Fact]
    public void One_fold_is_no_cross_validation() => Should.Throw<ArgumentOutOfRangeException>(() => new FoldAssignment(1, 1, 1));

    private static byte[] Folds(ulong seed, int run, float feature) => [.. new FoldAssignment(seed, run, 5).Of(Table(feature))];

    // Equal folds in a fifth of the events, within 5 sigma.
    private static void ShouldBeIndependent(byte[] first, byte[] second)
    {
        var equal = first.Zip(second).Count(pair => pair.First == pair.Second);
        Math.Abs(equal - (0.2 * first.Length)).ShouldBeLessThan(5 * Math.Sqrt(first.Length * 0.2 * 0.8));
    }

    // Masses in steps of 1/1000, one feature that all events share.
    private static EventTable Table(float feature) => new(
        "m",
        [.. Enumerable.Range(0, Events).Select(i => 3 + (i / 1000.0))],
        ["x"],
        [[.. Enumerable.Repeat(feature, Events)]],
        [EventSource.Simulated("one")],
        new short[Events],
        [.. Enumerable.Range(0, Events)]);
}
