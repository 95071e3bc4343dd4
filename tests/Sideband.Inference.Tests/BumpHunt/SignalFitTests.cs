using Sideband.Inference.BumpHunt;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

public class SignalFitTests
{
    private static readonly double[] Injected = DijetReference.Numbers("injected", "counts");

    [Theory]
    [InlineData(3, 599.1, 77.5, 7.969)]
    [InlineData(4, 600.2, 78.1, 7.421)]
    public void Six_hundred_injected_events_are_found(int parameters, double signal, double error, double significance)
    {
        var model = new BinnedModel(SpectrumFunction.Dijet(parameters), DijetReference.Bins, DijetReference.SqrtS, DijetReference.Signal);
        var fit = SignalFit.Of(model, Injected);
        fit.Status.Converged.ShouldBeTrue();
        Math.Round(Value(fit.Signal), 1).ShouldBe(signal);
        Math.Round(Value(fit.Significance), 3).ShouldBe(significance);
        Value(fit.PValue).ShouldBe(NormalDistribution.UpperTail(significance), 0.01 * NormalDistribution.UpperTail(significance));
        var exact = DijetReference.Numbers("injected", $"signal{parameters}");
        Value(fit.Signal).ShouldBe(exact[0], 1e-5);
        Value(fit.Error).ShouldBe(exact[1], 1e-6);
        Value(fit.Q0).ShouldBe(exact[2], 1e-8);

        // Minuit's numerical curvature, quoted with S, differs from run to run and is up to 7 % below the exact 78.08 and 83.25.
        Value(fit.Error).ShouldBe(error, 0.07 * error);
    }

