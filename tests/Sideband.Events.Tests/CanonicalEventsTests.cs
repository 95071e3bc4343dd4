using Sideband.Numerics;

namespace Sideband.Events.Tests;

/// <summary>The same events in another order are the same table, and an event is known by what it is.</summary>
public sealed class CanonicalEventsTests
{
    private const int Count = 2000;

    [Fact]
    public void Any_order_of_the_same_events_is_one_table()
    {
        // Masses and features on a coarse grid, so that ties reach down to label and weight, with missing values and both zeros.
        var table = Table("order");
        var reference = table.Canonical();
        for (var trial = 0; trial < 5; trial++)
        {
            int[] order = [.. Enumerable.Range(0, Count)];
            RandomStream.For(7, "order", $"{trial}").Shuffle<int>(order);
            var other = table.Select(order).Canonical();
            other.Mass.ToArray().ShouldBe(reference.Mass.ToArray());
            other.Feature(0).ToArray().ShouldBe(reference.Feature(0).ToArray());
            other.Feature(1).ToArray().ShouldBe(reference.Feature(1).ToArray());
            other.Labels.ToArray().ShouldBe(reference.Labels.ToArray());
            other.Weights.ToArray().ShouldBe(reference.Weights.ToArray());
            other.Identity.ToArray().ShouldBe(reference.Identity.ToArray());
            other.Fingerprint().ShouldBe(reference.Fingerprint());
        }

        // Halves that are joined again, whichever comes first.
        var halves = table.Select([.. Enumerable.Range(Count / 2, Count / 2)]).Concat(table.Select([.. Enumerable.Range(0, Count / 2)]));
        halves.Canonical().Fingerprint().ShouldBe(reference.Fingerprint());
    }

    [Fact]
    public void Events_stand_in_the_order_mass_features_label_weight()
    {
        var table = Table("sorted").Canonical();
        for (var i = 1; i < table.Count; i++)
        {
            Key(table, i - 1).CompareTo(Key(table, i)).ShouldBeLessThanOrEqualTo(0, $"event {i}");
        }

        table.IsSortedByMass.ShouldBeTrue();
        table.Mass.ToArray().ShouldAllBe(mass => !double.IsNegative(mass) || mass < 0);

        static (double, double, double, byte, double) Key(EventTable events, int i) =>
            (events.Mass[i], Last(events.Feature(0)[i]), Last(events.Feature(1)[i]), events.Labels[i], events.Weights[i]);

        static double Last(float value) => float.IsNaN(value) ? double.MaxValue : value;
    }

    [Fact]
    public void A_window_of_sorted_events_is_what_looking_at_each_gives()
    {
        var table = Table("windows");
        var sorted = table.Canonical();
        MassInterval[] intervals = [new(1, 3), new(-5, 0.5), new(2, 2.25), new(9, 12), new(3.5, double.PositiveInfinity)];
        foreach (var interval in intervals)
        {
            sorted.In(interval).Fingerprint()
                .ShouldBe(table.In(interval).Canonical().Fingerprint());
            int[] inside = [.. Enumerable.Range(0, table.Count).Where(row => interval.Contains(table.Mass[row]))];
            (sorted.CountIn(interval), table.CountIn(interval)).ShouldBe((inside.Length, inside.Length));
            table.IndicesOutside(interval).ShouldBe(Enumerable.Range(0, table.Count).Except(inside));
        }
    }

    [Fact]
    public void Identity_is_the_content_and_stays_with_an_event()
    {
        // Computed in Python by the same definition: mass 3.5, features 0.25 and -1.
        Identity(3.5, 0.25f, -1).ShouldBe(0x27644B52F7CF39C1UL);
        Identity(0, 0, float.NaN).ShouldBe(Identity(-0.0, -0f, BitConverter.UInt32BitsToSingle(0xFFC00001)));
        var table = Table("identity");
        var copies = table.Select([5, 5, 9]);
        copies.Identity[0].ShouldBe(copies.Identity[1]);
        copies.Identity[2].ShouldBe(table.Identity[9]);
        copies.WithFeatures([[1, 2, 3], [4, 5, 6]]).Identity.ToArray().ShouldBe(copies.Identity.ToArray());
        new FoldAssignment(1, 1, 5).Of(copies)[0].ShouldBe(new FoldAssignment(1, 1, 5).Of(copies)[1]);
    }

