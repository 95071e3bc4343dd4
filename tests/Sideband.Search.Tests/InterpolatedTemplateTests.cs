using Sideband.Events;
using Sideband.Search.Engines;
using Sideband.Search.Plan;
using Sideband.Search.Results;
using Sideband.Search.Runs;
using Sideband.Search.Settings;
using Sideband.Search.Systematics;

namespace Sideband.Search.Tests;

/// <summary>SALAD, FETA and CURTAINs through the whole chain, on events whose mass dependence the simulation does not have.</summary>
public sealed class InterpolatedTemplateTests
{
    private const double Slope = 0.4;

    private static readonly EventTable Simulation = Toy.Background("interpolated simulation", 24_000);

    [Theory]
    [InlineData("salad")]
    [InlineData("feta")]
    [InlineData("curtains")]
    public void What_was_learned_beside_the_window_holds_in_it(string method)
    {
        var result = Run(method, ("systematics", "labels"));
        result.Failures.ShouldAllBe(failure => failure.Reason.EndsWith(" have no image: they are left out"));
        result.Failures.Count.ShouldBe(method == "salad" ? 0 : 1);
        var window = result.Windows.Single();
        var shift = result.DeltaSys.Single(entry => entry is { Estimate: "labels", EpsilonB: 0.1 }).Mean!.Value;

        // About 600 observed events and as many template events or more at eps_B = 0.1: 6 %; three of that.
        shift.ShouldBe(0, 0.18);
        window.TemplateEvents.ShouldBeGreaterThan(5000);

        // Beside the window, too, it is like the data: the error of the AUC of some 9,000 events of each kind is 0.0043.
        window.State.ShouldBe(WindowState.Ok);
        var quality = result.TemplateQuality.Single();
        (quality.Source, quality.Sample, quality.Number).ShouldBe((method, "data", 1));
        quality.Auc.Mean!.Value.ShouldBe(0.5, 0.02);
        quality.KolmogorovSmirnov.Select(distance => distance.Feature).ShouldBe(["x", "y"]);
        quality.KolmogorovSmirnov.ShouldAllBe(distance => distance.Distance.Mean < 0.04);
        quality.LogLikelihood.Mean.ShouldBeNull();
        quality.LogLikelihood.Reason.ShouldBe("no density is learned");
    }

    [Theory]
    [InlineData("feta")]
    [InlineData("curtains")]
    public void Splines_hold_in_the_window_as_well(string method)
    {
        var result = Toy.Run(
            Settings(method, ("transport", "spline"), ("systematics", "labels"), ("windows", "4.5:5.5"), ("delta_sys_windows", "4.5:5.5")),
            Toy.Inputs(
                Toy.Background("spline data", 6000, Slope),
                simulation: method == "curtains" ? null : Simulation.Select([.. Enumerable.Range(0, 6000)])));
        result.Failures.ShouldHaveSingleItem().Reason.ShouldBe(
            $"{(method == "curtains" ? 4 : 1)} events of the template, counted over runs and transports, have no image: they are left out");

        // The comparison beside the window does not contradict the template.
        result.Windows.Single().State.ShouldBe(WindowState.Ok);

        // About 150 observed events and as many template events at eps_B = 0.1: 11.5 %; three of that.
        result.DeltaSys.Single(entry => entry is { Estimate: "labels", EpsilonB: 0.1 }).Mean!.Value.ShouldBe(0, 0.35);
    }

    [Fact]
    public void The_transport_is_an_option_of_methods_that_have_one()
    {
        string Message(params (string, string)[] more) => Should.Throw<ConfigurationException>(() => Planner.Make(
            Settings("salad", [("systematics", "none"), .. more]),
            Toy.Inputs(Toy.Background("strips", 4000), simulation: Simulation))).Message;

        Message(("transport", "spline")).ShouldBe("transport: method 'salad' does not read it; allowed with: feta, curtains, combined");
        Message(("transport", "splines")).ShouldStartWith("transport: 'splines' is unknown; allowed: auto, flow-matching, spline");
    }

