using Sideband.Events;
using Sideband.Events.Simulation;
using Sideband.Learning.Boosting;
using Sideband.Templates.Cwola;
using Sideband.Templates.Scoring;

namespace Sideband.Templates.Tests;

public class TemplateTests
{
    private static readonly MassWindow Window = new(5, new MassInterval(3.3, 3.7));

    private static readonly EventTable Data = DijetSimulator.Generate(new SimulationRequest
    {
        Events = 20_000,
        Signal = 200,
        Features = ["mj1"],
    });

    private static readonly EventTable Other = DijetSimulator.Generate(new SimulationRequest
    {
        Events = 15_000,
        Signal = 500,
        Seed = 2,
        Features = ["mj1"],
    });

    [Fact]
    public void Cwola_takes_the_data_of_both_strips_and_none_of_the_signal_region()
    {
        var samples = Given("cwola", Inputs(Data, SidebandBalance.None));
        var masses = samples.Events.Mass.ToArray();
        masses.ShouldAllBe(mass => (mass >= 3.1 && mass < 3.3) || (mass >= 3.7 && mass < 3.9));
        masses.Length.ShouldBe(Data.IndicesIn(new MassInterval(3.1, 3.9)).Length - Data.IndicesIn(Window.SignalRegion).Length);
        samples.Target.ShouldBeNull();
    }

    [Fact]
    public void Cwola_balanced_has_the_mean_mass_of_the_signal_region()
    {
        var template = Given("cwola", Balanced(Data)).Events;
        var region = Data.In(Window.SignalRegion).Mass.ToArray();
        var weights = template.Weights.ToArray();
        var masses = template.Mass.ToArray();
        (weights.Zip(masses, (w, m) => w * m).Sum() / weights.Sum()).ShouldBe(region.Average(), 1e-12);

        // Rounding of sums of some thousand weights near 1.
        weights.Sum().ShouldBe(template.Count, 1e-9);

        // The spectrum falls: the lower strip holds most events and must count less.
        weights[0].ShouldBeLessThan(1);
        weights[^1].ShouldBeGreaterThan(1);
        weights.Distinct().Count().ShouldBe(2);
    }

    [Theory]
    [InlineData(3.1, 3.3, "the weights in its lower strip sum to -")]
    [InlineData(3.3, 3.7, "the weights in its signal region sum to -")]
    [InlineData(3.7, 3.9, "the weights in its upper strip sum to -")]
    public void Cwola_balances_no_strips_by_weights_whose_sum_is_negative(double low, double high, string reason)
    {
        var weighted = Data.WithWeights([.. Data.Mass.ToArray().Select(mass => mass >= low && mass < high ? -1.0 : 1)]);
        TemplateMethods.ByName("cwola").Prepare(Balanced(weighted)).Failure!.ShouldStartWith(reason);
        TemplateMethods.ByName("cwola").Prepare(Inputs(weighted, SidebandBalance.None)).Failure.ShouldBeNull();
    }

    [Fact]
    public void Cwola_balanced_keeps_the_weights_of_weighted_events_in_proportion()
    {
        var doubled = Data.In(new MassInterval(3.1, 3.9)).Scaled(2);
        var single = Given("cwola", Balanced(Data)).Events.Weights.ToArray();
        var weighted = Given("cwola", Balanced(doubled)).Events.Weights.ToArray();
        weighted.ShouldBe(single.Select(weight => 2 * weight), 1e-12);
    }

    [Fact]
    public void Cwola_balances_no_single_strip() =>
        TemplateMethods.ByName("cwola").Prepare(Balanced(Data.In(new MassInterval(3.1, 3.7)))).Failure.ShouldBe(
            "the weights in its upper strip sum to 0, so that its strips cannot be balanced in mass; "
            + "sideband_balance none does not balance them");

    [Fact]
    public void Cwola_without_data_in_the_region_leaves_the_weights_alone() =>
        Given("cwola", Balanced(Data.Select(Data.IndicesOutside(Window.SignalRegion)))).Events.Weights.ToArray()
            .ShouldAllBe(weight => weight == 1);

    [Fact]
    public void Ideal_takes_the_background_sample_in_the_signal_region()
    {
        var samples = Given("ideal", Inputs(Data, ideal: Other));
        samples.Events.Count.ShouldBe(Other.IndicesIn(Window.SignalRegion).Length);
        samples.Events.Sources.ShouldBe(Other.Sources);
        samples.Target.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Supervised_trains_signal_against_known_background(bool withIdealBackground)
    {
        var background = withIdealBackground ? Other : null;
        var samples = Given("supervised", Inputs(Data, ideal: background, signal: Other));
        samples.Target!.Count.ShouldBe(Other.IndicesIn(Window.SignalRegion).Length);
        samples.Events.Sources.ShouldBe(withIdealBackground ? Other.Sources : Data.Sources);
        if (!withIdealBackground)
        {
            samples.Events.Labels.ToArray().ShouldAllBe(label => label == 0);
        }
    }

    [Theory]
    [InlineData("ideal", "--ideal-background")]
    [InlineData("supervised", "--signal")]
    public void A_missing_input_is_refused_with_the_option_that_gives_it(string method, string option) =>
        Should.Throw<ConfigurationException>(() => TemplateMethods.ByName(method).Require(Inputs(Data)))
            .Message.ShouldContain(option);

    [Fact]
    public void An_unknown_method_is_refused_with_the_nearest_name() =>
        Should.Throw<ConfigurationException>(() => TemplateMethods.ByName("cwolla")).Message.ShouldContain("did you mean 'cwola'?");

    [Theory]
    [InlineData("cwola")]
    [InlineData("ideal")]
    [InlineData("supervised")]
    public void The_number_of_template_events_is_known_before_they_are_made(string name)
    {
        var inputs = Inputs(Data, ideal: Other, signal: Other);
        var method = TemplateMethods.ByName(name);
        var size = method.Size(inputs, Window, inputs);
        var template = Given(name, inputs);
        size.ShouldBe(new TemplateSize(template.Events.Count) { Target = template.Target?.Count });
        size.Parts(5).ShouldBe(5);
    }

    [Fact]
    public void Supervised_without_ideal_background_counts_the_background_of_the_data()
    {
        var inputs = Inputs(Data, signal: Other);
        var method = TemplateMethods.ByName("supervised");
        method.Size(inputs, Window, inputs).Template.ShouldBe(Given("supervised", inputs).Events.Count);
    }

    private static FakeInputs Balanced(EventTable data) => Inputs(data, SidebandBalance.Mass);

    private static FakeInputs Inputs(
        EventTable data, SidebandBalance balance = SidebandBalance.None, EventTable? ideal = null, EventTable? signal = null) =>
        new(Window, (InputRole.Searched, data), (InputRole.IdealBackground, ideal), (InputRole.Signal, signal))
        {
            Options = [new CwolaOptions(0.2, balance), new ClassifierOptions(ClassifierKind.Trees, 1, new BoostingOptions(), null)],
        };

    private static BackgroundTemplate Given(string method, FakeInputs inputs)
    {
        var prepared = TemplateMethods.ByName(method).Prepare(inputs);
        prepared.Failure.ShouldBeNull();
        prepared.Template.Folded.ShouldBeTrue();
        return prepared.Template;
    }
}
