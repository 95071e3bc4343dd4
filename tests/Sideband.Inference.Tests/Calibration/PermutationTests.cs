using Sideband.Inference.Calibration;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Calibration;

public class PermutationTests
{
    private static Measured[] Values(params double[] values) => [.. values.Select(Measured.Of)];

    [Fact]
    public void The_rank_counts_the_observed_experiment_too()
    {
        var p = PermutationPValue.Of(Measured.Of(2), Values(0, 1, 2, 3), PValueKind.Permutation);
        p.Value.Value.ShouldBe(3.0 / 5); // 2 and 3 reach it
        (p.Experiments, p.Exceedances, p.Bound, p.StoppedEarly).ShouldBe((4, 2, false, false));
        p.Extrapolated.Value.Reason.ShouldBe("not needed: experiments reach the observed value");
    }

    [Fact]
    public void Below_one_in_B_there_is_a_bound_and_an_extrapolation_beside_it()
    {
        var stream = RandomStream.For(3, "null");
        Measured[] z = [.. Enumerable.Range(0, 200).Select(_ => Measured.Of(Math.Sqrt(1.84) * stream.NextGaussian()))];
        var kappa = VarianceInflation.Of(z);
        var p = PermutationPValue.Of(Measured.Of(7), z, PValueKind.Permutation, kappa);
        p.Bound.ShouldBeTrue();
        p.Value.Value.ShouldBe(1.0 / 201);
        var above = 7 - Math.Max(0, kappa.Mean.Value!.Value);
        p.Extrapolated.Value.Value!.Value.ShouldBe(NormalDistribution.UpperTail(above / Math.Sqrt(kappa.Value.Value!.Value)), 1e-20);
        p.Extrapolated.Low.Value!.Value.ShouldBeLessThan(p.Extrapolated.Value.Value.Value);
        p.Extrapolated.High.Value!.Value.ShouldBeGreaterThan(p.Extrapolated.Value.Value.Value);
        (kappa.Error.Value!.Value / kappa.Value.Value.Value).ShouldBe(0.1, 0.001); // 200 give 10 %
        PermutationPValue.Of(Measured.Of(7), z).Extrapolated.Value.Reason.ShouldBe("this statistic has no normal tail");
    }

    [Fact]
    public void A_variance_below_1_is_printed_and_1_is_used()
    {
        var kappa = VarianceInflation.Of(Values(0.5, -0.5, 0.5, -0.5));
        kappa.Value.Value!.Value.ShouldBe(1.0 / 3, 1e-15);
        kappa.Error.Value!.Value.ShouldBe(Math.Sqrt(2.0 / 3) / 3, 1e-15);
        kappa.Used.Value.ShouldBe(1);
        ExtrapolatedPValue.Of(3, kappa).Value.Value.ShouldBe(NormalDistribution.UpperTail(3));
        VarianceInflation.Of(Values(1)).Value.Reason.ShouldBe("1 experiments have no variance");
    }

    [Theory]
    [InlineData(1, 2.866516e-7)] // experiments of a template that foretells too little: 6 is 5 above them
    [InlineData(-1, 9.865876e-10)] // of one that foretells too much: 6 is no more than 6
    public void The_extrapolation_knows_where_the_experiments_lie(double mean, double p)
    {
        var z = Values(mean + Math.Sqrt(0.75), mean - Math.Sqrt(0.75), mean + Math.Sqrt(0.75), mean - Math.Sqrt(0.75));
        var kappa = VarianceInflation.Of(z);
        kappa.Value.Value!.Value.ShouldBe(1, 1e-12);
        ExtrapolatedPValue.Of(6, kappa).Value.Value!.Value.ShouldBe(p, 1e-6 * p);
        Measured[][][] experiments = [.. z.Select(value => new Measured[][] { [value], [value] })];
        GlobalPValue.Of([[Measured.Of(6)], [Measured.Of(0)]], experiments, PValueKind.PseudoExperiments)
            .PValue.Extrapolated.Value.Value!.Value.ShouldBe(2 * p, 2e-6 * p);
    }

