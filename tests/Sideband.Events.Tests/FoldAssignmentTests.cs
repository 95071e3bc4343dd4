namespace Sideband.Events.Tests;

/// <summary>Folds follow from seed, run and the event's identity alone.</summary>
public sealed class FoldAssignmentTests
{
    private const int Events = 100_000;

    private static readonly EventSource Source = EventSource.Simulated("one");

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    [InlineData(7)]
    [InlineData(100)]
    public void Folds_are_uniform(int folds)
    {
        var counts = new int[folds];
        var assignment = new FoldAssignment(1, 1, folds);
        for (var row = 0; row < Events; row++)
        {
            counts[assignment.Of(Source.Key, row)]++;
        }

        // Binomial; 5 sigma, so that not even one of 114 counts should fail by chance (p = 6e-7 each). The rows and the seed are fixed anyway.
        var (mean, p) = ((double)Events / folds, 1.0 / folds);
        counts.ShouldAllBe(count => Math.Abs(count - mean) < 5 * Math.Sqrt(Events * p * (1 - p)));
    }

    [Fact]
    public void Neighbouring_rows_and_other_runs_and_sources_are_independent()
    {
        var reference = Folds(1, 1, Source);
        ShouldBeIndependent(reference[1..], reference[..^1]);
        ShouldBeIndependent(reference, Folds(1, 2, Source));
        ShouldBeIndependent(reference, Folds(2, 1, Source));
        ShouldBeIndependent(Folds(2, 1, Source), Folds(1, 2, Source));
        ShouldBeIndependent(reference, Folds(1, 1, EventSource.Simulated("two")));
    }

    [Fact]
    public void Neither_the_files_name_nor_other_events_matter()
    {
        var assignment = new FoldAssignment(3, 2, 5);
        var table = Table(new EventSource("a.h5", Source.Sha256), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9]);
        var all = assignment.Of(table);
        assignment.Of(Table(new EventSource("renamed.h5", Source.Sha256), [0, 1, 2, 3, 4, 5, 6, 7, 8, 9])).ShouldBe(all);
        assignment.Of(table.Select([7, 3])).ShouldBe([all[7], all[3]]);
        assignment.Of(Table(Source, [8]).Concat(Table(EventSource.Simulated("two"), [8])))[0].ShouldBe(all[8]);
    }

    [Fact]
    public void The_folds_of_a_seed_never_change()
    {
        // Computed in Python by the same definition. A change here changes every result: raise the engine version of the work units with it.
        var assignment = new FoldAssignment(1, 1, 5);
        Enumerable.Range(0, 12).Select(row => assignment.Of(0x0123456789ABCDEF, row)).ShouldBe(Frozen);
    }

    private static readonly int[] Frozen = [2, 2, 1, 2, 1, 4, 1, 0, 1, 3, 1, 1];

    [Fact]
    public void One_fold_is_no_cross_validation() => Should.Throw<ArgumentOutOfRangeException>(() => new FoldAssignment(1, 1, 1));

    private static int[] Folds(ulong seed, int run, EventSource source)
    {
        var assignment = new FoldAssignment(seed, run, 5);
        return [.. Enumerable.Range(0, Events).Select(row => assignment.Of(source.Key, row))];
    }

    // Equal folds in a fifth of the events, within 5 sigma.
    private static void ShouldBeIndependent(int[] first, int[] second)
    {
        var equal = first.Zip(second).Count(pair => pair.First == pair.Second);
        Math.Abs(equal - (0.2 * first.Length)).ShouldBeLessThan(5 * Math.Sqrt(first.Length * 0.2 * 0.8));
    }

    private static EventTable Table(EventSource source, int[] rows) => new(
        "m", new double[rows.Length], ["x"], [new float[rows.Length]], [source], new short[rows.Length], rows);
}
