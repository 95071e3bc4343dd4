using Sideband.Events;
using Sideband.Events.Simulation;

namespace Sideband.Templates.Tests;

public class TemplateTests
{
    private static readonly MassWindow Window = new(5, new MassInterval(3.3, 3.7));

    private static readonly EventTable Data = DijetSimulator.Generate(new SimulationRequest { Events = 20_000, Signal = 200, Features = ["mj1"] });

    private static readonly EventTable Other = DijetSimulator.Generate(new SimulationRequest { Events = 15_000, Signal = 500, Seed = 2, Features = ["mj1"] });

    [Fact]
    public void Cwola_takes_the_data_of_both_strips_and_none_of_the_signal_region()
    {
        var samples = TemplateMethods.ByName("cwola").Prepare(new TemplateInputs(Data, null, null, 0.2), Window);
        var masses = samples.Template.Mass.ToArray();
        masses.ShouldAllBe(mass => (mass >= 3.1 && mass < 3.3) || (mass >= 3.7 && mass < 3.9));
        masses.Length.ShouldBe(Data.IndicesIn(new MassInterval(3.1, 3.9)).Length - Data.IndicesIn(Window.SignalRegion).Length);
        samples.Target.ShouldBeNull();
    }

    [Fact]
    public void Ideal_takes_the_background_sample_in_the_signal_region()
    {
        var samples = TemplateMethods.ByName("ideal").Prepare(new TemplateInputs(Data, Other, null, 0.2), Window);
        samples.Template.Count.ShouldBe(Other.IndicesIn(Window.SignalRegion).Length);
        samples.Template.Sources.ShouldBe(Other.Sources);
        samples.Target.ShouldBeNull();
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public void Supervised_trains_signal_against_known_background(bool withIdealBackground)
    {
        var background = withIdealBackground ? Other : null;
        var samples = TemplateMethods.ByName("supervised").Prepare(new TemplateInputs(Data, background, Other, 0.2), Window);
        samples.Target!.Count.ShouldBe(Other.IndicesIn(Window.SignalRegion).Length);
        samples.Template.Sources.ShouldBe(withIdealBackground ? Other.Sources : Data.Sources);
        if (!withIdealBackground)
        {
            samples.Template.Labels.ToArray().ShouldAllBe(label => label == 0);
        }
    }

    [Theory]
    [InlineData("ideal", "--ideal-background")]
    [InlineData("supervised", "--signal")]
    public void A_missing_input_is_refused_with_the_option_that_gives_it(string method, string option) =>
        Should.Throw<ConfigurationException>(() => TemplateMethods.ByName(method).Require(new TemplateInputs(Data, null, null, 0.2)))
            .Message.ShouldContain(option);

    [Fact]
    public void An_unknown_method_is_refused_with_the_nearest_name() =>
        Should.Throw<ConfigurationException>(() => TemplateMethods.ByName("cwolla")).Message.ShouldContain("did you mean 'cwola'?");
}
