using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

/// <summary>k-fold sums overstate, half-splits and permuted experiments do not. Reference numbers are those of 10^6 experiments.</summary>
public class BinnedToyTests
{
    private const int Count = 200_000;

    private static readonly (int Observed, double Expected, int Independent, double IndependentExpected)[] Experiments = Run();

    [Fact]
    public void Sums_over_folds_quote_too_small_p_values()
    {
        var curve = CalibrationCurve.Of(
            [.. Experiments.Select(e => Measured.Of(Poisson.UpperTail(e.Observed, e.Expected)))], [0.1, 1e-2, 1e-3, 1e-4]);

        // 20,000, 2000, 200 and 20 experiments below: 0.7, 2.2, 7 and 22 % on the rank, and d ln(quoted)/d ln(true) is about 1.4; three
        // times that.
        Ratio(curve.Points[0], 0.0232).ShouldBe(1, 0.035);
        Ratio(curve.Points[1], 9.7e-4).ShouldBe(1, 0.1);
        Ratio(curve.Points[2], 7.0e-5).ShouldBe(1, 0.3);
        Ratio(curve.Points[3], 5.7e-6).ShouldBeInRange(1 / 2.5, 2.5);
        curve.Points[2].True.Low.ShouldBeGreaterThan(3e-3); // a quoted 1e-3 is really 1e-2
    }

    [Fact]
    public void An_independent_sample_quotes_the_true_p_value()
    {
        var curve = CalibrationCurve.Of(
            [.. Experiments.Select(e => Measured.Of(Poisson.UpperTail(e.Independent, e.IndependentExpected)))],
            [0.1, 1e-2, 1e-3, 1e-4],
            0.9973);

        // The same errors on the rank, and a slope of 1.
        Ratio(curve.Points[0], 0.104).ShouldBe(1, 0.025);
        Ratio(curve.Points[1], 1.02e-2).ShouldBe(1, 0.07);
        Ratio(curve.Points[2], 9.9e-4).ShouldBe(1, 0.22);
        Ratio(curve.Points[3], 9.8e-5).ShouldBeInRange(0.5, 2);
        foreach (var point in curve.Points)
        {
            // Discrete counts of about 200 have steps of at most 10 % in p: up to that the true p may lie below the quoted one.
            point.True.High.ShouldBeGreaterThan(0.9 * point.Level);
            point.True.Low.ShouldBeLessThan(point.Level);
        }
    }

    [Fact]
    public void The_variance_of_the_summed_z_is_1_84()
    {
        var kappa = VarianceInflation.Of(
            [.. Experiments.Select(e => Measured.Of((e.Observed - e.Expected) / Math.Sqrt(e.Expected)))]);
        kappa.Value.Value!.Value.ShouldBe(1.84, 0.025); // error 0.3 %, and 1.84 is rounded
        kappa.Error.Value!.Value.ShouldBe(1.84 * Math.Sqrt(2.0 / Count), 2e-4);
        kappa.Mean.Value!.Value.ShouldBe(0, 0.1); // not exactly 0: the expectation that z is divided by depends on which bins were liked
        Experiments.Average(e => e.Observed - e.Expected).ShouldBe(0, 0.17); // each count is unbiased: 4 sigma of sqrt(1.84 x 200/200000)
    }

    [Fact]
    public void Ranks_among_permuted_experiments_repair_the_sum_and_kappa_nearly_does()
    {
        Measured[] z = [.. Experiments.Select(e => Significance.Of(e.Observed, e.Expected, 0))];
        var (ranked, extrapolated, count) = (0, 0, 0);
        const int each = 200;
        for (var first = 0; first + each <= z.Length; first += each)
        {
            // The last of each block is "observed", the 199 before it its experiments: p = k/200, and p <= 0.05 has probability 0.05.
            var experiments = z[first..(first + each - 1)];
            var observed = z[first + each - 1];
            ranked += PermutationPValue.Of(observed, experiments).Value.Value <= 0.05 ? 1 : 0;
            extrapolated += ExtrapolatedPValue.Of(observed.Value!.Value, VarianceInflation.Of(experiments)).Value.Value <= 0.05 ? 1 : 0;
            count++;
        }

        // Binomial error of 1000 blocks at 0.05: 0.0069; three times that.
        ((double)ranked / count).ShouldBe(0.05, 0.021);
        ((double)extrapolated / count).ShouldBeLessThan(0.05 + 0.021);
    }

