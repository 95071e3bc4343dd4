using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Search.Engines;
using Sideband.Search.Experiments;
using Sideband.Search.Inputs;
using Sideband.Search.Plan;
using Sideband.Search.Runs;
using Sideband.Search.Units;
using Sideband.Templates;

namespace Sideband.Search.Tests.Runs;

/// <summary>An injection scan and its limits enter the results of a search.</summary>
public sealed class InjectionTests : IDisposable
{
    private static readonly SearchInputs Inputs = WithSignal(Toy.Inputs(
        Toy.Background("injection", 4000), Toy.Background("injection mc", 8000)));

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_limit_lies_between_nothing_and_what_is_seen(bool blind)
    {
        var settings = Toy.Settings(("members", "1"), ("working_points", "0.1"), ("blind", blind ? "true" : "false"));
        var plan = Planner.Make(settings, Inputs);
        var directory = RunDirectory.Create(_folder.PathOf("run"), settings);
        var run = new SearchRun(plan, directory);
        run.Work(new LocalEngine(2), plan.Units, _ => { }, CancellationToken.None);
        var request = InjectionScanPlan.Make(plan, [60, 250], 3, null, "mc", ("signal.csv", "hash"));
        request.Strengths.ShouldBe([0, 60, 250]);
        request.Windows.ShouldBe([2], "the signal lies in window 2 alone");
        var units = run.Requests.UnitsOf(request);
        units.Count.ShouldBe(3 * 3 * 3);
        run.Work(new LocalEngine(2), units, _ => { }, CancellationToken.None);
        ExperimentsFile.Write(directory, RequestedExperiments.None with { Injection = request, Limit = new LimitRequest(0.95, 10) });
        var limit = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch).Limits.ShouldHaveSingleItem();
        limit.Number.ShouldBe(2);
        limit.WindowFraction.ShouldBe(1, "the signal lies in window 2 alone");
        limit.Strengths.Select(strength => (strength.Strength, strength.Draws, strength.Failed))
            .ShouldBe([(0, 3, 0), (60, 3, 0), (250, 3, 0)]);
        limit.Strengths[2].Significance!.Median.ShouldBeGreaterThan(limit.Strengths[0].Significance!.Median + 3);
        limit.Strengths[2].Efficiency!.Median.ShouldBeInRange(0.5, 1.1);

        // Some 100 of 1,000 background events pass: 10 % is one standard error of one redraw.
        limit.Strengths[0].BackgroundShift!.Median.ShouldBe(0, 0.4);
        limit.SignalDisplacement!.Value.ShouldBeInRange(0, 0.2, "no signal lies in the template");
        var cls = limit.Rules[0];
        cls.Rule.ShouldBe("cls");
        cls.Expected.Median!.Value.ShouldBeInRange(5, 250);
        if (blind)
        {
            cls.Observed.Strength.ShouldBeNull();
            cls.Observed.Reason!.ShouldStartWith("blind: ");
            limit.Sensitivity[0].Strength.ShouldNotBeNull();
            return;
        }

