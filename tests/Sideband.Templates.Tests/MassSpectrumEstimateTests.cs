using Sideband.Events;
using Sideband.Numerics;
using Sideband.Templates.Anode;
using Sideband.Templates.Learned;

namespace Sideband.Templates.Tests;

public class MassSpectrumEstimateTests
{
    private static readonly MassInterval Range = new(3.3, 3.7);

    [Fact]
    public void Drawn_masses_follow_the_spectrum_and_stay_inside()
    {
        // A falling spectrum, its lower limit included.
        var stream = RandomStream.For(1, "masses");
        double[] masses = [3.3, .. Enumerable.Range(0, 20_000).Select(_ => 3.3 + (0.4 * stream.NextDouble() * stream.NextDouble()))];
        var drawn = new MassSpectrumEstimate(masses, Range).Draw(20_000, RandomStream.For(1, "draw"));
        drawn.ShouldAllBe(mass => mass >= 3.3 && mass < 3.7);

        // Two samples of 20,000: a distance of the cumulative distributions of 0.0195 has probability 0.001.
        Distance(masses, drawn).ShouldBeLessThan(0.0195);
        drawn.Distinct().Count().ShouldBe(drawn.Length, "kernels, not repeated events");
    }

    [Fact]
    public void The_sidebands_give_no_mass_inside_the_signal_region()
    {
        var stream = RandomStream.For(2, "masses");
        double[] masses = [.. Enumerable.Range(0, 20_000).Select(_ => 2 + (3 * stream.NextDouble())).Where(mass => !Range.Contains(mass))];
        var drawn = new MassSpectrumEstimate(masses, new MassInterval(2, 5), Range).Draw(20_000, RandomStream.For(2, "draw"));
        drawn.ShouldAllBe(mass => mass >= 2 && mass < 5 && !Range.Contains(mass));
        Distance(masses, drawn).ShouldBeLessThan(0.02);
    }

    [Fact]
    public void Masses_that_cannot_be_told_from_a_limit_are_counted()
    {
        // One event at 1e10 leaves all others, but the smallest, within 1e-8 of the range.
        double[] masses = [.. Enumerable.Range(0, 100).Select(i => 100.0 + (0.5 * i)), 1e10];
        MassSpectrumEstimate.Indistinct(masses, new MassInterval(100, 1e10)).ShouldBe(99);
        MassSpectrumEstimate.Indistinct(masses.AsSpan(0, 100), new MassInterval(100, 149.5)).ShouldBe(0);
        MassSpectrumEstimate.Indistinct(masses.AsSpan(0, 100), new MassInterval(100, 1e8)).ShouldBe(1);
    }

    [Fact]
    public void The_same_stream_draws_the_same_masses() =>
        new MassSpectrumEstimate([3.4, 3.5], Range).Draw(9, RandomStream.For(1, "a"))
            .ShouldBe(new MassSpectrumEstimate([3.4, 3.5], Range).Draw(9, RandomStream.For(1, "a")));

    [Theory]
    [InlineData(0.0, 0.0, 0.5f, true)]
    [InlineData(-1.0, -3.0, 0.8807971f, true)]
    [InlineData(-1e6, 1e6, 0f, true)]
    [InlineData(double.NegativeInfinity, -1.0, 0f, false)]
    [InlineData(-1.0, double.NegativeInfinity, 0f, false)]
    [InlineData(double.NaN, -1.0, 0f, false)]
    public void A_likelihood_ratio_is_a_score_between_0_and_1(double logSignal, double logBackground, float score, bool isFinite)
    {
        // R/(1 + R) in single precision.
        LikelihoodRatio.Score(logSignal, logBackground, out var found).ShouldBe(score, 1e-7f);
        found.ShouldBe(isFinite);
    }

    private static double Distance(double[] first, double[] second)
    {
        var (a, b) = (first.Order().ToArray(), second.Order().ToArray());
        double Below(double[] sorted, double value) => (double)sorted.Count(x => x <= value) / sorted.Length;
        return Enumerable.Range(0, 60).Select(i => a[i * (a.Length - 1) / 59]).Max(value => Math.Abs(Below(a, value) - Below(b, value)));
    }
}
