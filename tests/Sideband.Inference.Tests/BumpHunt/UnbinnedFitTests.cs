using Sideband.Inference.BumpHunt;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

public class UnbinnedFitTests
{
    private static readonly MassRange Window = new(2.4, 2.9);
    private static readonly IReadOnlyList<MassRange> Sidebands = new MassRange(1.6, 6.0).Outside(Window);
    private static readonly SpectrumSums Sums = SpectrumSums.Of(DijetReference.Masses, Sidebands, 13);

    [Theory]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    [InlineData(5)]
    public void Curve_error_and_likelihood_agree_with_50_digits(int parameters)
    {
        var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(parameters), Sums);
        fit.Status.Converged.ShouldBeTrue();
        fit.Status.Steps.ShouldBeLessThanOrEqualTo(13);
        fit.Events.ShouldBe((long)DijetReference.Number("unbinned", "events"));
        Value(fit.NegativeLogLikelihood).ShouldBe(DijetReference.Numbers("unbinned", "nll")[parameters - 2], 1e-8);
        var window = fit.Expected(Window);

        // Rounding of the masses' sums, times the condition of five nearly equal terms.
        Value(window.Value).ShouldBe(DijetReference.Numbers("unbinned", "window")[parameters - 2], 1e-5);
        Value(window.Error).ShouldBe(DijetReference.Numbers("unbinned", "window_error")[parameters - 2], 1e-5);
    }

    [Fact]
    public void The_fitted_events_are_the_events_of_the_sidebands()
    {
        var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(3), Sums);
        var total = Sidebands.Sum(range => Value(fit.Expected(range).Value));
        total.ShouldBe(fit.Events, 1e-6);
    }

    [Theory]
    [InlineData(1.6, 6.0)]
    [InlineData(2.0, 2.9)]
    [InlineData(3.0, 3.4)]
    [InlineData(5.0, 12.9)]
    public void Expectations_add_up_over_wide_and_narrow_ranges(double low, double high)
    {
        var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(5), Sums);
        var narrow = MassBins.Split(new(low, high), 0.01).Sum(range => Value(fit.Expected(range).Value));
        (Value(fit.Expected(new(low, high)).Value) / narrow).ShouldBe(1, 1e-9);
    }

    [Fact]
    public void The_covariance_is_that_of_the_parameters()
    {
        // The error of a curve that one parameter moves: ln B changes by g dp, g from the whitened basis by way of the natural parameters.
        var fit = UnbinnedFit.Of(SpectrumFunction.Dijet(2), Sums);
        var covariance = fit.Covariance;
        covariance[1].ShouldBe(covariance[2], 1e-12);
        var gradient = Gradient(fit.Parameters);
        var variance = (1.0 / fit.Events)
            + (gradient[0] * gradient[0] * covariance[0])
            + (2 * gradient[0] * gradient[1] * covariance[1])
            + (gradient[1] * gradient[1] * covariance[3]);
        var window = fit.Expected(Window);
        (Value(window.Value) * Math.Sqrt(variance)).ShouldBe(Value(window.Error), 1e-4 * Value(window.Error));
    }

    [Fact]
    public void A_million_events_converge_in_thirteen_steps_with_any_number_of_parameters()
    {
        // Counts of the reference spectrum as events at the bins' centres: the sums are all that the fit sees.
        var counts = DijetReference.Numbers("background", "counts");
        double[] masses = [.. Enumerable.Range(0, 35).SelectMany(bin =>
            Enumerable.Repeat(0.5 * (DijetReference.Bins[bin].Low + DijetReference.Bins[bin].High), (int)counts[bin]))];
        var sums = SpectrumSums.Of(masses, [DijetReference.Bins.Span], DijetReference.SqrtS);
        for (var parameters = 2; parameters <= 5; parameters++)
        {
            var status = UnbinnedFit.Of(SpectrumFunction.Dijet(parameters), sums).Status;
            status.Converged.ShouldBeTrue();
            status.Steps.ShouldBeLessThanOrEqualTo(13);
        }

        foreach (var alternative in SpectrumFunction.Alternatives)
        {
            UnbinnedFit.Of(alternative, sums).Status.Steps.ShouldBeInRange(1, 13);
        }
    }

    [Fact]
    public void Toys_scatter_by_the_error_that_the_fit_quotes()
    {
        // Events of x^-5 in the sidebands, the window's expectation known: 300 pulls, width 1 to 4 %, mean 0 to 0.06.
        var sidebands = Power(1.6) - Power(2.4) + Power(2.9) - Power(6);
        var truth = 700 * (Power(2.4) - Power(2.9)) / sidebands;
        var pulls = new double[300];
        for (var toy = 0; toy < pulls.Length; toy++)
        {
            var stream = RandomStream.For(1, "pulls", $"{toy}");
            var masses = new double[(int)stream.NextPoisson(700 * (Power(1.6) - Power(6)) / sidebands)];
            for (var i = 0; i < masses.Length; i++)
            {
                masses[i] = Math.Pow(Power(1.6) - (stream.NextDouble() * (Power(1.6) - Power(6))), -0.25);
            }

            var window = UnbinnedFit.Of(SpectrumFunction.Dijet(2), SpectrumSums.Of(masses, Sidebands, 13)).Expected(Window);
            pulls[toy] = (Value(window.Value) - truth) / Value(window.Error);
        }

        var mean = pulls.Average();
        mean.ShouldBe(0, 0.2);
        Math.Sqrt(pulls.Average(pull => (pull - mean) * (pull - mean))).ShouldBe(1, 0.13);

        static double Power(double m) => Math.Pow(m, -4);
    }

    [Fact]
    public void What_cannot_be_fitted_is_a_failure_with_a_reason()
    {
        var function = SpectrumFunction.Dijet(3);
        Reason([]).ShouldBe("no event in [1.6, 2.4) and [2.9, 6)");
        Reason([2.5, 2.6]).ShouldBe("no event in [1.6, 2.4) and [2.9, 6)");
        Reason([1.7, 1.8, 1.9]).ShouldBe("3 events are too few for 3 parameters");
        Reason([1.7, 1.8, 1.9, double.NaN, double.PositiveInfinity]).ShouldBe("2 of 5 masses are not finite");
        Reason([1.7, 1.8, 1.9, 13]).ShouldBe("1 of 4 masses are not below sqrt(s) = 13: check its unit");
        Reason([1.7, 1.8, -1.9, 0]).ShouldBe("2 of 4 masses are not above 0");
        Reason([.. Enumerable.Repeat(1.9, 500)]).ShouldContain("the events lie at too few different masses");
        Reason([.. Enumerable.Range(0, 500).Select(i => 1.9 + (1e-5 * i))]).ShouldContain("the events lie at too few different masses");
        UnbinnedFit.Of(function, SpectrumSums.Of(DijetReference.Masses, Sidebands, 0)).Status.Reason!.ShouldContain("sqrt(s) is 0");
        UnbinnedFit.Of(function, SpectrumSums.Of(DijetReference.Masses, [new(3, 14)], 13)).Status.Reason!.ShouldContain("[3, 14)");
        var fit = UnbinnedFit.Of(function, SpectrumSums.Of([1.7], Sidebands, 13));
        fit.Expected(Window).Value.Reason.ShouldBe(fit.Status.Reason);
        fit.Parameters.ShouldBeEmpty();
        fit.NegativeLogLikelihood.IsDefined.ShouldBeFalse();

        string Reason(double[] masses)
        {
            var status = UnbinnedFit.Of(function, SpectrumSums.Of(masses, Sidebands, 13)).Status;
            status.Converged.ShouldBeFalse();
            return status.Reason!;
        }
    }

    private static double Value(Measured measured) => measured.Value!.Value;

    // d ln(B/N)/dp of the two-parameter function by differences of sums over a fine grid.
    private static double[] Gradient(IReadOnlyList<double> p)
    {
        double Log(double p1, double p2)
        {
            double Integral(double low, double high) => Enumerable.Range(0, 4000)
                .Select(i => (low + ((high - low) * (i + 0.5) / 4000)) / 13)
                .Sum(x => Math.Pow(1 - x, p1) * Math.Pow(x, -p2)) * (high - low);
            return Math.Log(Integral(2.4, 2.9) / (Integral(1.6, 2.4) + Integral(2.9, 6)));
        }

        const double Step = 1e-4;
        return
        [
            (Log(p[0] + Step, p[1]) - Log(p[0] - Step, p[1])) / (2 * Step),
            (Log(p[0], p[1] + Step) - Log(p[0], p[1] - Step)) / (2 * Step),
        ];
    }
}
