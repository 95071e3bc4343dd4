using Sideband.Events;
using Sideband.Events.Readers;
using Sideband.Events.Writers;
using Sideband.Search.Collect;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Scoring;

namespace Sideband.Search.Tests.Units;

/// <summary>An event without a score passes no cut, not even one at 0, which is the score that stands in its place.</summary>
public sealed class UndefinedScoresTests
{
    [Fact]
    public void Undefined_scores_pass_no_cut()
    {
        var scores = new ScoredRows([0, 0.5f, 0], [2]);
        scores.Passing(0).ShouldBe([true, true, false]);
        scores.Passing(0.5f).ShouldBe([false, true, false]);
        scores.Scores.ShouldBe([0, 0.5f, 0]);
    }

    [Fact]
    public void Events_without_an_image_are_told_once_a_run_and_change_no_product_without_them()
    {
        var none = new EventTable("m", [], ["x"], [[]], [], [], [], []);
        byte[] Packed(FoldProduct product)
        {
            using var stream = new MemoryStream();
            using (var archive = new NpzWriter(stream))
            {
                product.Pack(archive);
            }

            return stream.ToArray();
        }

        var packed = Packed(new FoldProduct { LeftOut = 7 });
        Packed(new FoldProduct()).Length.ShouldBeLessThan(packed.Length);
        using var file = NpzFile.Open(new MemoryStream(packed, writable: false), "fold");
        var product = FoldProduct.Unpack(file);
        product.LeftOut.ShouldBe(7);
        FoldScores[] folds = [.. Enumerable.Repeat(new FoldScores(null!, product, [], new RegionScores(none, [], [], [])), 3)];
        var window = new MassWindow(1, new MassInterval(4.5, 5.5));
        FailureCollector.Of(new WindowScores(ChainSample.Data, window, none, [new RunScores(1, none, none, folds)]))
            .Select(failure => failure.Reason)
            .ShouldBe(["7 events of the template, counted over runs and transports, have no image: they are left out"]);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void They_count_among_all_events_of_the_region_and_never_among_those_that_pass(bool scoresRegionAlone)
    {
        // Scored: one event below the window, three in it, one above.
        double[] masses = [3, 4.6, 4.8, 5.2, 7];
        var all = new EventTable(
            "m", masses, ["x"], [[0, 0, 0, 0, 0]], [EventSource.Simulated("table")], new short[5], [0, 1, 2, 3, 4], new byte[5]);
        var region = all.Select([1, 2, 3]);
        var product = scoresRegionAlone
            ? new FoldProduct { DataScores = [0, 0, 0.5f], UndefinedData = [1] }
            : new FoldProduct { DataScores = [0, 0, 0, 0.5f, 0], UndefinedData = [0, 2] };
        int[] ofFold = scoresRegionAlone ? [0, 1, 2] : [0, 1, 2, 3, 4];
        var found = RegionScores.Of(
            product, scoresRegionAlone ? region : all, region, new MassWindow(1, new MassInterval(4.5, 5.5)), ofFold);
        found.Undefined.ShouldBe([1]);
        foreach (var backgroundOnly in (bool[])[false, true])
        {
            var distribution = found.Distribution(backgroundOnly);
            (distribution.Total.Events, distribution.Passing(0).Events, distribution.Passing(0.5f).Events).ShouldBe((3, 2, 1));
        }
    }
}