        cls.Observed.Strength!.Value.ShouldBeInRange(5, 250);
        cls.Observed.CrossSection.ShouldBe(cls.Observed.Strength / 10);
        cls.Observed.SignalToBackground.ShouldBe(cls.Observed.Strength / limit.Background);
        limit.Rules.Select(rule => rule.Rule).ShouldBe(["cls", "root", "published", "neyman"]);
        cls.Coverage.Select(coverage => coverage.Strength).ShouldBe([60, 250]);
    }

    [Fact]
    public void What_cannot_be_injected_is_refused()
    {
        var plan = Planner.Make(Toy.Settings(("systematics", "none")), Inputs);
        Should.Throw<ConfigurationException>(() => InjectionScanPlan.Make(plan, null, 3, [7], "mc", ("signal.csv", "hash")))
            .Message.ShouldBe("--windows: 7 was not searched; allowed: 1, 2, 3");
        var large = InjectionScanPlan.Make(plan, [2000], 3, [2], "mc", ("signal.csv", "hash"));
        Should.Throw<ConfigurationException>(() => large.Planned(Inputs))
            .Message.ShouldStartWith("--strengths: 2000 of 1000 signal events would be injected");
        var shared = Inputs with
        {
            Tables = new Dictionary<InputRole, EventTable>(Inputs.Tables) { [InputRole.Injected] = Inputs.Data.Labelled(1) },
        };
        Should.Throw<ConfigurationException>(() => Planner.Make(plan.Settings, shared))
            .Message.ShouldStartWith("inject --signal: row 0 of injection is also used as data, and so are 3999 others");
        var simulated = InjectionScanPlan.Make(plan, [20], 3, [2], "simulator", ("signal.csv", "hash"));
        Should.Throw<ConfigurationException>(() => simulated.Planned(Inputs))
            .Message.ShouldStartWith("--from simulator: it has the mass mjj");
    }

    [Fact]
    public void Simulated_events_stand_for_the_data_of_a_simulated_search()
    {
        var settings = Toy.Settings(
            ("mass", "mjj"), ("features", "mj1,delta_mj"), ("windows", "3.5:3.5:0.4:0.4"), ("sideband", "0.2"), ("members", "1"),
            ("folds", "2"), ("working_points", "0.1"), ("systematics", "none"));
        var data = DijetSimulator.Generate(new SimulationRequest { Events = 8000, Signal = 50, Seed = 9, Features = ["mj1", "delta_mj"] });
        var plan = Planner.Make(settings, Toy.Inputs(data.Canonical()));
        var directory = RunDirectory.Create(_folder.PathOf("simulated"), settings);
        var run = new SearchRun(plan, directory);
        var request = InjectionScanPlan.Make(plan, [150], 2, null, "simulator", null);
        var calibration = new CalibrationRequest(CalibrationRequest.FromSimulator, 3);
        run.Work(new LocalEngine(2), [.. plan.Units, .. run.Requests.UnitsOf(request)], _ => { }, CancellationToken.None);
        WorkUnit[] permuted = [.. run.Requests.UnitsOf(calibration).Parts.SelectMany(part => part)];
        run.Work(new LocalEngine(2), permuted, _ => { }, CancellationToken.None);
        ExperimentsFile.Write(directory, RequestedExperiments.None.With(calibration) with { Injection = request });
        var result = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
        result.Calibrations.ShouldHaveSingleItem().Experiments.ShouldBe(3);
        var limit = result.Limits.ShouldHaveSingleItem();
        limit.WindowFraction.ShouldBe(0.83, 0.02, "83 % of the simulator's signal lies in the window");
        limit.Kappa.ShouldBe(result.Windows[0].WorkingPoints[0].Kappa!.Value);
        limit.Strengths[1].Efficiency!.Median.ShouldBeInRange(0.1, 1);

        // The simulator has all masses.
        var cut = Planner.Make(settings with { MassRange = new MassInterval(3, 4) }, plan.Inputs);
        Should.Throw<ConfigurationException>(() => new ExperimentPlan(cut, request.Planned(plan.Inputs)))
            .Message.ShouldStartWith("--from simulator: its events have all masses");
    }

    [Fact]
    public void More_redraws_add_to_those_that_exist()
    {
        var plan = Planner.Make(Toy.Settings(("systematics", "none")), Inputs);
        var three = InjectionScanPlan.Make(plan, [20, 50], 3, [2], "mc", ("signal.csv", "hash"));
        var run = new SearchRun(plan, RunDirectory.Create(_folder.PathOf("more"), plan.Settings));
        run.Requests.UnitsOf(three with { Draws = 4 }).Select(unit => unit.Key).Take(27)
            .ShouldBe(run.Requests.UnitsOf(three).Select(unit => unit.Key));
        (three with { Draws = 4 }).Extends(three).ShouldBeTrue();
        (three with { Strengths = [0, 20] }).Extends(three).ShouldBeFalse();
    }

    private static SearchInputs WithSignal(SearchInputs inputs) => inputs with
    {
        Tables = new Dictionary<InputRole, EventTable>(inputs.Tables)
        {
            [InputRole.Injected] = Toy.Signal("injected", 1000).Canonical(),
        },
    };
}
