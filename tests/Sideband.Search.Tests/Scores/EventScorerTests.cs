using Sideband.Events;
using Sideband.Search.Collect;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Scores;
using Sideband.Search.Store;
using Sideband.Search.Systematics;

namespace Sideband.Search.Tests.Scores;

/// <summary>A finished search's classifiers on its own events, and on others.</summary>
public sealed class EventScorerTests : IDisposable
{
    private static readonly EventTable Data = Toy.Background("scored", 6000).Canonical();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cwola")]
    [InlineData("anode")]
    [InlineData("lacathode")]
    [InlineData("combined cwola,lacathode,cathode scores")]
    [InlineData("combined cwola,anode scores")]
    [InlineData("cwola", "members", "3", "features_per_member", "1")]
    [InlineData("cwola", "members", "3", "features_per_member", "1", "classifier", "network", "profile", "quick")]
    public void Events_that_were_trained_on_have_the_scores_of_the_search(string method, params string[] more)
    {
        var (plan, store, scorer) = Search("0.1", method, more: more);
        var window = plan.Windows.Searched[1];
        var scores = scorer.Score(window, Data);
        var expected = new Dictionary<int, List<float>>();
        foreach (var run in WindowScores.Load(plan, store, ChainSample.Data, window).Runs)
        {
            foreach (var fold in run.Folds)
            {
                for (var i = 0; i < fold.InRegion.Indices.Length; i++)
                {
                    var row = run.Region.Rows[fold.InRegion.Indices[i]];
                    (expected.TryGetValue(row, out var list) ? list : expected[row] = []).Add(fold.InRegion.Scores[i]);
                }
            }
        }

        var inside = scores.Events.IndicesIn(window.SignalRegion);
        inside.Length.ShouldBe(expected.Count);
        foreach (var i in inside)
        {
            expected[scores.Events.Rows[i]].Count.ShouldBe(2);
            ((double)scores.Scores[i]).ShouldBe(expected[scores.Events.Rows[i]].Average(), 1e-6);
            scores.TrainedOn[i].ShouldBeTrue();
        }
    }

    [Fact]
    public void Other_background_passes_as_often_as_the_template()
    {
        var (plan, _, scorer) = Search("0.1", "cwola");
        var scores = scorer.Score(plan.Windows.Searched[1], Toy.Background("others", 8000));
        scores.TrainedOn.ShouldAllBe(trained => !trained);
        var point = scores.Efficiencies(null)[0];

        // 2000 events with an error of 0.007 each way: this sample's and that of the thresholds, of 2000 template events.
        point.Efficiency!.Value.ShouldBe(0.1, 0.04);
        point.Passing!.Value.ShouldBe(point.Efficiency.Value * point.Events, 1e-9);
        scores.Efficiencies(1)[0].ShouldBe(new ScoredEfficiency(0.1, 0, 0, null, null, "no events"));
    }

    [Fact]
    public void A_working_point_without_threshold_has_no_efficiency()
    {
        // Of some 500 template events in a fold, 0.1 are expected above the threshold.
        var (plan, _, scorer) = Search("0.1,0.0002", "cwola");
        var points = scorer.Score(plan.Windows.Searched[1], Toy.Background("others", 8000)).Efficiencies(null);
        points[0].Efficiency.ShouldNotBeNull();
        points[1].Efficiency.ShouldBeNull();
        points[1].Passing.ShouldBeNull();
        points[1].Reason!.ShouldStartWith("run 1, fold 1: ");
        points[1].Reason!.ShouldEndWith("template events expected above the threshold in a test fold; at least 1 needed");
    }

    [Fact]
    public void A_fold_without_classifier_leaves_no_efficiency()
    {
        var (plan, _, scorer) = Search("0.1", "cathode", new GaussianDensities(failure: "diverged"));
        var scores = scorer.Score(plan.Windows.Searched[0], Toy.Background("others", 1000));
        scores.Unscored.ShouldBe(1000);
        scores.Efficiencies(0)[0].Efficiency.ShouldBeNull();
        scores.Efficiencies(0)[0].Reason.ShouldBe("run 1, fold 1: density: diverged");
    }

    private (SearchPlan Plan, UnitStore Store, EventScorer Scorer) Search(
        string workingPoints, string method, GaussianDensities? densities = null, params string[] more)
    {
        var words = method.Split(' ');
        (string, string)[] combination = words is [_, var sources, var level] ? [("combine", sources), ("combine_level", level)] : [];
        var settings = Toy.Settings([
            ("method", words[0]), ("systematics", "none"), ("members", "1"), ("runs", "2"), ("working_points", workingPoints),
            .. combination, .. more.Chunk(2).Select(pair => (pair[0], pair[1]))]);
        var plan = Planner.Make(settings, Toy.Inputs(Data), densities ?? new GaussianDensities());
        var run = new SearchRun(plan, RunDirectory.Create(_folder.PathOf("run"), settings));
        run.Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        return (plan, UnitStore.Open(RunDirectory.Open(_folder.PathOf("run")).Item1.WorkFolder), run.Scorer());
    }
}
