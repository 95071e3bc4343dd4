namespace Sideband.Numerics.Tests;

public class GaussLegendreTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(4)]
    [InlineData(7)]
    [InlineData(16)]
    public void Polynomials_of_degree_2n_minus_1_are_exact(int points)
    {
        var rule = GaussLegendre.Of(points);
        for (var degree = 0; degree < 2 * points; degree++)
        {
            Integral(rule, x => Math.Pow(x, degree), 0, 1).ShouldBe(1.0 / (degree + 1), 1e-14, $"degree {degree}");
        }

        Math.Abs(Integral(rule, x => Math.Pow(x, 2 * points), -1, 1) - (2.0 / ((2 * points) + 1))).ShouldBeGreaterThan(1e-12);
    }

    [Fact]
    public void Two_hundred_points_integrate_a_steep_spectrum()
    {
        // x^-12 from 0.1 to 0.9 falls by 10^11; exact: (0.1^-11 - 0.9^-11)/11.
        var exact = (Math.Pow(0.1, -11) - Math.Pow(0.9, -11)) / 11;
        (Integral(GaussLegendre.Of(200), x => Math.Pow(x, -12), 0.1, 0.9) / exact).ShouldBe(1, 1e-12);
    }

    [Fact]
    public void Known_points()
    {
        var rule = GaussLegendre.Of(3);
        rule.At(0, -1, 1).X.ShouldBe(-Math.Sqrt(0.6), 1e-15);
        rule.At(1, -1, 1).X.ShouldBe(0);
        rule.At(1, -1, 1).Weight.ShouldBe(8 / 9.0, 1e-15);
        rule.At(2, 0, 2).X.ShouldBe(1 + Math.Sqrt(0.6), 1e-15);
        rule.Points.ShouldBe(3);
    }

    private static double Integral(GaussLegendre rule, Func<double, double> f, double low, double high)
    {
        var sum = 0.0;
        for (var i = 0; i < rule.Points; i++)
        {
            var (x, weight) = rule.At(i, low, high);
            sum += weight * f(x);
        }

        return sum;
    }
}
