using Sideband.Inference.BumpHunt;

namespace Sideband.Inference.Tests.BumpHunt;

public class ToyTests
{
    private static readonly BinnedModel Background = new(SpectrumFunction.Dijet(2), Small.Bins, 13);

    [Fact]
    public void Goodness_of_fit_is_uniform_for_the_right_function_and_small_for_a_resonance()
    {
        var below = 0;
        for (var toy = 0; toy < 60; toy++)
        {
            var goodness = GoodnessOfFit.Of(Background, Small.Toy("goodness", toy, 0), 50, new ToyStreams(1, $"goodness {toy}"));
            goodness.Degrees.ShouldBe(34 - 3);
            (goodness.Toys + goodness.FailedToys).ShouldBe(50);
            below += goodness.PValue.Value < 0.25 ? 1 : 0;
        }

        // Binomial error 3.4.
        below.ShouldBeInRange(5, 25);
        GoodnessOfFit.Of(Background, Small.Toy("bump", 0, 500), 99, new ToyStreams(1, "bump")).PValue.Value!.Value.ShouldBe(0.01);
        GoodnessOfFit.Of(Background, new double[34], 10, new ToyStreams(1)).PValue.Reason.ShouldBe("no event in the range of the fit");
        GoodnessOfFit.Of(Background, Small.Background, 0, new ToyStreams(1)).PValue.Reason.ShouldBe("no toy was fitted");
    }

    [Fact]
    public void A_function_of_the_truths_own_form_has_no_spurious_signal()
    {
        var masses = Spectra.Draw(20_000, "bias", 8, 6, 0);
        var truth = UnbinnedFit.Of(SpectrumFunction.Dijet(2), SpectrumSums.Of(masses, [Small.Bins.Span], 13));
        var spurious = SpuriousSignal.Of(Small.Model, truth, 300, new ToyStreams(1, "bias"));
        spurious.Fraction.Value!.Value.ShouldBe(0, 0.2); // 3 standard errors of 1/sqrt(300)
        spurious.FractionError.Value!.Value.ShouldBe(1 / Math.Sqrt(300), 0.01);
        var test = BiasTest.Of([spurious], 0.2);
        (test.WithinLimit, test.Width).ShouldBe((true, 0.0));
        test.Largest.ShouldBe(spurious);
    }

    [Fact]
    public void A_truth_that_the_function_cannot_follow_becomes_an_error()
    {
        // Strong curvature, described by the alternative and not by two parameters.
        var masses = Spectra.Draw(20_000, "curved", 8, -60, -16);
        var sums = SpectrumSums.Of(masses, [Small.Bins.Span], 13);
        var truth = UnbinnedFit.Of(SpectrumFunction.Alternatives[0], sums);
        var spurious = SpuriousSignal.Of(Small.Model, truth, 100, new ToyStreams(1, "bias"));
        Math.Abs(spurious.Fraction.Value!.Value).ShouldBeGreaterThan(0.5);
        var test = BiasTest.Of([spurious], 0.2);
        test.WithinLimit.ShouldBeFalse();
        test.Width.ShouldBe(Math.Abs(spurious.Mean.Value!.Value));
    }

    [Fact]
    public void The_alternative_with_the_larger_fraction_counts()
    {
        SpuriousSignal Of(int alternative, double mean, double fraction) => new(
            SpectrumFunction.Alternatives[alternative], Measured.Of(mean), Measured.Of(fraction), Measured.Of(0.05), 400, 0);
        var (small, large) = (Of(0, 4, 0.1), Of(1, -12, -0.3));
        var test = BiasTest.Of([small, large], 0.2);
        test.Largest.ShouldBe(large);
        (test.WithinLimit, test.Width).ShouldBe((false, 12.0));
        BiasTest.Of([large, small], 0.2).Largest.ShouldBe(large);
        BiasTest.Of([small], 0.2).Width.ShouldBe(0);
    }

    [Fact]
    public void An_alternative_that_cannot_be_fitted_leaves_the_test_undefined()
    {
        var truth = UnbinnedFit.Of(SpectrumFunction.Alternatives[0], SpectrumSums.Of([], [Small.Bins.Span], 13));
        var test = BiasTest.Of([SpuriousSignal.Of(Small.Model, truth, 10, new ToyStreams(1))], 0.2);
        test.Largest.ShouldBeNull();
        test.Alternatives[0].Fraction.Reason.ShouldBe("no event in [2.6, 6)");
        test.WithinLimit.ShouldBeFalse();
        test.IsIncomplete.ShouldBeTrue();
    }

    [Fact]
    public void Toys_of_which_more_than_a_tenth_fail_say_nothing()
    {
        ToyStreams.TooFew(360, 400).ShouldBeNull();
        ToyStreams.TooFew(359, 400).ShouldBe("the fits of 41 of 400 toys failed");
        ToyStreams.TooFew(0, 0).ShouldBe("no toy was fitted");
    }
}
