using Sideband.Events.Simulation;
using Sideband.Numerics;

namespace Sideband.Events.Tests.Simulation;

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
            Spline.Inverse(Spline.Evaluate(y).Value).ShouldBe(y, 1e-12 * 100); // the flattest slope, 0.01, enlarges rounding
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
            var numeric = (Spline.Evaluate(y + h).Value - Spline.Evaluate(y - h).Value) / (2 * h);
            Math.Exp(Spline.Evaluate(y).LogSlope).ShouldBe(numeric, 1e-3); // second derivative (below 1000) times h
        }
    }
}
