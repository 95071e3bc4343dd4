using Sideband.Events;
using Sideband.Search.Plan;
using Sideband.Search.Systematics;
using Sideband.Search.Units;
using Sideband.Templates.Learned;

namespace Sideband.Search.Tests.Units;

/// <summary>Which units a search has, in which order, and what each needs.</summary>
public sealed class UnitFactoryTests
{
    private const int Windows = 3, Runs = 2, Folds = 3;

    private static readonly EventTable Data = Toy.Background("factory", 3000);

    private static readonly EventTable MonteCarlo = Toy.Background("factory mc", 3000);

    private static readonly EventTable Test = Toy.Background("factory test", 300).Concat(Toy.Signal("factory signal", 100));

    [Fact]
    public void A_learned_method_has_every_stage_of_every_sample_window_and_run()
    {
        var plan = Make(("method", "cathode"), ("systematics", "mc+sideband"));
        Count(plan, "density").ShouldBe(2 * Windows * Runs, "the sidebands share the data's");
        Count(plan, "quality").ShouldBe(2 * Windows * Runs);
        Count(plan, "sample").ShouldBe(3 * Windows * Runs);
        plan.Units.Count(unit => unit.Stage is FoldStage).ShouldBe(3 * Windows * Runs * Folds);
        Count(plan, "test").ShouldBe(Windows * Runs, "test events are scored by the data's folds alone");
        plan.Units.Count.ShouldBe((4 + 3 + 9 + 1) * Windows * Runs);
    }

    [Fact]
    public void Units_stand_by_stage_sample_window_run_and_fold()
    {
        var plan = Make(("method", "cathode"), ("systematics", "mc+sideband"));
        string[] stages = ["density", "quality", "sample", "fold", "test"];
        int[] Place(WorkUnit unit) =>
        [
            Array.IndexOf(stages, unit.Stage.Kind),
            ChainSample.All.Index().Single(entry => entry.Item == unit.Sample).Index,
            unit.Window.Number,
            unit.Run,
            unit.Stage is FoldStage fold ? fold.Fold : 0,
        ];

        var places = plan.Units.Select(Place).ToArray();
        places.ShouldBe(
            places.OrderBy(place => place[0])
                .ThenBy(place => place[1])
                .ThenBy(place => place[2])
                .ThenBy(place => place[3])
                .ThenBy(place => place[4]));
        plan.Units.Select(unit => unit.Index).ShouldBe(Enumerable.Range(1, plan.Units.Count));
        plan.Units.Select(unit => unit.Name).Distinct().Count().ShouldBe(plan.Units.Count);
        plan.Units.ShouldAllBe(unit => unit.Cost > 0);
    }

    [Fact]
    public void Units_need_what_their_stage_reads_of_their_own_window_and_run()
    {
        foreach (var method in (string[])["cathode", "lacathode", "anode"])
        {
            var plan = Make(("method", method), ("systematics", "mc+sideband"));
            foreach (var unit in plan.Units)
            {
                unit.Needs.Select(need => need.Stage.Name).ShouldBe(unit.Stage.Reads.Stages, unit.Name);
                unit.Needs.ShouldAllBe(need => need.Window.SignalRegion == unit.Window.SignalRegion && need.Run == unit.Run);
                unit.Needs.ShouldAllBe(need => need.Index < unit.Index);
                unit.Needs.ShouldAllBe(need => need.Sample == (need.Stage.DescribesSource ? unit.Sample.Origin : unit.Sample));
            }
        }
    }

