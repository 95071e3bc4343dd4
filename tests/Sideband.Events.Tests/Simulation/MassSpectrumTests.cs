using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

public class MassSpectrumTests
{
    private static readonly MassSpectrum Triangle = new(0, 2, [-1, 0.5, 0.5, -2, -4]);

    [Fact]
    public void The_density_integrates_to_one()
    {
        // Trapezoids in ln m with 40,000 steps across 60 e-folds; the kinks cost below 1e-6.
        var total = 0.0;
        const double step = 60.0 / 40_000;
        for (var t = -30.0; t < 30; t += step)
        {
            total += step * Math.Exp(Triangle.LogDensity(Math.Exp(t)) + t);
        }

        total.ShouldBe(1, 1e-5);
    }

    [Fact]
    public void A_quantile_has_its_probability_below_it()
    {
        foreach (var probability in new[] { 1e-9, 0.01, 0.2, 0.5, 0.8, 0.99, 1 - 1e-9 })
        {
            var end = Math.Log(Triangle.Quantile(probability));
            var below = 0.0;
            var step = (end + 40) / 40_000;
            for (var i = 0; i < 40_000; i++)
            {
                var t = -40 + ((i + 0.5) * step);
                below += step * Math.Exp(Triangle.LogDensity(Math.Exp(t)) + t);
            }

            below.ShouldBe(probability, 1e-5); // the kinks, as above
        }
    }

    [Fact]
    public void No_mass_at_or_below_zero_is_possible()
    {
        Triangle.LogDensity(0).ShouldBe(double.NegativeInfinity);
        Triangle.LogDensity(-1).ShouldBe(double.NegativeInfinity);
        Triangle.LogDensity(double.NaN).ShouldBe(double.NegativeInfinity);
    }

    [Fact]
    public void A_spectrum_that_cannot_be_normalised_is_refused() =>
        Should.Throw<ArgumentException>(() => new MassSpectrum(0, 1, [0, 1, 2]));

    /// <summary>A bump would be a place where the logarithm of the spectrum bends upwards: there is none above the turn-on.</summary>
    [Theory]
    [InlineData(DijetBackground.Default)]
    [InlineData(DijetBackground.Alternative)]
    public void The_background_spectrum_has_no_bump(DijetBackground background)
    {
        var density = DijetDensity.Background(background);
        double At(double logMass) => density.LogMass(Math.Exp(logMass)) + logMass;
        const double step = 0.03; // eight nodes of the table, whose last digit (1e-5) is then far below the curvature
        for (var t = Math.Log(2.5); t < Math.Log(8); t += 0.01)
        {
            (At(t - step) + At(t + step) - (2 * At(t))).ShouldBeLessThan(0);
        }
    }
}
