using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

public class BinnedModelTests
{
    private static readonly double[] Background = DijetReference.Numbers("background", "counts");
    private static readonly double[] Injected = DijetReference.Numbers("injected", "counts");

    [Theory]
    [InlineData(2, 4.9389)]
    [InlineData(3, 0.0588)]
    [InlineData(4, 0.0567)]
    [InlineData(5, 0.0519)] // 50 digits; Minuit, without luck, stops at 0.0552 in the valley of five nearly equal terms
    public void Finds_the_minimum_for_a_million_dijets(int parameters, double deviance)
    {
        var fit = new BinnedModel(SpectrumFunction.Dijet(parameters), DijetReference.Bins, DijetReference.SqrtS).Fit(Background);
        fit.Status.Converged.ShouldBeTrue();
        fit.Status.Steps.ShouldBeLessThanOrEqualTo(13);
        Math.Round(fit.Deviance, 4).ShouldBe(deviance);

        // Newton's last step is taken where -ln L would fall by 1e-10; the curve is compared with Minuit's, which stops earlier.
        fit.Deviance.ShouldBe(DijetReference.Numbers("background", "minimum")[parameters - 2], 1e-9);
        var minuit = DijetReference.Expected("background", parameters);
        Enumerable.Range(0, 35).ShouldAllBe(bin => Math.Abs((fit.Expected[bin] / minuit[bin]) - 1) < 2e-3);
    }

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Finds_the_minimum_with_a_resonance_in_the_spectrum(int parameters)
    {
        var fit = new BinnedModel(SpectrumFunction.Dijet(parameters), DijetReference.Bins, DijetReference.SqrtS).Fit(Injected);
        fit.Status.Steps.ShouldBeLessThanOrEqualTo(13);
        fit.Deviance.ShouldBe(DijetReference.Numbers("injected", "minimum")[parameters - 2], 1e-9);
        var minuit = DijetReference.Expected("injected", parameters);
        Enumerable.Range(0, 35).ShouldAllBe(bin => Math.Abs((fit.Expected[bin] / minuit[bin]) - 1) < 2e-3);
    }

    [Fact]
    public void Three_parameters_are_those_of_Minuit()
    {
        var fit = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS).Fit(Background);
        Math.Round(fit.Parameters[0], 3).ShouldBe(7.971);
        Math.Round(fit.Parameters[1], 3).ShouldBe(6.019);
        Math.Round(fit.Parameters[2], 4).ShouldBe(0.2536);
    }

    [Theory]
    [InlineData(100)]
    [InlineData(1000)]
    public void Masses_that_were_rounded_are_in_the_same_bins_in_every_unit(int perUnit)
    {
        int[] masses = [.. Enumerable.Range((int)(2.6 * perUnit), (int)(3.4 * perUnit))];
        var inWhole = MassBins.Of(MassBins.Split(new(2.6 * perUnit, 3.3 * perUnit), 0.02 * perUnit));
        var bins = MassBins.Of(MassBins.Split(new(2.6, 3.3), 0.02));
        masses.ShouldAllBe(mass => bins.Find((double)mass / perUnit) == inWhole.Find(mass));
        bins.Fill([.. masses.Select(mass => (double)mass / perUnit)]).ShouldAllBe(count => count == perUnit / 50);
    }

    [Fact]
    public void The_unit_of_the_masses_does_not_matter()
    {
        var tev = MassBins.FromEdges([.. DijetReference.Numbers("edges").Select(edge => edge / 1000)]);
        var (inGev, inTev) = (
            new BinnedModel(SpectrumFunction.Dijet(4), DijetReference.Bins, 13000).Fit(Background),
            new BinnedModel(SpectrumFunction.Dijet(4), tev, 13).Fit(Background));
        inTev.Deviance.ShouldBe(inGev.Deviance, 1e-9);
        Enumerable.Range(0, 35).ShouldAllBe(bin => Math.Abs((inTev.Expected[bin] / inGev.Expected[bin]) - 1) < 1e-8);
    }

    [Fact]
    public void A_start_changes_the_steps_and_not_the_result()
    {
        var model = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS);
        var cold = model.Fit(Injected);
        var warm = model.Fit(Injected, model.Fit(Background));
        warm.Status.Steps.ShouldBeLessThan(cold.Status.Steps);
        warm.Deviance.ShouldBe(cold.Deviance, 1e-8);
    }

    [Fact]
    public void What_cannot_be_fitted_is_a_failure_with_a_reason()
    {
        var model = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS);
        var oneBin = new double[35];
        oneBin[10] = 1000;
        model.Fit(oneBin).Status.Reason.ShouldBe("only 1 bins hold events: too few for 3 parameters and a normalisation");
        model.Fit(new double[35]).Status.Reason.ShouldBe("no event in the range of the fit");
        oneBin[3] = double.NaN;
        model.Fit(oneBin).Status.Reason!.ShouldStartWith("a bin holds NaN");
        var beyond = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, 6500).Fit(Background);
        beyond.Status.Converged.ShouldBeFalse();
        beyond.Status.Reason!.ShouldContain("sqrt(s) = 6500");
        beyond.Expected.ShouldBeEmpty();
        new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS, new double[35]).Fit(Background)
            .Status.Reason!.ShouldContain("the signal has no events");
        Should.Throw<ArgumentException>(() => model.Fit(Background, SignalConstraint.Free));
        Should.Throw<ArgumentOutOfRangeException>(() => model.Fit(Background, new SignalConstraint(0, -1)));
        Should.Throw<ArgumentOutOfRangeException>(() => model.Fit([1, 2, 3]));
        Should.Throw<ArgumentException>(() => MassBins.FromEdges([1, 3, 2]));
    }

    [Fact]
    public void Events_that_no_function_of_the_family_can_follow_have_no_maximum()
    {
        // Four neighbouring bins out of 35, rising and falling: a spike, for which the parameters run away or the fit is poor, never NaN.
        var spike = new double[35];
        (spike[16], spike[17], spike[18], spike[19]) = (1, 1e6, 1e6, 1);
        var fit = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS).Fit(spike);
        (fit.Status.Converged ? double.IsFinite(fit.Deviance) : fit.Status.Reason!.Length > 0).ShouldBeTrue();
    }
}
