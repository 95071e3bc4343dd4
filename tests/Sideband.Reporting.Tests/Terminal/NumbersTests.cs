using Sideband.Reporting.Terminal;

namespace Sideband.Reporting.Tests.Terminal;

/// <summary>Numbers are shown as a physicist reads them.</summary>
public sealed class NumbersTests
{
    [Theory]
    [InlineData(0.1, "0.1")]
    [InlineData(0.01, "0.01")]
    [InlineData(0.0123, "0.0123")]
    [InlineData(0.001, "0.001")]
    [InlineData(0.0001, "0.0001")]
    [InlineData(0.00025, "0.00025")]
    [InlineData(0.000025, "2.5e-5")]
    public void Efficiencies(double value, string text) => Numbers.Efficiency(value).ShouldBe(text);

    [Theory]
    [InlineData(null, "-")]
    [InlineData(0.0, "0.0")]
    [InlineData(99.94, "99.9")]
    [InlineData(100.4, "100")]
    [InlineData(12345.6, "12,346")]
    public void Counts(double? value, string text) => Numbers.Count(value).ShouldBe(text);

    [Theory]
    [InlineData(null, null, "-")]
    [InlineData(0.04, null, "+0.0")]
    [InlineData(-0.04, null, "-0.0")]
    [InlineData(5.06, null, "+5.1")]
    [InlineData(-1.25, 0.5, "-1.3±0.5")]
    public void Significances_carry_their_sign(double? mean, double? std, string text) => Numbers.Significance(mean, std).ShouldBe(text);

    [Theory]
    [InlineData(null, "-")]
    [InlineData(0.0, "0")]
    [InlineData(-0.0001, "-0.000")]
    [InlineData(0.0125, "+0.013")]
    public void Relative_numbers(double? value, string text) => Numbers.Relative(value).ShouldBe(text);

    [Theory]
    [InlineData(0.4, "0 s")]
    [InlineData(59.6, "1 min 00 s")]
    [InlineData(61.0, "1 min 01 s")]
    [InlineData(3599.7, "1 h 00 min")]
    [InlineData(7260.0, "2 h 01 min")]
    public void Times(double seconds, string text) => Numbers.Time(seconds).ShouldBe(text);
}
