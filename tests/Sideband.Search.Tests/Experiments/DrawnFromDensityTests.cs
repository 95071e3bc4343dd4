using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Store;
using Sideband.Search.Units;
using Sideband.Templates.Learned;

namespace Sideband.Search.Tests.Experiments;

/// <summary>Pseudo-experiments from a density of the data that has not seen the window of the largest S.</summary>
public sealed class DrawnFromDensityTests : IDisposable
{
    private static readonly EventTable Background = Toy.Background("drawn", 6000, slope: 0.3).Canonical();

    // Window 2 has 200 signal events, all at x and y near 1.5.
    private static readonly EventTable Data = Background.Concat(Toy.Signal("drawn signal", 200)).Canonical();

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData("cwola")]
    [InlineData("cathode")]
    public void The_chain_runs_on_the_datas_masses_with_features_of_a_density_without_the_window_of_the_largest_S(string method)
    {
        var (plan, run, directory) = Search(Toy.Settings(("method", method), ("systematics", "none"), ("members", "1")), Data);
        var request = run.Requests.Completed(new CalibrationRequest(CalibrationRequest.FromDensity, 19));
        request.Without.ShouldBe(new MassInterval(4.5, 5.5));
        ExperimentsFile.Write(directory, ExperimentsFile.Read(directory).With(request));
        ExperimentsFile.Read(directory).Calibrations.ShouldBe([request]);
        var (_, parts) = run.Requests.UnitsOf(request);
        var learned = new List<WorkUnit>();
        run.Work(new LocalEngine(2), parts[0], unit => learned.AddRange(unit.Stage is DensityStage ? [unit] : []), CancellationToken.None);

        // One to draw from, which CATHODE's search has learned already, and three windows of every experiment.
        learned.Count.ShouldBe(method == "cwola" ? 1 : 19 * 3);
        var result = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
        var p = result.PGlobal!.P;
        (p.Kind, p.Experiments, p.Exceedances, p.Bound).ShouldBe((CalibrationRequest.FromDensity, 19, 0, true));
        new[] { result.Windows[0], result.Windows[2] }.SelectMany(window => window.WorkingPoints)
            .Sum(point => point.PLocalCalibrated!.Exceedances).ShouldBeGreaterThan(0);
        run.ToDo(run.Requests.UnitsOf(request).Parts[0]).ShouldBeEmpty();
        plan.Sizes.Count.ShouldBe(3);
    }

    [Fact]
    public void Events_keep_the_datas_masses_and_have_the_background_in_the_window_that_was_left_out()
    {
        var (plan, store) = (Plan("cwola"), UnitStore.Open(_folder.PathOf("store")));
        var units = new ExperimentPlan(plan, [new Experiment(1, new DrawnFromDensity(new MassInterval(4.5, 5.5)))]).UnitsOf(0);
        new LocalEngine(1).Run(plan, store, [.. units[0].Needs], _ => { }, CancellationToken.None);
        var events = plan.Context.Events(
            units[0].Experiment, units[0].Sample, Templates.InputRole.Data, () => SourceDensity.Read(plan.Context, units[0], store.Read))!;
        events.Mass.ToArray().ShouldBe(Data.Mass.ToArray());
        events.HasLabels.ShouldBeFalse();
        events.Identity.ToArray().Intersect(Data.Identity.ToArray()).ShouldBeEmpty();

        // 1,700 events of mean 0 and width 1 in the window: four standard errors. With the signal the data's mean is 0.18.
        var inside = events.IndicesIn(new MassInterval(4.5, 5.5));
        inside.Average(i => (double)events.Feature(1)[i]).ShouldBe(0, 4 / Math.Sqrt(inside.Length));
        inside.Average(i => (double)Data.Feature(1)[i]).ShouldBeGreaterThan(0.1);
    }

    [Fact]
    public void Another_density_has_other_keys()
    {
        var plan = Plan("cwola");
        string[] Keys(SearchPlan search, double low)
        {
            var experiment = new Experiment(1, new DrawnFromDensity(new MassInterval(low, 5.5)));
            return [.. new ExperimentPlan(search, [experiment]).UnitsOf(0).Select(unit => unit.Key)];
        }

        var other = Planner.Make(
            Toy.Settings(("systematics", "none"), ("profile", "quick")), Toy.Inputs(Data), new GaussianDensities(widthFactor: 1.01));
        Keys(plan, 4.4).Intersect(Keys(plan, 4.5)).ShouldBeEmpty();
        Keys(other, 4.5).Intersect(Keys(plan, 4.5)).ShouldBeEmpty();
        Keys(plan, 4.5).ShouldBe(Keys(Plan("cwola"), 4.5));
    }

    [Theory]
    [InlineData(1.5, null, "--from density: the density is wrong where it was learned: a classifier")]
    [InlineData(1.0, "diverged", "--from density: diverged; give experiments from mc or simulator")]
    public void A_density_that_is_not_there_or_is_wrong_where_it_was_learned_makes_no_experiments(
        double widthFactor, string? failure, string message)
    {
        var plan = Planner.Make(
            Toy.Settings(("systematics", "none"), ("members", "1")), Toy.Inputs(Data), new GaussianDensities(widthFactor, failure));
        var units = new ExperimentPlan(plan, [new Experiment(1, new DrawnFromDensity(new MassInterval(4.5, 5.5)))]).UnitsOf(0);
        var store = UnitStore.Open(_folder.PathOf("wrong"));
        Should.Throw<ConfigurationException>(() => new LocalEngine(1).Run(plan, store, units, _ => { }, CancellationToken.None))
            .Message.ShouldStartWith(message);
    }

    [Fact]
    public void Events_that_no_density_is_learned_from_are_refused()
    {
        var without = new MassInterval(4.5, 5.5);
        Should.Throw<ConfigurationException>(() => BackgroundSource.OfDensity(
            Toy.Inputs(Data.WithWeights([.. Enumerable.Repeat(2.0, Data.Count)])), without)).Message.ShouldContain("the data have weights");
        var missing = DrawnEvents.Features(Data);
        missing[1][7] = float.NaN;
        Should.Throw<ConfigurationException>(() => BackgroundSource.OfDensity(Toy.Inputs(Data.WithFeatures(missing)), without))
            .Message.ShouldContain("feature 'y' has missing values");
        Should.Throw<ConfigurationException>(() => BackgroundSource.OfDensity(Toy.Inputs(Data), null));
        var ideal = Planner.Make(
            Toy.Settings(("method", "ideal"), ("systematics", "none")), Toy.Inputs(Data, ideal: Toy.Background("ideal of drawn", 6000)));
        Should.Throw<ConfigurationException>(() => new ExperimentPlan(ideal, [new Experiment(1, new DrawnFromDensity(without))]))
            .Message.ShouldContain("is not made of the data");
    }

    [Fact]
    public void A_blind_search_knows_the_window_only_where_there_is_one()
    {
        var (_, several, _) = Search(Toy.Settings(("systematics", "none"), ("blind", "true")), Data);
        Should.Throw<ConfigurationException>(() => several.Requests.Completed(new CalibrationRequest(CalibrationRequest.FromDensity, 19)))
            .Message.ShouldContain("which a blind search of several windows does not know");
        var one = Toy.Settings(("systematics", "none"), ("blind", "true"), ("windows", "4.5:5.5"));
        var run = new SearchRun(Planner.Make(one, Toy.Inputs(Data)), RunDirectory.Create(_folder.PathOf("one window"), one));
        run.Requests.Completed(new CalibrationRequest(CalibrationRequest.FromDensity, 19)).Without.ShouldBe(new MassInterval(4.5, 5.5));
    }

    private static SearchPlan Plan(string method) => Planner.Make(
        Toy.Settings(("method", method), ("systematics", "none"), ("members", "1")), Toy.Inputs(Data), new GaussianDensities());

    private (SearchPlan Plan, SearchRun Run, RunDirectory Directory) Search(SearchSettings settings, EventTable data)
    {
        var plan = Planner.Make(settings, Toy.Inputs(data), new GaussianDensities());
        var directory = RunDirectory.Create(_folder.PathOf("run"), settings);
        var run = new SearchRun(plan, directory);
        run.Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        return (plan, run, directory);
    }
}