    [Fact]
    public void A_simulation_that_its_weights_do_not_make_like_the_data_fails()
    {
        // Weights of at most 1.0001 in units of the mean are no weights: the simulation stays as it is, of another slope.
        var result = Run("salad", ("systematics", "none"), ("weight_cap", "1.0001"));
        var window = result.Windows.Single();
        window.State.ShouldBe(WindowState.TemplateFails);
        window.Reason.ShouldNotBeNull().ShouldStartWith("run 1: salad: a classifier tells its samples from the sidebands' data: AUC 0.5");
        result.Failures.ShouldContain(failure => failure.Reason.StartsWith("template_fails: salad: "));
    }

    [Fact]
    public void What_weights_are_worth_is_in_the_results()
    {
        var window = Run("salad", ("systematics", "none")).Windows.Single();
        window.LargestWeight!.Value.ShouldBeGreaterThan(1);
        var worth = window.SumW * window.SumW / window.SumW2;
        worth.ShouldBeLessThan(window.TemplateEvents);
        worth.ShouldBeGreaterThan(0.5 * window.TemplateEvents);
        Run("curtains", ("systematics", "none")).Windows.Single().LargestWeight.ShouldBe(1);
        var blind = Run("salad", ("systematics", "none"), ("blind", "true")).Windows.Single();
        blind.LargestWeight.ShouldBeNull();
    }

    [Fact]
    public void A_strip_without_simulation_is_refused()
    {
        var holed = Simulation.Select(Simulation.IndicesOutside(new MassInterval(5.5, 6)));
        Should.Throw<InputDataException>(() => Planner.Make(
            Settings("salad", ("systematics", "strips"), ("windows", "4.5:5.5"), ("delta_sys_windows", "4.5:5.5")),
            Toy.Inputs(Toy.Background("strips", 4000), simulation: holed)))
            .Message.ShouldContain("window 1 [5.5, 6) of strip above has no simulation in it");
    }

    [Fact]
    public void Transports_know_no_weights() => Should.Throw<ConfigurationException>(() => Planner.Make(
        Settings("feta", ("systematics", "none")),
        Toy.Inputs(Toy.Background("weights", 4000), simulation: Simulation.Scaled(2))))
        .Message.ShouldBe(
            "weight: method 'feta' carries simulated events to data, and the transport knows no weights; "
            + "leave --weight out, or use method salad");

    [Fact]
    public void The_simulation_as_it_is_would_be_a_wrong_template()
    {
        // Outside of the middle, where its features do differ.
        var result = Toy.Run(
            Toy.Settings(
                ("method", "ideal"), ("systematics", "labels"),
                ("windows", "6:6.8"), ("delta_sys_windows", "6:6.8"), ("sigma_sys", "0.1,0.1")),
            Toy.Inputs(Toy.Background("interpolated data", 24_000, Slope), ideal: Simulation));
        result.DeltaSys.First(shift => shift.Estimate == "labels").Mean!.Value.ShouldBeGreaterThan(0.25);
    }

    [Theory]
    [InlineData("salad")]
    [InlineData("curtains")]
    public void Strips_are_searched_in_place_of_the_window_and_without_its_events(string method)
    {
        var settings = Settings(method, ("systematics", "strips"), ("windows", "4.5:5.5"), ("delta_sys_windows", "4.5:5.5"));
        var plan = Planner.Make(settings, Toy.Inputs(Toy.Background("strips", 4000), simulation: SimulationOf(method)));
        foreach (var (sample, low, high) in new[] { (ChainSample.StripBelow, 4.0, 4.5), (ChainSample.StripAbove, 5.5, 6.0) })
        {
            var window = plan.Windows.Of(sample).Single();
            (window.Number, window.SignalRegion).ShouldBe((1, new MassInterval(low, high)));
            window.Hidden.ShouldBe(new MassInterval(4.5, 5.5));
            plan.Units.Count(unit => unit.Sample == sample).ShouldBe(settings.Folds + settings.Method.Stages.Count);
        }
    }

    [Theory]
    [InlineData("cwola", "needs a method that learns what the background is outside of a region; with method 'cwola' allowed: mc, labels")]
    [InlineData("ideal", "with method 'ideal' allowed: labels, none")]
    public void Strips_need_a_method_that_learns_outside_of_a_region(string method, string message) =>
        Should.Throw<ConfigurationException>(() => Planner.Make(
            Toy.Settings(("method", method), ("systematics", "strips")),
            Toy.Inputs(Toy.Background("strips", 4000), ideal: Toy.Background("ideal", 4000)))).Message.ShouldContain(message);

