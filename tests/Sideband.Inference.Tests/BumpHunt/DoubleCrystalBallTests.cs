using Sideband.Inference.BumpHunt;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

public class DoubleCrystalBallTests
{
    private static readonly DoubleCrystalBall Ball = DijetReference.Ball;

    [Fact]
    public void Normalisation_and_density_are_those_of_quadrature()
    {
        Ball.Normalisation.ShouldBe(293.62110823, 5e-9);
        Ball.Normalisation.ShouldBe(DijetReference.Number("ball_norm"), 3e-7); // scipy's adaptive integral
        Ball.Density(3400).ShouldBe(2.16398e-3, 5e-9);
        Ball.Density(3500).ShouldBe(3.40575e-3, 5e-9);
        Ball.Density(3700).ShouldBe(5.92531e-4, 5e-10);
    }

    [Fact]
    public void Fractions_are_integrals_of_the_density()
    {
        var template = Ball.Template(DijetReference.Bins)!;

        // The reference integrates each bin with 8 points, across the kinks where the tails begin.
        Enumerable.Range(0, 35).ShouldAllBe(bin => Math.Abs(template[bin] - DijetReference.Signal[bin]) < 2e-5);
        Ball.Fraction(new MassRange(0, 1e9)).ShouldBe(1, 1e-3);
        foreach (var (low, high) in new[] { (3000, 3100), (3380, 3390), (3490, 3520), (3800, 4200) })
        {
            var rule = GaussLegendre.Of(40);
            var sum = Enumerable.Range(0, rule.Points).Sum(i => rule.At(i, low, high).Weight * Ball.Density(rule.At(i, low, high).X));
            Ball.Fraction(new MassRange(low, high)).ShouldBe(sum, 1e-9 * sum);
        }

        Ball.Template(MassBins.FromEdges([10, 11, 12])).ShouldBeNull();
    }

    [Fact]
    public void The_fit_finds_the_shape_that_made_the_events()
    {
        var masses = Draw(60_000);
        var fit = CrystalBallFit.Of(masses, 3500);
        fit.Status.Converged.ShouldBeTrue();
        (fit.Events + fit.Outside).ShouldBe(masses.Length);

        // 200 bins: the reduced deviance spreads by 0.1; mean and width are known to sigma/sqrt(n) = 0.5 GeV or so, the tails to some per
        // cent.
        fit.ReducedDeviance.Value!.Value.ShouldBe(1, 0.4);
        fit.Shape!.Mean.ShouldBe(3500, 5);
        fit.Shape.Sigma.ShouldBe(105, 5);
        fit.Shape.AlphaLow.ShouldBe(1.2, 0.15);
        fit.Shape.AlphaHigh.ShouldBe(1.6, 0.25);
        for (var mass = 2900.0; mass < 4100; mass += 50)
        {
            fit.Shape.Fraction(new MassRange(mass, mass + 50)).ShouldBe(Ball.Fraction(new MassRange(mass, mass + 50)), 0.003);
        }
    }

    [Fact]
    public void A_Gaussian_has_tails_that_nothing_determines_and_converges_all_the_same()
    {
        var stream = RandomStream.For(1, "gauss");
        double[] masses = [.. Enumerable.Range(0, 20_000).Select(_ => 3.5 + (0.1 * stream.NextGaussian()))];
        var fit = CrystalBallFit.Of(masses, 3.5);
        fit.Status.Converged.ShouldBeTrue();
        fit.Shape!.Mean.ShouldBe(3.5, 0.004);
        fit.Shape.Sigma.ShouldBe(0.1, 0.004);
    }

    [Fact]
    public void At_the_minimum_rounding_alone_does_not_keep_it_going()
    {
        // The last step promises 1e-13, and -2 ln L is larger by 1e-12 whatever the damping is.
        var stream = RandomStream.For(1, "bump");
        var fit = CrystalBallFit.Of([.. Enumerable.Range(0, 5000).Select(_ => 3.5 + (0.1 * stream.NextGaussian()))], 3.5);
        (fit.Status.Converged, fit.Status.Steps).ShouldBe((true, 10));
    }

    [Fact]
    public void Failures()
    {
        CrystalBallFit.Of([], 3.5).Status.Reason!.ShouldContain("too few for a shape");
        CrystalBallFit.Of([.. Enumerable.Repeat(3.5, 1000)], 3.5).Status.Reason!.ShouldContain("in 1 bins");
        CrystalBallFit.Of([double.NaN], 3.5).Status.Reason.ShouldBe("signal: 1 of 1 masses are not finite");
        CrystalBallFit.Of([.. Enumerable.Repeat(3.5, 1000)], 0).Shape.ShouldBeNull();
    }

    // By inverting the cumulative distribution on a grid of 1 GeV.
    private static double[] Draw(int events)
    {
        var (low, bins) = (1000.0, 6000);
        var cumulative = new double[bins + 1];
        for (var i = 0; i < bins; i++)
        {
            cumulative[i + 1] = cumulative[i] + Ball.Fraction(new MassRange(low + i, low + i + 1));
        }

        var stream = RandomStream.For(1, "crystal ball");
        return [.. Enumerable.Range(0, events).Select(_ =>
        {
            var found = Array.BinarySearch(cumulative, stream.NextDouble() * cumulative[^1]);
            return low + (found >= 0 ? found : ~found - 1) + stream.NextDouble();
        })];
    }
}
