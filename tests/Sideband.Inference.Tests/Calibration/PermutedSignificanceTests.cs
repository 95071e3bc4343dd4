using Sideband.Inference.Calibration;
using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

public class PermutedSignificanceTests
{
    private static WindowCount Count(long observed, double efficiency = 0.01) => WindowCount.Of(
        efficiency,
        [
            new FoldCount(
                EventCount.Unweighted(20000),
                EventCount.Unweighted(observed),
                EventCount.Unweighted(100000),
                EventCount.Unweighted(1000)),
        ],
        100000);

    private static Measured[][][] Table(params double[][] cells) =>
        [.. cells.Select(experiment => new[] { experiment.Select(Measured.Of).ToArray() })];

    [Fact]
    public void The_worked_example_of_kappa_1_is_Eq_6()
    {
        var variance = CorrelatedBackground.RelativeVariance(149, 1.0 / 125, 0.083, 1);
        Significance.Of(250, 149, variance).Value!.Value.ShouldBe(3.95, 0.005); // two decimals printed
        CorrelatedBackground.RelativeVariance(149, 1.0 / 125, 0.083, 0.8).ShouldBe(variance); // below 1: 1
    }

    [Fact]
    public void Kappa_multiplies_the_whole_statistical_variance()
    {
        var (delta, sigma) = (Measured.Of(0.1), Measured.Of(0.05));
        var kappa = new VarianceInflation(Measured.Of(1.84), Measured.Of(0.18), Measured.Of(0), 200, 0);
        var independent = ExpectedBackground.Of(Count(230), delta, sigma);
        var correlated = CorrelatedBackground.Of(Count(230), delta, sigma, kappa);
        correlated.Expected.ShouldBe(independent.Expected);
        var total = (1 / correlated.Expected.Value!.Value) + correlated.RelativeVariance.Value!.Value;
        total.ShouldBe((1.84 * ((1 / 220.0) + (1 / 1000.0))) + (0.05 * 0.05), 1e-15);
        correlated.StatisticalVariance.Value!.Value.ShouldBe(1.84 * ((1 / 220.0) + (1 / 1000.0)), 1e-15);
        CorrelatedBackground.Of(Count(230), delta, sigma, kappa with { Value = Measured.Of(0.7) }).ShouldBe(independent);
        CorrelatedBackground.Of(Count(230), delta, sigma, kappa with { Value = Measured.Undefined("too few") })
            .SignificanceOf(230).Reason.ShouldBe("too few");
    }

    [Fact]
    public void An_on_off_count_is_Li_and_Ma()
    {
        // n_on = 140, n_off = 400, tau = 4: Li and Ma (1983) eq. 17 gives 3.3308110.
        var variance = CorrelatedBackground.RelativeVariance(100, 1.0 / 400, 0, 1);
        Significance.Of(140, 100, variance).Value!.Value.ShouldBe(3.3308110, 5e-8);
        // The exact tail lies a little above the asymptotic one.
        NormalDistribution.Quantile(1 - HalfSplit.OnOff(140, 400, 4)).ShouldBe(3.3308, 0.05);
    }

    [Fact]
    public void The_shift_is_drawn_into_permuted_counts()
    {
        var term = new SystematicTerm(Measured.Of(0.1), Measured.Of(0.05));
        var background = ExpectedBackground.Of(Count(210), term.Shift, term.Sigma);
        PermutedSignificance.Of(Count(210), term, 0.5).ShouldBe(background.SignificanceOf(210 * 1.1 * (1 + (0.05 * 0.5))));
        PermutedSignificance.Of(Count(200), SystematicTerm.None, 0).Value.ShouldBe(0);
        PermutedSignificance.WithoutDraws([[[Count(210)]]], [term])[0][0][0].ShouldBe(background.SignificanceOf(210));
    }

    [Fact]
    public void Into_whole_chains_sigma_sys_is_drawn_and_delta_sys_is_there()
    {
        // What permuted counts of 200 are with a shift of 0.1, the whole chain has counted: 220.
        var term = new SystematicTerm(Measured.Of(0.1), Measured.Of(0.3));
        double[] Of(Measured[][][] table) => [.. table.Select(experiment => experiment[0][0].Value!.Value)];
        var chains = Of(PermutedSignificance.OfWholeChain([[[Count(220)]], [[Count(220)]]], [term], seed: 1));
        chains.ShouldBe(Of(PermutedSignificance.Of([[[Count(200)]], [[Count(200)]]], [term], seed: 1)), 1e-9);
        chains[0].ShouldNotBe(chains[1]);
    }

