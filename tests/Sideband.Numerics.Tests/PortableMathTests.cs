namespace Sideband.Numerics.Tests;

public class PortableMathTests
{
    [Fact]
    public void Exp_and_log_agree_with_the_C_library_within_two_units_in_the_last_place()
    {
        var stream = RandomStream.For(1, "portable math");
        for (var i = 0; i < 200_000; i++)
        {
            var x = (stream.NextDouble() - 0.5) * 1400;
            var exp = PortableMath.Exp(x);
            Math.Abs(exp - Math.Exp(x)).ShouldBeLessThanOrEqualTo(4.5e-16 * Math.Exp(x));
            var y = Math.Exp(x) + (stream.NextDouble() * 1e-3);
            Math.Abs(PortableMath.Log(y) - Math.Log(y)).ShouldBeLessThanOrEqualTo(3e-16 * Math.Max(1e-300, Math.Abs(Math.Log(y))) + 1e-300);
        }
    }

    [Theory]
    [InlineData(double.NaN, double.NaN)]
    [InlineData(-800, 0.0)]
    [InlineData(710, double.PositiveInfinity)]
    [InlineData(0, 1.0)]
    [InlineData(-744, 1e-323)]
    public void Exp_has_the_limits(double x, double expected) => PortableMath.Exp(x).ShouldBe(expected);

    [Theory]
    [InlineData(0, double.NegativeInfinity)]
    [InlineData(-1, double.NaN)]
    [InlineData(1, 0.0)]
    [InlineData(double.PositiveInfinity, double.PositiveInfinity)]
    public void Log_has_the_limits(double x, double expected) => PortableMath.Log(x).ShouldBe(expected);

    [Theory]
    [InlineData(1e-18, 1e-18)]
    [InlineData(1e-5, 9.9999500003333308e-06)]
    [InlineData(-0.3, -0.35667494393873238)]
    [InlineData(4.0, 1.6094379124341003)]
    public void Log1P_keeps_small_arguments(double x, double expected) =>
        PortableMath.Log1P(x).ShouldBe(expected, 1e-15 * Math.Abs(expected));
}