    [Theory]
    [InlineData("salad")]
    [InlineData("feta")]
    public void A_simulation_is_needed_of_every_mass_and_with_weights_that_are_not_negative(string method)
    {
        string Message(EventTable? simulation) => Should.Throw<SidebandException>(() => Planner.Make(
            Settings(method, ("systematics", "none"), ("windows", "4.5:5.5")),
            Toy.Inputs(Toy.Background("without", 4000), simulation: simulation))).Message;

        EventTable In(double low, double high) => Simulation.In(new MassInterval(low, high));

        Message(null).ShouldBe(
            $"simulation: method '{method}' needs simulated background, which it makes like the data; give --simulation FILE");
        Message(In(3, 5.5)).ShouldContain("window 1 [4.5, 5.5) of data has no simulation above it");
        Message(In(4.5, 7)).ShouldContain("has no simulation below it");
        Message(In(3, 4.5).Concat(In(5.5, 7))).ShouldContain("has no simulation in it");
        double[] weights = [.. Enumerable.Range(0, Simulation.Count).Select(i => i == 7 ? -1.0 : 1)];
        Message(Simulation.WithWeights(weights)).ShouldContain("the simulation has negative weights");
    }

    [Fact]
    public void Weights_of_too_few_events_are_a_failure()
    {
        var weights = new double[Simulation.Count];
        weights.AsSpan().Fill(1e-6);
        foreach (var i in Simulation.IndicesIn(new MassInterval(4.5, 4.51)))
        {
            weights[i] = 1000;
        }

        var result = Toy.Run(
            Settings("salad", ("systematics", "none"), ("windows", "4.5:5.5")),
            Toy.Inputs(Toy.Background("effective", 4000), simulation: Simulation.WithWeights(weights)));
        result.Failures.ShouldNotBeEmpty();
        result.Failures[0].Reason.ShouldMatch("^the weights of \\d+ simulated events are worth \\d\\d events; 100 are needed$");
    }

    [Theory]
    [InlineData("salad")]
    [InlineData("feta")]
    [InlineData("curtains")]
    public void Without_all_units_results_say_what_is_not_done(string method)
    {
        using var folder = new TemporaryFolder();
        var settings = Settings(
            method, ("systematics", "none"), ("windows", "4.2:5,5:5.8"), ("members", "2"), ("folds", "2"), ("runs", "1"));
        var plan = Planner.Make(
            settings, Toy.Inputs(Toy.Background("partial", 4000, Slope), simulation: method == "curtains" ? null : Simulation));
        var run = new SearchRun(plan, RunDirectory.Create(folder.PathOf("run"), settings));
        run.Work(
            new LocalEngine(1), [.. plan.Units.Where(unit => unit.Window.Number == 2)], _ => { }, CancellationToken.None);
        var result = run.Collect(new Toy.NoFiles([]), "test", DateTimeOffset.UnixEpoch);
        result.Warnings[0].ShouldStartWith("partial results: ");
        result.Windows.Select(window => window.State).ShouldBe([WindowState.NotJudged, WindowState.Ok]);
        result.Windows[0].WorkingPoints[0].Significance.Mean.ShouldBeNull();
        result.Windows[1].WorkingPoints[0].Significance.Mean.ShouldNotBeNull();
        var quality = result.TemplateQuality.Single(entry => entry.Number == 1);
        (quality.Auc.Mean, quality.Auc.Reason).ShouldBe((null, "not done"));
        result.TemplateQuality.Single(entry => entry.Number == 2).Auc.Mean.ShouldNotBeNull();
    }

    private static ScanResult Run(string method, params (string, string)[] more) => Toy.Run(
        Settings(method, [("windows", "4.5:5.5"), ("sigma_sys", "0.1,0.1"), .. more]),
        Toy.Inputs(Toy.Background("interpolated data", 24_000, Slope), simulation: SimulationOf(method)));

    private static SearchSettings Settings(string method, params (string, string)[] more) =>
        Toy.Settings([("method", method), ("profile", "quick"), ("sigma_sys", "0.1,0.1"), .. more]);

    private static EventTable? SimulationOf(string method) => method == "curtains" ? null : Simulation;
}
