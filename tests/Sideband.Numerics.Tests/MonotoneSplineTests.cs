namespace Sideband.Numerics.Tests;

public class MonotoneSplineTests
{
    private static readonly MonotoneSpline Spline = new([-2, -1, 0, 0.2, 3], [-3, -0.5, 0, 1, 1.2], [1, 2, 0.3, 4, 0.1]);

    [Fact]
    public void The_inverse_undoes_the_value_inside_and_outside_the_knots()
    {
        var stream = RandomStream.For(1, "spline");
        for (var i = 0; i < 10_000; i++)
        {
            var y = -5 + (12 * stream.NextDouble());
            Spline.Inverse(Spline.Forward(y, out _)).ShouldBe(y, 1e-12 * 100); // the flattest slope, 0.01, enlarges rounding
        }
    }

    [Fact]
    public void The_slope_is_the_derivative()
    {
        var stream = RandomStream.For(2, "spline");
        const double h = 1e-6;
        for (var i = 0; i < 10_000; i++)
        {
            var y = -5 + (12 * stream.NextDouble());
            var numeric = (Spline.Forward(y + h, out _) - Spline.Forward(y - h, out _)) / (2 * h);
            Spline.Forward(y, out var slope);
            slope.ShouldBe(numeric, 1e-3); // second derivative (below 1000) times h
        }
    }

    [Fact]
    public void A_curve_through_points_has_an_inverse_and_the_slope_of_finite_differences()
    {
        var spline = MonotoneSpline.Through([0, 1, 1.5, 4, 10], [0, 0.1, 0.7, 0.8, 2]);
        for (var x = 0.003; x < 9.9; x += 0.0137)
        {
            var y = spline.Forward(x, out var slope);
            spline.Inverse(y).ShouldBe(x, 1e-9);
            slope.ShouldBe((spline.Forward(x + 1e-6, out _) - spline.Forward(x - 1e-6, out _)) / 2e-6, 1e-4 * Math.Max(1, slope));
            slope.ShouldBeGreaterThan(0);
        }
    }
}