    [Fact]
    public void The_sidebands_share_the_datas_density_and_nothing_else()
    {
        var plan = Make(("method", "cathode"), ("systematics", "sideband"));
        var samples = plan.Units.Where(unit => unit.Stage.Kind == "sample").ToLookup(unit => unit.Sample);
        var (sideband, data) = (samples[ChainSample.Sideband], samples[ChainSample.Data]);
        sideband.Select(unit => unit.Needs.Single()).ShouldBe(data.Select(unit => unit.Needs.Single()));
        sideband.Select(unit => unit.Key).Intersect(data.Select(unit => unit.Key)).ShouldBeEmpty();
        plan.Units.ShouldNotContain(unit => unit.Sample == ChainSample.Sideband && unit.Stage is DensityStage);
        var folds = plan.Units.Where(unit => unit.Stage is FoldStage && unit.Sample == ChainSample.Sideband).ToArray();
        folds.SelectMany(unit => unit.Needs).Where(unit => unit.Stage is not QualityStage).Distinct().ShouldBe(sideband);
        folds.SelectMany(unit => unit.Needs).Where(unit => unit.Stage is QualityStage).ShouldAllBe(unit => unit.Sample == ChainSample.Data);
    }

    [Fact]
    public void A_blind_search_scores_no_data()
    {
        var plan = Make(("method", "cathode"), ("systematics", "mc+sideband"), ("blind", "true"));
        var data = plan.Units.Where(unit => unit.Sample == ChainSample.Data);
        data.Select(unit => unit.Stage.Name).Distinct().ShouldBe(["density", "quality"]);
        plan.Units.Count(unit => unit.Stage is FoldStage).ShouldBe(2 * Windows * Runs * Folds);
        Count(plan, "test").ShouldBe(0);

        // The open search finds all of it again.
        var open = Make(("method", "cathode"), ("systematics", "mc+sideband"));
        plan.Units.Select(unit => unit.Key).ShouldBeSubsetOf(open.Units.Select(unit => unit.Key));
        Make(("systematics", "none"), ("blind", "true")).Units.ShouldBeEmpty();
    }

    [Fact]
    public void Labels_score_the_data_in_every_window_of_the_shift_once()
    {
        var plan = Make(("systematics", "labels"), ("windows", "4.5:5.5"), ("delta_sys_windows", "4:6:1:1"));
        plan.Units.ShouldAllBe(unit => unit.Sample == ChainSample.Data);
        plan.Units.Where(unit => unit.Stage is FoldStage).Select(unit => unit.Window.SignalRegion.Low).Distinct().ShouldBe([4.5, 3.5, 5.5]);
        plan.Units.Count(unit => unit.Stage is FoldStage).ShouldBe(Windows * Runs * Folds);
        plan.Rows.Select(row => row.Window.SignalRegion.Low).ShouldBe([4.5]);
        Make(("systematics", "none"), ("windows", "4.5:5.5")).Units.Count(unit => unit.Stage is FoldStage)
            .ShouldBe(Runs * Folds);
    }

    [Fact]
    public void A_given_template_has_folds_alone()
    {
        var plan = Planner.Make(Settings(("method", "ideal")), Toy.Inputs(Data, ideal: MonteCarlo));
        plan.Units.ShouldAllBe(unit => unit.Stage is FoldStage && unit.Needs.Count == 0);
        plan.Units.Count.ShouldBe(Windows * Runs * Folds);
        plan.ToCollect.ShouldBe(plan.Units);
    }

    [Fact]
    public void Results_need_no_sample_but_the_one_that_is_shown()
    {
        var plan = Make(("method", "cathode"), ("systematics", "mc+sideband"));
        var samples = plan.ToCollect.Where(unit => unit.Stage.IsIntermediate).ToArray();
        samples.ShouldBe(plan.Units.Where(unit => unit.Stage.Kind == "sample" && unit.Sample == ChainSample.Data && unit.Run == 1));
        plan.ToCollect.Count().ShouldBe(plan.Units.Count - (3 * Windows * Runs) + Windows);
    }

    private static int Count(SearchPlan plan, string stage) => plan.Units.Count(unit => unit.Stage.Kind == stage);

    private static Search.Settings.SearchSettings Settings(params (string, string)[] entries) => Toy.Settings([("runs", "2"), .. entries]);

    private static SearchPlan Make(params (string, string)[] entries) =>
        Planner.Make(Settings(entries), Toy.Inputs(Data, MonteCarlo, test: Test), new GaussianDensities());
}
