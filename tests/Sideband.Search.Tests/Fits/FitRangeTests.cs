using Sideband.Events;
using Sideband.Numerics;
using Sideband.Search.Fits;

namespace Sideband.Search.Tests.Fits;

/// <summary>Which masses a fit may use.</summary>
public class FitRangeTests
{
    // Even from 2 to 3, which is the turn-on's height in half as many events a bin, then falling as exp(-2 m) from 3 on.
    private static readonly double[] Masses = Spectrum();

    [Fact]
    public void The_default_is_the_falling_part_as_far_as_there_are_events()
    {
        // Bins of 0.1: the fullest begins at 3, so that the fits do from two further on; 25 events of 20000 exp(-2 (m - 3)) 0.18 at 5.5.
        var range = FitRange.Default(Masses, 0.4);
        range.Low.ShouldBe(3.2);
        range.High.ShouldBeInRange(5.2, 5.8);
        ((decimal)range.High % 0.1m).ShouldBe(0);
        FitRange.Check(range, Masses, 0.4, 13);
    }

    [Fact]
    public void Masses_that_were_rounded_are_in_the_bins_that_begin_at_them()
    {
        // 40 events at each of 3, 3.05, ..., 4.95: two masses in each bin of 0.1.
        double[] masses = [.. Enumerable.Range(60, 40).SelectMany(i => Enumerable.Repeat(i / 20.0, 40)), 6];
        var range = FitRange.Default(masses, 0.4);
        (range.Low, range.High).ShouldBe((3.2, 5.0));
    }

    [Fact]
    public void A_turn_on_inside_of_the_range_is_refused_with_a_better_one() =>
        Should.Throw<ConfigurationException>(() => FitRange.Check(new MassInterval(2, 5), Masses, 0.4, 13)).Message
            .ShouldMatch("^--mass-range: the spectrum rises from [0-9]+ events at 2 to [0-9]+ at 3: a turn-on, which no function of "
                + "the fit describes; begin above it, for example 3.2:5$");

    [Fact]
    public void Energies_below_the_range_or_the_masses_are_refused()
    {
        Should.Throw<ConfigurationException>(() => FitRange.Check(new MassInterval(3.2, 5), Masses, 0.4, 4)).Message
            .ShouldBe("--sqrt-s: 4 is not above the range of the fit, which ends at 5");
        Should.Throw<ConfigurationException>(() => FitRange.CheckMasses([3.5, 8.25], 8)).Message
            .ShouldBe("--sqrt-s: 8 is not above the largest mass of the data, 8.25");
        Should.Throw<ConfigurationException>(() => FitRange.CheckMasses([-1.0, 2], 13)).Message
            .ShouldBe("fit: the smallest mass of the data is -1; the functions need masses above 0");
    }

    [Fact]
    public void A_range_without_events_and_a_spectrum_that_falls_nowhere_are_refused()
    {
        Should.Throw<ConfigurationException>(() => FitRange.Check(new MassInterval(9, 10), Masses, 0.4, 13)).Message
            .ShouldBe("--mass-range: 9:10 holds no events; masses must be above 0");
        Should.Throw<ConfigurationException>(() => FitRange.Default([3.1, 3.2, 4], 0.4)).Message
            .ShouldStartWith("--mass-range: the spectrum has no falling part");
    }

    [Theory]
    [InlineData("3.1, 3.25", "3.1 3.25")]
    [InlineData("3:3.3:0.1", "3 3.1 3.2 3.3")]
    public void Masses_are_decimal_numbers(string text, string expected) =>
        string.Join(' ', FitMasses.Parse(text).Select(mass => mass.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))
            .ShouldBe(expected);

    [Theory]
    [InlineData("")]
    [InlineData("a")]
    [InlineData("3:4")]
    [InlineData("4:3:0.1")]
    [InlineData("3:4:0")]
    [InlineData("3:4:0.0001")]
    [InlineData("-1,3")]
    public void Other_texts_are_refused(string text) =>
        Should.Throw<ConfigurationException>(() => FitMasses.Parse(text)).Message
            .ShouldStartWith($"--masses: '{text}' is not allowed; allowed: ");

    private static double[] Spectrum()
    {
        var random = RandomStream.For(1, "turn-on");
        return
        [
            .. Enumerable.Range(0, 10000).Select(_ => 2 + random.NextDouble()),
            .. Enumerable.Range(0, 20000).Select(_ => 3 - (0.5 * Math.Log(1 - random.NextDouble()))),
        ];
    }
}