    [Fact]
    public void Half_splits_with_a_template_do_not_overstate_although_a_bin_is_one_tied_block()
    {
        const int count = 30_000;
        var toy = new BinnedToy();
        var stream = RandomStream.For(8, "half-split toy");
        var (one, both) = (new List<Measured>(), new List<Measured>());
        for (var i = 0; i < count; i++)
        {
            var (first, second) = toy.HalfSplit(stream);
            var p = HalfSplit.Of(first, ShiftDistribution.None);
            one.Add(p.Value);
            both.Add(HalfSplit.BothWays(p, HalfSplit.Of(second, ShiftDistribution.None)).Value);
        }

        foreach (var quoted in new[] { one, both })
        {
            foreach (var point in CalibrationCurve.Of(quoted, [0.1, 1e-2, 1e-3], 0.9973).Points)
            {
                point.True.Low.ShouldBeLessThan(point.Level); // 3 sigma of 3000, 300 and 30 experiments
                point.True.High.ShouldBeGreaterThan(0.75 * point.Level); // both ways, Bonferroni: the two hardly overlap
            }
        }
    }

    [Theory]
    [InlineData(false, 0.30)]
    [InlineData(true, 0.42)]
    public void A_bump_of_four_sigma_is_found_as_often_as_the_reference_says(bool bothWays, double power)
    {
        // In a bin of 213 events, background known, at a true size of 1e-3; 4000 searches: error 0.008, the reference is rounded.
        const int count = 4000;
        var toy = new BinnedToy(signalBin: 0, signal: 4);
        var stream = RandomStream.For(9, "power");
        var found = 0;
        for (var i = 0; i < count; i++)
        {
            var (first, second) = toy.KnownHalfSplit(stream);
            var p = HalfSplit.Of(first, ShiftDistribution.None);
            p = bothWays ? HalfSplit.BothWays(p, HalfSplit.Of(second, ShiftDistribution.None)) : p;
            found += p.Value.Value <= 1e-3 ? 1 : 0;
        }

        ((double)found / count).ShouldBe(power, 0.03);
    }

    [Fact]
    public void Sums_over_folds_calibrated_by_experiments_find_it_more_often_than_half_splits_and_less_often_than_an_oracle()
    {
        // The same bump and size. 200 experiments lie above the threshold: 0.03 on its z, 0.01 on the power; 4000 searches: 0.008.
        const int count = 4000;
        static double Z((int Observed, double Expected, int, double) e) => (e.Observed - e.Expected) / Math.Sqrt(e.Expected);
        var threshold = Experiments.Select(Z).OrderDescending().ElementAt(Count / 1000);
        var (toy, stream) = (new BinnedToy(signalBin: 0, signal: 4), RandomStream.For(10, "power of sums"));
        (Enumerable.Range(0, count).Count(_ => Z(toy.Experiment(stream)) >= threshold) / (double)count).ShouldBe(0.52, 0.035);

        // The oracle knows the bin, and counts in all of it; the sum over its Poisson law.
        var background = toy.Content(0);
        background.ShouldBe(213, 0.5);
        var critical = (int)background;
        while (Poisson.UpperTail(critical, background) > 1e-3)
        {
            critical++;
        }

        Poisson.UpperTail(critical, background + (4 * Math.Sqrt(background))).ShouldBe(0.74, 0.01);
    }

    private static double Ratio(CalibrationPoint point, double reference) => point.Quoted.Value!.Value / reference;

    private static (int Observed, double Expected, int Independent, double IndependentExpected)[] Run()
    {
        var toy = new BinnedToy();
        var stream = RandomStream.For(20251215, "binned toy");
        return [.. Enumerable.Range(0, Count).Select(_ => toy.Experiment(stream))];
    }
}
