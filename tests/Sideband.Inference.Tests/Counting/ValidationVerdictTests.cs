using Sideband.Inference.Counting;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Counting;

public class ValidationVerdictTests
{
    private static ValidationVerdict Judge(params double[] significances) =>
        ValidationVerdict.Of([.. significances.Select((s, i) => (Windows.Sliding(i + 1), Measured.Of(s)))]);

    /// <summary>Standard normals of the nine windows, correlated by the 0.1 TeV slices that they share, plus a common shift.</summary>
    private static double[] Draw(RandomStream random, double shift = 0, double correlated = 1)
    {
        var slices = new double[12];
        for (var i = 0; i < slices.Length; i++)
        {
            slices[i] = random.NextGaussian();
        }

        return [.. Enumerable.Range(0, 9).Select(n =>
            shift
            + (correlated * 0.5 * (slices[n] + slices[n + 1] + slices[n + 2] + slices[n + 3]))
            + (Math.Sqrt(1 - (correlated * correlated)) * random.NextGaussian()))];
    }

    /// <summary>Fraction of experiments with the verdict "biased".</summary>
    private static double BiasedFraction(string name, int experiments, double shift = 0, double resonance = 0, double correlated = 1)
    {
        var random = RandomStream.For(1, "verdict", name);
        var biased = 0;
        for (var i = 0; i < experiments; i++)
        {
            var significances = Draw(random, shift, correlated);
            significances[3] += 0.5 * resonance;
            significances[4] += resonance;
            significances[5] += 0.5 * resonance;
            biased += Judge(significances).Biased ? 1 : 0;
        }

        var fraction = biased / (double)experiments;
        TestContext.Current.TestOutputHelper?.WriteLine(FormattableString.Invariant($"{name}: biased in {100 * fraction:F2} %"));
        return fraction;
    }

    // CONVENTIONS.md quotes these four rates; 40,000 experiments give 3.5 % with a statistical error of 0.09 %.
    [Fact]
    public void A_true_resonance_over_a_good_estimate_is_rarely_vetoed() =>
        BiasedFraction("resonance", 40_000, resonance: 8).ShouldBe(0.0353, 0.003);

    [Fact]
    public void A_good_estimate_without_resonance_is_hardly_ever_called_biased()
    {
        // The highest window is set aside and takes the upward fluctuation with it.
        BiasedFraction("background only", 40_000).ShouldBeLessThan(0.003);
    }

    [Fact]
    public void Classifiers_that_differ_from_window_to_window_veto_no_more()
    {
        // Training noise makes neighbouring windows less alike than their shared events.
        BiasedFraction("training noise", 20_000, resonance: 8, correlated: 0.8).ShouldBeLessThan(0.05);
    }

    [Theory]
    [InlineData(2, 0.44)]
    [InlineData(3, 0.88)]
    public void An_estimate_that_is_too_low_everywhere_is_found(double shift, double fraction) =>
        BiasedFraction($"shift {shift}", 10_000, shift).ShouldBe(fraction, 0.02); // statistical error 0.005

    [Fact]
    public void A_resonance_with_its_deficits_is_not_called_biased()
    {
        // Window 5 with its neighbours, and the deficits where the resonance lies in a sideband.
        var verdict = Judge(0.4, -3.5, 1.0, 5.5, 8.0, 6.0, 0.5, -4.0, -0.8);
        verdict.Biased.ShouldBeFalse();
        verdict.LargestExcess!.Value.Number.ShouldBe(5);
        verdict.Windows.ShouldBe(2); // 1 and 9
        verdict.EffectiveWindows.ShouldBe(2, 1e-9);
        verdict.Mean.Value!.Value.ShouldBe(-0.2, 1e-12);
        verdict.ChiSquared.Value!.Value.ShouldBe(0.16 + 0.64, 1e-12);
        verdict.ExcessChiSquared.Value!.Value.ShouldBe(0.16, 1e-12);
    }

    [Fact]
    public void Deep_deficits_alone_never_veto() => Judge(9, 6, 2, 0, -6, -7, -5, -3, -2).Biased.ShouldBeFalse();

    [Fact]
    public void A_common_shift_is_called_biased() => Judge(2.4, 2.5, 2.2, 2.9, 3.4, 2.6, 2.3, 2.1, 2.2).Biased.ShouldBeTrue();

    [Fact]
    public void Windows_that_jump_about_are_called_biased()
    {
        var verdict = Judge(4.5, 1, 0, 2, 6.6, 3, 0, 0, -5.5);
        verdict.Biased.ShouldBeTrue();
        verdict.Reason.ShouldContain("chi2");
        verdict.MeanPValue.Value!.Value.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Two_windows_follow_their_closed_form()
    {
        // Windows 1 and 9, z = (3, -1): mean 1, n_eff 2; chi2 of excesses 9: 2/4 P(chi2_1 >= 9) + 1/4 P(chi2_2 >= 9).
        var verdict = Judge(3, 0, 0, 0, 9, 0, 0, 0, -1);
        verdict.MeanPValue.Value!.Value.ShouldBe(NormalDistribution.UpperTail(Math.Sqrt(2)), 1e-12);
        verdict.ExcessPValue.Value!.Value.ShouldBe((0.5 * 0.002699796063260207) + (0.25 * 0.011108996538242306), 1e-12);
    }

    [Fact]
    public void With_nothing_to_compare_with_the_verdict_is_ok_and_says_so()
    {
        var one = ValidationVerdict.Of(
        [
            (Windows.Sliding(5), Measured.Of(4)),
            (Windows.Sliding(6), Measured.Of(3)),
            (Windows.Sliding(1), Measured.Undefined("failed")),
        ]);
        one.Biased.ShouldBeFalse();
        one.Reason.ShouldContain("not judged");
        one.Mean.Reason.ShouldBe(one.Reason);
        ValidationVerdict.Of([]).Reason.ShouldBe("no window has a significance");
    }
}
