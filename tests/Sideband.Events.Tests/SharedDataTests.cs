namespace Sideband.Events.Tests;

/// <summary>The large simulated samples, against the figures of their own description (../shared/data/README.md).</summary>
public class SharedDataTests
{
    private static readonly MassInterval SignalRegion = new(3.3, 3.7);

    /// <summary>The description gives medians to three or four digits: half a unit of the last.</summary>
    [Theory]
    [InlineData("qcd_pythia.features.h5", 1_000_000, 133_835, 0.1076, 0.1233, 0.580, 0.489)]
    [InlineData("signal_xy_3500_500_100.features.h5", 100_000, 83_484, 0.1102, 0.3841, 0.383, 0.190)]
    public void Counts_and_medians_in_the_signal_region(
        string name, int rows, int inside, double mj1, double deltaMj, double first, double second)
    {
        var loaded = EventReader.Load(
            new EventFileSpec(Fixtures.SharedPath(name)), new ColumnRequest("mjj", FeatureSets.Resolve("baseline")));
        loaded.Account.RowsInFile.ShouldBe(rows);
        loaded.Account.Used.ShouldBe(rows);
        var events = loaded.Events.In(SignalRegion);
        events.Count.ShouldBe(inside);
        Median(events.Feature(0)).ShouldBe(mj1, 0.00005);
        Median(events.Feature(1)).ShouldBe(deltaMj, 0.00006);
        Median(events.Feature(2)).ShouldBe(first, 0.0006);
        Median(events.Feature(3)).ShouldBe(second, 0.0006);
    }

    /// <summary>
    /// The description gives correlations to three decimals; it divides by tau1 + 1e-5, which moves tau21's by less than that.
    /// </summary>
    [Fact]
    public void Correlations_with_the_mass()
    {
        var path = Fixtures.SharedPath("qcd_pythia.features.h5");
        var loaded = EventReader.Load(new EventFileSpec(path), new ColumnRequest("mjj", FeatureSets.Resolve("baseline+delta_r")));
        var correlations = FeatureMassCorrelation.Of(loaded.Events, [new(0, 100)]);
        double[] expected = [0.110, 0.137, -0.049, -0.070, 0.721];
        for (var i = 0; i < expected.Length; i++)
        {
            correlations[i].Pearson!.Value.ShouldBe(expected[i], 0.001);
        }
    }

    private static double Median(ReadOnlySpan<float> values)
    {
        var sorted = values.ToArray();
        Array.Sort(sorted);
        return sorted[sorted.Length / 2];
    }
}
