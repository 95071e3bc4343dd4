using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Learning.Transport;
using Sideband.Templates.Curtains;
using Sideband.Templates.Cwola;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Tests;

/// <summary>Options of methods: their text, their defaults, and the records that they become.</summary>
public class MethodOptionTests
{
    [Theory]
    [InlineData("quick")]
    [InlineData("standard")]
    [InlineData("paper")]
    public void Densities_are_learned_as_the_profile_says(string profile)
    {
        foreach (var name in (string[])["cathode", "lacathode", "anode"])
        {
            var records = TemplateMethods.ByName(name).Configure(Values(profile));
            records.ShouldBe([new DensityRecipe(profile, []).For(DensityKind.FlowMatching), new DrawOptions(4)]);
        }
    }

    [Theory]
    [InlineData("quick", SidebandBalance.Mass)]
    [InlineData("standard", SidebandBalance.Mass)]
    [InlineData("paper", SidebandBalance.None)]
    public void Cwola_balances_its_sidebands_but_in_the_papers_profile(string profile, SidebandBalance balance) =>
        TemplateMethods.ByName("cwola").Configure(Values(profile)).ShouldBe([new CwolaOptions(0.3, balance)]);

    [Fact]
    public void What_is_given_goes_before_the_profile()
    {
        var values = Values(
            "paper", ("density", "maf"), ("density_recipe", "standard,epochs=5"), ("oversampling", "7"), ("sideband_balance", "mass"));
        TemplateMethods.ByName("cathode").Configure(values)
            .ShouldBe([DensityOptions.Recommended(DensityKind.Maf) with { Epochs = 5 }, new DrawOptions(7)]);
        TemplateMethods.ByName("cwola").Configure(values).ShouldBe([new CwolaOptions(0.3, SidebandBalance.Mass)]);
    }

    [Fact]
    public void Feta_carries_events_by_flow_matching_unless_splines_are_asked_for()
    {
        TransportOptions Of(string profile, params (string, string)[] given) =>
            TemplateMethods.ByName("feta").Configure(Values(profile, given)).OfType<TransportOptions>().Single();

        var standard = TransportOptions.Recommended(TransportKind.FlowMatching);
        Of("standard").ShouldBe(standard);
        Of("quick").ShouldBe(standard with { Epochs = standard.Epochs / 2 });
        var splines = Of("standard", ("transport", "spline"));
        splines.ShouldBe(TransportOptions.Recommended(TransportKind.Spline));
        Of("quick", ("transport", "spline")).ShouldBe(splines with
        {
            Epochs = splines.Epochs / 2,
            Base = splines.Base! with { Epochs = splines.Base.Epochs / 2 },
        });

        // arXiv:2212.11285, table V.
        var paper = Of("paper", ("transport", "spline"));
        (paper.Epochs, paper.BatchSize, paper.LearningRate, paper.WeightDecay).ShouldBe((50, 256, 5e-4, 1e-5));
        var density = paper.Base!;
        (density.Epochs, density.BatchSize, density.LearningRate, density.WeightDecay).ShouldBe((100, 128, 1e-4, 1e-4));
        (density.Blocks, density.HiddenWidth, density.EpochsOf(1000), paper.EpochsOf(1000)).ShouldBe((15, 128, 100, 50));
        foreach (var options in new[] { splines, paper })
        {
            options.Validate();
        }
    }

    [Fact]
    public void Curtains_carries_many_events_by_splines_and_few_by_flow_matching_unless_one_is_asked_for()
    {
        CurtainsOptions Of(params (string, string)[] given) =>
            TemplateMethods.ByName("curtains").Configure(Values("quick", given)).OfType<CurtainsOptions>().Single();

        var (splines, flow) = (Of(("transport", "spline")), Of(("transport", "flow-matching")));
        splines.TransportOf(1000).ShouldBe(splines.TransportOf(1_000_000));
        (splines.TransportOf(1000).Kind, splines.TransportOf(1000).Epochs).ShouldBe((TransportKind.Spline, 6));
        flow.TransportOf(1000).ShouldBe(flow.TransportOf(1_000_000));
        (flow.TransportOf(1000).Kind, flow.TransportOf(1000).Epochs).ShouldBe((TransportKind.FlowMatching, 4));
        foreach (var chosen in new[] { Of(), Of(("transport", "auto")) })
        {
            chosen.TransportOf(99_999).ShouldBe(flow.TransportOf(99_999));
            chosen.TransportOf(100_000).ShouldBe(splines.TransportOf(100_000));
        }
    }

    [Fact]
    public void Every_default_is_allowed_and_in_its_complete_form()
    {
        foreach (var option in TemplateMethods.Options)
        {
            foreach (var profile in (string[])["quick", "standard", "paper"])
            {
                var text = Values(profile)[option];
                option.Normalise(text).ShouldBe(text, option.Name);
                (option.DefaultDependsOn.Count > 0 || text == Values("standard")[option]).ShouldBeTrue(option.Name);
            }
        }
    }

    [Theory]
    [InlineData("density", "flow")]
    [InlineData("density_recipe", "quick,epochs=few")]
    [InlineData("oversampling", "101")]
    [InlineData("sideband_balance", "equal")]
    [InlineData("transport", "splines")]
    public void A_text_that_is_not_allowed_is_refused_with_the_options_name(string name, string text)
    {
        var option = TemplateMethods.Options.Single(option => option.Name == name);
        Should.Throw<ConfigurationException>(() => option.Normalise(text)).Message.ShouldStartWith(name + ": ");
    }

    [Fact]
    public void Methods_that_are_given_their_template_have_no_stage()
    {
        TemplateMethods.All.Where(method => method.Stages.Count == 0).Select(method => method.Name)
            .ShouldBe(["cwola", "ideal", "supervised"]);
        TemplateMethods.ByName("ideal").Options.ShouldBeEmpty();
        TemplateMethods.ByName("ideal").Configure(Values("standard")).ShouldBeEmpty();
    }

    private static OptionValues Values(string profile, params (string Name, string Text)[] given) =>
        new(profile, 0.3, given.ToDictionary(entry => entry.Name, entry => entry.Text));
}
