using Sideband.Events;
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
