using Sideband.Inference.BumpHunt;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

public class UpperLimitTests
{
    private static readonly double Sigma = SignalFit.Of(Small.Model, Small.Background).Error.Value!.Value;

    [Theory]
    [InlineData(2, 0.974)]
    [InlineData(3, 0.955)]
    public void The_limit_covers_as_CLs_does(double strength, double coverage)
    {
        var (covered, toys) = (0, 400);
        for (var toy = 0; toy < toys; toy++)
        {
            var limit = new UpperLimit(Small.Model, Small.Toy($"limit {strength}", toy, strength * Sigma), 0, 0.95).Asymptotic();
            covered += limit.Value!.Value >= strength * Sigma ? 1 : 0;
        }

        // The coverage of CLs for a Gaussian at 2 and 3 sigma; binomial errors 0.008 and 0.010, and a per cent for the Poisson counts.
        (covered / (double)toys).ShouldBe(coverage, 0.03);
    }

    [Fact]
    public void Without_signal_the_limit_is_the_expected_median_and_its_bands_are_those_of_a_Gaussian()
    {
        var limit = new UpperLimit(Small.Model, Small.Background, 0, 0.95);
        var expected = limit.Expected();
        var median = expected.Median.Value!.Value;
        limit.Asymptotic().Value!.Value.ShouldBe(median, 2e-4 * median);

        // CLs of a Gaussian of width sigma: median sigma Phi^-1(1 - 0.025), N: sigma (Phi^-1(1 - 0.05 Phi(N)) + N). The curvature of the
        // Poisson likelihood adds some per cent.
        median.ShouldBe(1.96 * Sigma, 0.06 * median);
        expected.PlusOne.Value!.Value.ShouldBe(2.727 * Sigma, 0.1 * 2.727 * Sigma);
        expected.PlusTwo.Value!.Value.ShouldBe(3.656 * Sigma, 0.1 * 3.656 * Sigma);
        expected.MinusOne.Value!.Value.ShouldBe(1.412 * Sigma, 0.06 * 1.412 * Sigma);
        expected.MinusTwo.Value!.Value.ShouldBe(1.052 * Sigma, 0.06 * 1.052 * Sigma);
    }

    [Fact]
    public void Toys_and_asymptotic_formulae_agree_where_there_are_many_events()
    {
        var limit = new UpperLimit(Small.Model, Small.Toy("toys", 3, 30), 0, 0.95);
        var asymptotic = limit.Asymptotic().Value!.Value;

        // 500 toys know CLs = 0.05 to 20 %, which is a tenth of sigma or 5 % of the limit.
        var byToys = limit.ByToys(500, new ToyStreams(1, "limit"));
        byToys.Value!.Value.ShouldBe(asymptotic, 0.12 * asymptotic);
        limit.ByToys(500, new ToyStreams(1, "limit")).ShouldBe(byToys);
    }

    [Fact]
    public void An_excess_raises_the_limit_and_a_deficit_does_not_exclude_everything()
    {
        double LimitOf(double signal) => new UpperLimit(
            Small.Model, [.. Small.Background.Zip(Small.Template, (b, s) => b + (signal * s))], 0, 0.95).Asymptotic().Value!.Value;
        var none = LimitOf(0);
        LimitOf(2 * Sigma).ShouldBe(none + (2 * Sigma), 0.25 * Sigma + (0.15 * none));
        LimitOf(-2 * Sigma).ShouldBeInRange(0.4 * none, 0.7 * none);
    }

    [Fact]
    public void A_spurious_signal_widens_the_limit()
    {
        var plain = new UpperLimit(Small.Model, Small.Background, 0, 0.95).Asymptotic().Value!.Value;
        var limit = new UpperLimit(Small.Model, Small.Background, Sigma, 0.95);
        limit.Asymptotic().Value!.Value.ShouldBe(plain * Math.Sqrt(2), 0.1 * plain);
        limit.ByToys(200, new ToyStreams(1, "spurious")).Value!.Value.ShouldBe(plain * Math.Sqrt(2), 0.3 * plain);
    }

    [Fact]
    public void A_deficit_with_a_spurious_signal_has_a_limit()
    {
        // S = 0 has both statistics 0 but for rounding.
        var limits = Enumerable.Range(0, 40).Select(toy =>
            new UpperLimit(Small.Model, Small.Toy("deficit", toy, -Sigma), 0.3 * Sigma, 0.95).Asymptotic());
        limits.ShouldAllBe(limit => limit.Value > 0);
    }

    [Fact]
    public void Asymptotic_CLs_has_its_closed_forms()
    {
        // CLs = Q(sqrt q)/Q(sqrt q - sqrt q_A) up to q = q_A, where both forms meet: Q(2)/Q(0).
        LimitStatisticCls(4, 4).ShouldBe(2 * NormalDistribution.UpperTail(2), 1e-14);
        LimitStatisticCls(4 + 1e-9, 4).ShouldBe(2 * NormalDistribution.UpperTail(2), 1e-9);

        // A limit of the median follows from it: q = q_A = 1.96^2 gives 0.05.
        LimitStatisticCls(3.841459, 3.841459).ShouldBe(0.05, 1e-7);

        static double LimitStatisticCls(double value, double asimov) => UpperLimit.AsymptoticCls(value, asimov);
    }

    [Fact]
    public void Failures()
    {
        var limit = new UpperLimit(Small.Model, new double[Small.Background.Length], 0, 0.95);
        limit.Asymptotic().Reason.ShouldBe("no event in the range of the fit");
        limit.Expected().Median.Reason.ShouldBe("no event in the range of the fit");
        limit.ByToys(10, new ToyStreams(1)).Reason.ShouldBe("no event in the range of the fit");
        Should.Throw<ArgumentOutOfRangeException>(() => new UpperLimit(Small.Model, Small.Background, 0, 1));
    }
}