    [Fact]
    public void The_likelihood_ratio_with_three_parameters_has_its_digits()
    {
        var template = DijetReference.Ball.Template(DijetReference.Bins)!;
        var model = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS, template);
        Math.Round(Value(SignalFit.Of(model, Injected).Q0), 2).ShouldBe(63.5); // the shape's exact integrals move the third decimal
        var reference = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS, DijetReference.Signal);
        Math.Round(Value(SignalFit.Of(reference, Injected).Q0), 3).ShouldBe(63.505);
    }

    [Fact]
    public void The_profile_around_the_background_fit_has_its_minimum_at_S_and_its_curvature_is_the_error()
    {
        var model = new BinnedModel(SpectrumFunction.Dijet(3), DijetReference.Bins, DijetReference.SqrtS, DijetReference.Signal);
        var fit = SignalFit.Of(model, Injected);
        var (s, sigma) = (Value(fit.Signal), Value(fit.Error));
        double Rise(double signal) => model.Fit(Injected, SignalConstraint.Held(signal), fit.Free).Deviance - fit.Free.Deviance;
        Rise(s).ShouldBe(0, 1e-7);
        var symmetric = 0.5 * (Rise(s + (0.1 * sigma)) + Rise(s - (0.1 * sigma)));
        symmetric.ShouldBe(0.01, 1e-5);
    }

    [Fact]
    public void S_with_its_error_covers_and_q0_of_the_background_is_half_zero_and_half_chi2()
    {
        var model = Small.Model;
        var (covered, pulls, q0) = (0, new List<double>(), new List<double>());
        for (var toy = 0; toy < 500; toy++)
        {
            var signal = SignalFit.Of(model, Small.Toy("coverage", toy, 60), 0, Small.Fit);
            var pull = (Value(signal.Signal) - 60) / Value(signal.Error);
            pulls.Add(pull);
            covered += Math.Abs(pull) < 1 ? 1 : 0;
            q0.Add(Value(SignalFit.Of(model, Small.Toy("background", toy, 0), 0, Small.Fit).Q0));
        }

        // Binomial errors on 500: 0.021 on 0.683; 0.022 on a half; all bounds are about 3 of them.
        (covered / 500.0).ShouldBe(0.683, 0.063);
        pulls.Average().ShouldBe(0, 0.14);
        (q0.Count(q => q == 0) / 500.0).ShouldBe(0.5, 0.067);
        foreach (var (q, tail) in new[] { (0.4549, 0.25), (1.0, 0.15866), (2.7055, 0.05) })
        {
            (q0.Count(value => value > q) / 500.0).ShouldBe(tail, 3 * Math.Sqrt(tail * (1 - tail) / 500));
        }
    }

    [Fact]
    public void A_deficit_has_a_negative_significance_and_no_discovery()
    {
        var fit = SignalFit.Of(Small.Model, [.. Small.Background.Zip(Small.Template, (b, s) => b - (60 * s))]);
        Value(fit.Signal).ShouldBe(-60, 0.1);
        Value(fit.Significance).ShouldBeLessThan(-1);
        Value(fit.Q0).ShouldBe(0);
        Value(fit.PValue).ShouldBeGreaterThan(0.8);
    }

    [Fact]
    public void An_empty_window_puts_S_at_the_edge_of_what_is_allowed()
    {
        // One bin is the window, and the signal is all of it: S = N - B with N = 0.
        var bins = MassBins.Of([.. MassBins.Split(new(2, 3.3), 0.05), new(3.3, 3.7), .. MassBins.Split(new(3.7, 6), 0.05)]);
        double[] template = [.. Enumerable.Range(0, bins.Count).Select(i => bins[i].Width > 0.3 ? 1.0 : 0)];
        double[] counts =
            [.. Enumerable.Range(0, bins.Count).Select(i => template[i] > 0 ? 0 : Math.Round(40 * Math.Pow(2 / bins[i].Low, 7)))];
        var model = new BinnedModel(SpectrumFunction.Dijet(2), bins, 13, template);
        var fit = SignalFit.Of(model, counts);
        fit.Status.Converged.ShouldBeTrue();
        var window = Array.IndexOf(template, 1.0);
        Value(fit.Signal).ShouldBe(-fit.Free.Background[window], 1e-5);
        Value(fit.Significance).ShouldBeLessThan(-2);
    }

    [Fact]
    public void A_spurious_signal_widens_the_error_and_lowers_the_significance()
    {
        var counts = Small.Toy("spurious", 0, 150);
        var (plain, widened) = (SignalFit.Of(Small.Model, counts), SignalFit.Of(Small.Model, counts, 40));
        Value(widened.Signal).ShouldBe(Value(plain.Signal), 1e-6);
        Value(widened.Error).ShouldBe(Math.Sqrt(Math.Pow(Value(plain.Error), 2) + 1600), 1e-6);

        // Where the likelihood is a parabola Z = S/error: here to some per cent.
        (Value(widened.Significance) / Value(plain.Significance)).ShouldBe(Value(plain.Error) / Value(widened.Error), 0.05);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(40)]
    public void Toys_give_the_asymptotic_p_value_where_there_are_many_events(double spurious)
    {
        double[] counts = [.. Small.Background.Zip(Small.Template, (b, s) => b + (60 * s))];
        var fit = SignalFit.Of(Small.Model, counts, spurious, Small.Fit);
        var asymptotic = Value(fit.PValue);
        asymptotic.ShouldBeInRange(0.01, 0.3);
        Value(fit.PValueByToys(Small.Model, spurious, 600, new ToyStreams(1, "p"))).ShouldBe(asymptotic, 3 * Math.Sqrt(asymptotic / 600));

        // A deficit is as likely as its Z says, too.
        var deficit = SignalFit.Of(Small.Model, [.. Small.Background.Zip(Small.Template, (b, s) => b - (60 * s))], spurious, Small.Fit);
        asymptotic = Value(deficit.PValue);
        asymptotic.ShouldBeInRange(0.7, 0.99);
        Value(deficit.PValueByToys(Small.Model, spurious, 600, new ToyStreams(1, "p")))
            .ShouldBe(asymptotic, 3 * Math.Sqrt((1 - asymptotic) / 600));
    }

    [Fact]
    public void A_failed_fit_has_one_reason_for_every_number()
    {
        var fit = SignalFit.Of(Small.Model, new double[Small.Background.Length]);
        fit.Status.Converged.ShouldBeFalse();
        fit.Signal.Reason.ShouldBe("no event in the range of the fit");
        fit.PValue.Reason.ShouldBe(fit.Signal.Reason);
    }

    private static double Value(Measured measured) => measured.Value!.Value;
}