    [Fact]
    public void A_failed_experiment_never_makes_a_p_value_smaller()
    {
        var p = PermutationPValue.Of(Measured.Of(2), [Measured.Of(0), Measured.Undefined("diverged"), Measured.Of(1)]);
        p.Value.Value.ShouldBe(0.5);
        p.Failed.ShouldBe(1);
        p.Bound.ShouldBeFalse();
        VarianceInflation.Of([Measured.Of(0), Measured.Undefined("diverged"), Measured.Of(1)]).Failed.ShouldBe(1);
    }

    [Fact]
    public void Without_an_observed_value_or_experiments_there_is_a_reason()
    {
        var missing = PermutationPValue.Of(Measured.Undefined("no template event passes"), Values(1, 2));
        missing.Value.Reason.ShouldBe("no template event passes");
        missing.Bound.ShouldBeFalse();
        PermutationPValue.Of(Measured.Of(1), []).Value.Reason.ShouldBe("no experiments");
    }

    [Fact]
    public void Ranks_are_uniform_for_any_number_of_experiments()
    {
        // 19 experiments: p takes 1/20 ... 20/20 with equal probability, exactly. 40,000 trials: sigma of each at most 0.0011; 4.5 sigma.
        var stream = RandomStream.For(11, "ranks");
        var counts = new int[21];
        for (var i = 0; i < 40_000; i++)
        {
            Measured[] values = [.. Enumerable.Range(0, 20).Select(_ => Measured.Of(stream.NextDouble()))];
            counts[(int)Math.Round(20 * PermutationPValue.Of(values[0], values[1..]).Value.Value!.Value)]++;
        }

        foreach (var count in counts.Skip(1))
        {
            (count / 40_000.0).ShouldBe(0.05, 0.005);
        }
    }

    [Fact]
    public void Early_stopping_ends_at_the_tenth_exceedance()
    {
        var rule = new EarlyStopping(Experiments: 999);
        Measured[] finished = [.. Enumerable.Range(0, 40).Select(i => Measured.Of(i % 2))];
        rule.Of(Measured.Of(0.5), finished[..19]).ShouldBeNull();
        var p = rule.Of(Measured.Of(0.5), finished)!;
        p.Value.Value.ShouldBe(0.5);
        (p.Experiments, p.Exceedances, p.StoppedEarly).ShouldBe((20, 10, true));
        rule.Of(Measured.Of(0.5), finished[..20]).ShouldBe(p); // what comes later does not matter
        rule.Of(Measured.Of(3), finished).ShouldBeNull();
        var full = (rule with { Experiments = 40 }).Of(Measured.Of(3), finished)!;
        full.Value.Value.ShouldBe(1.0 / 41);
        (full.Bound, full.StoppedEarly).ShouldBe((true, false));
        rule.Of(Measured.Undefined("diverged"), [])!.Value.Reason.ShouldBe("diverged");
    }

    [Fact]
    public void Early_stopping_is_valid()
    {
        // P(p <= a) = a at a = 10/L exactly, and for the full count at k/(B + 1). 20,000 trials: 4.5 sigma each.
        const int trials = 20_000;
        var rule = new EarlyStopping(Experiments: 199);
        var stream = RandomStream.For(5, "Besag and Clifford");
        var values = new List<double>();
        for (var i = 0; i < trials; i++)
        {
            var observed = Measured.Of(stream.NextDouble());
            var finished = new List<Measured>();
            CalibratedPValue? p;
            do
            {
                for (var block = 0; block < 10; block++)
                {
                    finished.Add(Measured.Of(stream.NextDouble()));
                }

                p = rule.Of(observed, finished);
            }
            while (p is null);
            values.Add(p.Value.Value!.Value);
        }

        foreach (var a in new[] { 1.0 / 200, 5.0 / 200, 10.0 / 199, 0.1, 0.25, 0.5 })
        {
            ((double)values.Count(p => p <= a) / trials).ShouldBe(a, 4.5 * Math.Sqrt(a * (1 - a) / trials), $"a = {a}");
        }
    }
}