    [Fact]
    public void One_draw_an_experiment_and_working_point_whatever_the_windows_are()
    {
        var term = new SystematicTerm(Measured.Of(0), Measured.Of(0.3));
        WindowCount[][] experiment = [[Count(200), Count(200, 0.02)], [Count(200), Count(200, 0.02)]];
        var s = PermutedSignificance.Of([experiment, experiment], [term, term], seed: 1);
        s[0][0][0].ShouldBe(s[0][1][0]); // both windows
        s[0][0][0].ShouldNotBe(s[0][0][1]); // another working point
        s[0][0][0].ShouldNotBe(s[1][0][0]); // another experiment
        PermutedSignificance.Of([experiment], [term, term], seed: 1)[0][0].ShouldBe(s[0][0]); // more experiments change none
        PermutedSignificance.Of([experiment], [term, term], seed: 1, first: 1)[0][0].ShouldBe(s[1][0]);
        PermutedSignificance.Of([experiment], [term, term], seed: 2)[0][0][0].ShouldNotBe(s[0][0][0]);
    }

    [Theory]
    [InlineData(0.04, 0.0034, 0.0047)]
    [InlineData(0.1, 0.036, 0.044)]
    [InlineData(0.228, 0.17, 0.19)]
    public void With_the_draw_the_size_is_right_and_without_it_sigma_sys_cancels(double sigma, double low, double high)
    {
        // Signal-free searches whose true shift is normal with sigma_sys, at a nominal 1e-3: .0036 to .18 where sigma_sys cancels, which
        // are sigma_sys of 0.6 to 3.2 statistical errors.
        const int searches = 400_000;
        const double b = 200;
        var stream = RandomStream.For(9, "sizes");
        double Z(double count) => (count - b) / Math.Sqrt(b + (b * b * sigma * sigma)); // one scale for both: any does
        double Permuted() => b + (Math.Sqrt(b) * stream.NextGaussian());
        double[] with = [.. Enumerable.Range(0, searches).Select(_ => Z(Permuted() * (1 + (sigma * stream.NextGaussian())))).Order()];
        double[] without = [.. Enumerable.Range(0, searches).Select(_ => Z(Permuted())).Order()];
        double[] observed = [.. Enumerable.Range(0, searches).Select(_ =>
        {
            var mean = b * (1 + (sigma * stream.NextGaussian()));
            return Z(mean + (Math.Sqrt(Math.Max(0, mean)) * stream.NextGaussian()));
        })];
        double Size(double[] background, double nominal) =>
            observed.Count(z => z >= background[(int)((1 - nominal) * searches)]) / (double)searches;

        // Errors of 8 % and 2 %; a little below the nominal size, since an upward draw multiplies the count's own noise too.
        Size(with, 1e-3).ShouldBeInRange(0.0005, 0.00105);
        Size(with, 1e-2).ShouldBeInRange(0.0078, 0.0105);
        Size(without, 1e-3).ShouldBeInRange(low, high);
    }

    [Fact]
    public void Local_p_values_are_those_of_each_cell()
    {
        var experiments = Table([0, 5], [1, 6], [2, 7]);
        var local = LocalPValues.Of([[Measured.Of(1.5), Measured.Of(9)]], experiments, PValueKind.PseudoExperiments);
        local[0][0].Value.Value.ShouldBe(0.5);
        local[0][0].Kind.ShouldBe(PValueKind.PseudoExperiments);
        local[0][1].Bound.ShouldBeTrue();
        local[0][1].Extrapolated.Value.Value.ShouldBe(NormalDistribution.UpperTail(3)); // their mean is 6, their variance 1
        VarianceInflation.PerWindow(experiments)[0][1].Mean.Value.ShouldBe(6);
        var rule = new EarlyStopping(Experiments: 100, Exceedances: 1);
        var stopping = LocalPValues.Of([[Measured.Of(1.5), Measured.Of(9)]], experiments, rule, PValueKind.Permutation);
        stopping[0][0]!.Value.Value.ShouldBe(1.0 / 3);
        stopping[0][1].ShouldBeNull();
        Should.Throw<ArgumentException>(() => LocalPValues.Of([[Measured.Of(1)]], experiments, PValueKind.Permutation));
    }

    [Fact]
    public void Runs_are_averaged_experiment_by_experiment()
    {
        var mean = ExperimentTable.MeanOverRuns([Table([1, 4], [2, 5]), Table([3, 4], [4, 7])]);
        mean[0][0][0].Value.ShouldBe(2);
        mean[1][0][1].Value.ShouldBe(6);
    }
}
