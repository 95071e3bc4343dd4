using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

public class FunctionChoiceTests
{
    private static readonly BumpHuntSettings Settings = new(13, new(2, 6));
    private static readonly MassRange Window = new(3.3, 3.7);

    [Fact]
    public void F_of_the_reference_spectrum()
    {
        // With the bump inside: chi2 66.05 and 56.99 with three and four parameters, 35 bins.
        var chiSquared = DijetReference.Numbers("injected", "chi2");
        var test = FTest.Of(SpectrumFunction.Dijet(3), SpectrumFunction.Dijet(4), chiSquared[1], chiSquared[2], 30);
        Math.Round(test.F.Value!.Value, 2).ShouldBe(4.77);
        Math.Round(test.PValue.Value!.Value, 3).ShouldBe(0.037);
        var clean = DijetReference.Numbers("background", "chi2");
        FTest.Of(SpectrumFunction.Dijet(2), SpectrumFunction.Dijet(3), clean[0], clean[1], 31).F.Value!.Value.ShouldBe(2583.8, 0.1);
        FTest.Of(SpectrumFunction.Dijet(3), SpectrumFunction.Dijet(4), clean[1], clean[2], 30).PValue.Value!.Value.ShouldBe(0.272, 1e-3);
        FTest.Of(SpectrumFunction.Dijet(3), SpectrumFunction.Dijet(4), 3, 4, 30).PValue.Value.ShouldBe(1);
        FTest.Of(SpectrumFunction.Dijet(3), SpectrumFunction.Dijet(4), 3, 4, 0).F.Reason.ShouldBe("0 degrees of freedom");
    }

    [Fact]
    public void Two_parameters_suffice_for_what_two_made()
    {
        // 5 % of the toys may ask for a third; 60 toys of 5000 events.
        var more = Enumerable.Range(0, 60).Count(toy => Choose(Spectra.Draw(5000, $"two {toy}", 8, 6, 0)).Asked.Parameters > 2);
        more.ShouldBeLessThanOrEqualTo(9);
    }

    [Fact]
    public void Curvature_asks_for_a_third_and_the_window_has_no_say()
    {
        var masses = Spectra.Draw(200_000, "three", 8, -14, -5);
        var choice = Choose(masses);
        choice.Asked.Parameters.ShouldBeGreaterThanOrEqualTo(3);
        choice.Tests[0].PValue.Value!.Value.ShouldBeLessThan(1e-6);
        (choice.ChiSquared.Value!.Value / choice.Degrees).ShouldBe(1, 0.4);
        choice.Stopped.ShouldNotBeEmpty();

        // A thousand events at 3.5 TeV change nothing.
        var injected = Choose([.. masses, .. Enumerable.Repeat(3.5, 1000)]);
        injected.Asked.ShouldBe(choice.Asked);
        injected.Fit.Function.ShouldBe(choice.Fit.Function);
        injected.ChiSquared.ShouldBe(choice.ChiSquared);
    }

    [Fact]
    public void The_fit_has_five_parameters_whatever_the_F_test_asks_for_unless_it_is_told_otherwise()
    {
        var masses = Spectra.Draw(5000, "two 0", 8, 6, 0);
        var choice = Choose(masses);
        choice.Asked.Name.ShouldBe("dijet 2");
        choice.Stopped.ShouldMatch("^F-test for 'dijet 3': p = 0[.0-9]+$");
        choice.Fit.Function.Name.ShouldBe("dijet 5");
        var asked = Choose(masses, Settings with { FewestParameters = 2 });
        asked.Fit.Function.ShouldBe(choice.Asked);
        choice.Degrees.ShouldBe(asked.Degrees - 3);
        choice.ChiSquared.Value!.Value.ShouldBeInRange(asked.ChiSquared.Value!.Value - 12, asked.ChiSquared.Value!.Value + 3);
        Choose(masses, Settings with { FewestParameters = 4 }).Fit.Function.Name.ShouldBe("dijet 4");
        var curved = Spectra.Draw(200_000, "three", 8, -14, -5);
        Choose(curved, Settings with { FewestParameters = 2, MostParameters = 2 }).Fit.Function.Parameters.ShouldBe(2);
    }

    [Theory]
    [InlineData(60, "dijet 5")]
    [InlineData(30, "dijet 4")]
    [InlineData(24, "dijet 3")]
    public void Few_events_carry_no_more_parameters_than_leave_a_degree_of_freedom(int events, string function)
    {
        var choice = Choose([.. Enumerable.Range(0, events).Select(i => 2.05 * Math.Pow(1 - ((i + 0.5) / events), -0.2))]);
        choice.Fit.Function.Name.ShouldBe(function, choice.Stopped);
        choice.Degrees.ShouldBeGreaterThan(0);
        if (function != "dijet 5")
        {
            choice.Stopped.ShouldContain("; not 'dijet 5': ");
            choice.Stopped.ShouldEndWith(" bins of 5 sideband events are too few");
        }
    }

    [Fact]
    public void Bins_are_merged_to_five_events_and_never_across_the_window()
    {
        var bins = MassBins.Of([new(0.1, 0.2), new(0.2, 0.3), new(0.3, 0.4), new(0.6, 0.7), new(0.7, 0.8), new(0.8, 0.9), new(0.9, 1.0)]);
        bins.Groups([6, 4, 0, 3, 2, 9, 1], 5).ShouldBe([(0, 3), (3, 2), (5, 2)]);
        bins.Groups([1, 1, 1, 7, 0, 0, 0], 5).ShouldBe([(0, 3), (3, 4)]);
    }

    private static FunctionChoice Choose(double[] masses, BumpHuntSettings? settings = null)
    {
        var sidebands = Settings.Range.Outside(Window);
        var bins = MassBins.Of([.. sidebands.SelectMany(range => MassBins.Split(range, 0.02))]);
        return FunctionChoice.Of(SpectrumSums.Of(masses, sidebands, 13), bins, bins.Fill(masses), settings ?? Settings);
    }
}
