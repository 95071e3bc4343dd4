using Sideband.Inference.Metrics;

namespace Sideband.Inference.Tests.Metrics;

public class QuadraticForecastTests
{
    [Fact]
    public void A_parabola_is_foretold_exactly_whatever_the_weights()
    {
        double[] t = [-2, -1.2, -0.7, 0.8, 1.1, 1.9], weights = [1, 4, 2, 0.5, 3, 1];
        double[] moments = [1, 0.3, 0.09];
        static double Parabola(double x) => 2 + (3 * x) - (5 * x * x);
        foreach (var used in new[] { [], weights })
        {
            var coefficients = QuadraticForecast.Coefficients(t, used, moments)!;
            t.Zip(coefficients, (x, c) => Parabola(x) * c).Sum().ShouldBe(Parabola(0.3), 1e-12);
        }
    }

    [Fact]
    public void Two_places_do_not_fix_a_parabola() =>
        QuadraticForecast.Coefficients([-1, -1, 1, 1], [], [1, 0, 0]).ShouldBeNull();
}