    [Fact]
    public void Whatever_becomes_of_a_table_each_event_keeps_the_identity_it_was_read_with()
    {
        var read = Table("kept");
        ulong[] asRead = [.. read.Identity];

        EventTable Fresh() => Table("kept");
        EventTable[] made =
        [
            Fresh(), Fresh().Canonical(), Fresh().Canonical().In(new MassInterval(-1, 3)), Fresh().Select([7, 7, 2, 40]),
            Fresh().Canonical().In(new MassInterval(-1, 1)).Concat(Fresh().Canonical().In(new MassInterval(2, 4))),
            Fresh().WithMass(new double[Count]).Select([3, 1]),
            Fresh().WithMass(new double[Count]).Canonical(),
            Fresh().WithMass(new double[Count]).Concat(Fresh()),
            Fresh().WithFeatures([new float[Count], new float[Count]]).Canonical().In(new MassInterval(-1, 3)),
            Fresh().WithFeatures([new float[Count], new float[Count]]).WithWeights(new double[Count]).Select([5, 6, 30]),
        ];
        foreach (var table in made)
        {
            // Before the whole column is asked for, and after.
            var (some, again) = (new ulong[table.Count - 1], new ulong[table.Count - 1]);
            table.CopyIdentity(1, some);
            var expected = Array.ConvertAll(table.Rows.ToArray(), row => asRead[row]);
            some.ShouldBe(expected[1..]);
            table.Identity.ToArray().ShouldBe(expected);
            table.CopyIdentity(1, again);
            again.ShouldBe(some);
        }
    }

    [Fact]
    public void Content_that_moves_to_other_masses_takes_its_identity_and_label_along()
    {
        var table = Table("content").Canonical();
        int[] order = [.. Enumerable.Range(0, Count).Reverse()];
        var moved = table.WithContentOf(table, order);
        moved.Mass.ToArray().ShouldBe(table.Mass.ToArray());
        moved.Weights.ToArray().ShouldBe(table.Weights.ToArray());
        moved.Feature(1).ToArray().ShouldBe(table.Feature(1).ToArray().Reverse());
        moved.Labels.ToArray().ShouldBe(table.Labels.ToArray().Reverse());
        moved.Identity.ToArray().ShouldBe(table.Identity.ToArray().Reverse());
    }

    [Fact]
    public void A_table_in_order_that_gets_other_features_is_put_in_order_again()
    {
        var table = Table("again").Canonical();
        float[][] turned = [[.. table.Feature(1)], [.. table.Feature(0)]];
        var changed = table.WithFeatures(turned);
        changed.IsSortedByMass.ShouldBeTrue();
        changed.Canonical().Fingerprint().ShouldBe(table.Select([.. Enumerable.Range(0, Count).Reverse()])
            .WithFeatures([[.. turned[0].Reverse()], [.. turned[1].Reverse()]]).Canonical().Fingerprint());
    }

    private static EventTable Table(string name)
    {
        var random = RandomStream.For(3, name);
        double Coarse(int values) => Math.Round((values * random.NextDouble()) - (values / 4.0)) / 4;
        float Feature() => random.NextInt(20) == 0 ? float.NaN : (float)Coarse(8);
        return new EventTable(
            "m",
            [.. Enumerable.Range(0, Count).Select(_ => Coarse(30))],
            ["x", "y"],
            [[.. Enumerable.Range(0, Count).Select(_ => Feature())], [.. Enumerable.Range(0, Count).Select(_ => Feature())]],
            [EventSource.Simulated(name)],
            new short[Count],
            [.. Enumerable.Range(0, Count)],
            [.. Enumerable.Range(0, Count).Select(_ => (byte)random.NextInt(2))],
            [.. Enumerable.Range(0, Count).Select(_ => 1.0 + random.NextInt(3))]);
    }

    private static ulong Identity(double mass, float first, float second) =>
        new EventTable("m", [mass], ["x", "y"], [[first], [second]], [new EventSource("one", new string('0', 64))], [0], [0]).Identity[0];
}
