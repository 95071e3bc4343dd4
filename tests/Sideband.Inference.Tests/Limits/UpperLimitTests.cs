using Sideband.Inference.Limits;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Limits;

public class UpperLimitTests
{
    private static readonly InjectionScan Scan = InjectionToy.Scan(RandomStream.For(6, "scan"), 20, 0.1);

    private static InjectionDraw Failed(string reason) => new(InjectionToy.Count(140), Measured.Undefined(reason));

    private static InjectionScan WithStrength(int index, Func<InjectionStrength, InjectionStrength> change) =>
        InjectionScan.Of([.. Scan.Strengths.Select((strength, i) => i == index ? change(strength) : strength)]);

    [Fact]
    public void Strengths_ascend_from_0()
    {
        Should.Throw<ArgumentException>(() => InjectionScan.Of([.. Scan.Strengths.Skip(1)]));
        Should.Throw<ArgumentException>(() => InjectionScan.Of([.. Scan.Strengths, Scan.Strengths[1]]));
    }

    [Fact]
    public void A_limit_stands_beside_its_bands_and_its_coverage()
    {
        var limit = UpperLimit.Of(LimitRule.Cls, Scan, InjectionToy.Count(140));
        var expected = limit.Expected;
        Measured[] bands = [expected.LowTwo, expected.LowOne, expected.Median, expected.HighOne, expected.HighTwo];
        bands.Select(band => band.Value!.Value).ShouldBeInOrder();
        expected.Experiments.ShouldBe(20);
        // N_obs is N_exp, and so is the median up to the scatter of 20 experiments.
        expected.Median.Value!.Value.ShouldBe(limit.Observed.Value.Value!.Value, 60);
        limit.Coverage.Select(coverage => coverage.Strength).ShouldBe([200, 300, 500]); // the limit is about 430
        foreach (var coverage in limit.Coverage)
        {
            coverage.Draws.ShouldBe(20);
            coverage.Fraction!.Value.Fraction.ShouldBeGreaterThan(0.7); // 20 redraws: 5 sigma below 0.95
        }

        limit.Marked.ShouldBeEmpty();
    }

    [Fact]
    public void A_strength_with_failed_trainings_is_marked_and_used_with_what_there_is()
    {
        var scan = WithStrength(4, strength => InjectionStrength.Of(
            500, [Failed("diverged"), .. strength.Draws.Skip(1)]));
        var limit = UpperLimit.Of(LimitRule.Cls, scan, InjectionToy.Count(140));
        limit.Marked.ShouldHaveSingleItem().Strength.ShouldBe(500);
        (limit.Marked[0].Failed, limit.Marked[0].Reason).ShouldBe((1, "diverged"));
        limit.Coverage.Single(coverage => coverage.Strength == 500).Failed.ShouldBe(1);
        limit.Observed.Value.Value!.Value.ShouldBe(LimitRule.Cls.Of(Scan, InjectionToy.Count(140)).Value.Value!.Value, 15); // one of 20
    }

    [Theory]
    [InlineData("cls")]
    [InlineData("root")]
    [InlineData("neyman")]
    public void A_strength_without_any_training_is_never_replaced_by_its_neighbours(string name)
    {
        var rule = new[] { LimitRule.Cls, LimitRule.Root, LimitRule.Neyman }.Single(rule => rule.Name == name);
        var scan = WithStrength(4, _ => InjectionStrength.Of(500, [Failed("diverged"), Failed("diverged")]));
        var limit = rule.Of(scan, InjectionToy.Count(140)); // lies between 300 and 500
        limit.Value.Reason.ShouldBe("no training succeeded at strength 500: diverged");
        limit.Beyond.ShouldBeFalse();
        limit.Covers(500).ShouldBeNull();
        rule.Of(scan, InjectionToy.Count(300)).Value.IsDefined.ShouldBeTrue(); // above 750 the strength plays no part
    }

    [Fact]
    public void A_limit_above_all_strengths_says_so_and_covers_them()
    {
        foreach (var rule in new[] { LimitRule.Cls, LimitRule.Root, LimitRule.Neyman })
        {
            var limit = rule.Of(Scan, InjectionToy.Count(900));
            limit.Value.Reason.ShouldBe("above the largest strength tried, 1500", rule.Name);
            limit.Covers(1500).ShouldBe(true);
        }
    }

    [Fact]
    public void Deep_deficits_and_failed_searches_have_a_reason()
    {
        LimitRule.Neyman.Of(Scan, InjectionToy.Count(1)).Value.Reason!.ShouldContain("no experiment without signal");
        LimitRule.Cls.Of(Scan, new PassingCount(Measured.Undefined("diverged"), InjectionToy.Expected)).Value.Reason.ShouldBe("diverged");
    }

    [Fact]
    public void Bands_that_reach_beyond_the_strengths_are_undefined_there()
    {
        StrengthLimit Value(double s) => new(Measured.Of(s));
        var beyond = new StrengthLimit(Measured.Undefined("above the largest strength tried, 1500"), Beyond: true);
        var lost = new StrengthLimit(Measured.Undefined("diverged"));
        var bands = ExpectedLimit.Of([Value(100), beyond, Value(300), Value(200), lost], failed: 2);
        (bands.Experiments, bands.Failed).ShouldBe((4, 3));
        bands.Median.Value.ShouldBe(250);
        bands.LowTwo.Value!.Value.ShouldBe(100 + (3 * 2.27501), 0.001);
        bands.LowOne.Value!.Value.ShouldBe(100 + (3 * 15.8655), 0.001);
        bands.HighOne.Reason.ShouldBe("above the largest strength tried");
        ExpectedLimit.Of([], failed: 1).Median.Reason.ShouldBe("no experiment without signal gave a limit");
    }

    [Fact]
    public void A_redraw_that_stands_for_the_data_is_not_among_its_own_experiments()
    {
        // With one redraw a strength nothing is left to make a limit of.
        var coverage = Coverage.Of(LimitRule.Cls, InjectionToy.Exact, strength: 5);
        (coverage.Strength, coverage.Draws, coverage.Failed, coverage.Fraction).ShouldBe((750, 0, 1, null));
        var expected = ExpectedLimit.Of(LimitRule.Neyman, InjectionToy.Exact);
        (expected.Experiments, expected.Failed).ShouldBe((0, 1));
    }

    [Fact]
    public void Experiments_as_low_as_the_observed_one_are_counted()
    {
        InjectionStrength Strength(double s, params double[] counts) =>
            InjectionStrength.Of(s, [.. counts.Select(n => new InjectionDraw(InjectionToy.Count(n), Measured.Of(s)))]);
        var scan = InjectionScan.Of([Strength(0, 130, 140, 150, 160), Strength(10, 130, 140, 160, 170), Strength(20, 150, 160, 170, 180)]);
        // At N = 140 the fractions are 2/4, 2/4 and 0: CLs falls from 1 at 10 to 0 at 20, and through 0.05 at 19.5.
        LimitRule.Neyman.Of(scan, InjectionToy.Count(140)).Value.Value!.Value.ShouldBe(19.5, 1e-12);
    }

    [Fact]
    public void Strengths_convert_to_fractions_and_cross_sections()
    {
        var units = new LimitUnits(0.8, 40000, Measured.Of(139));
        units.SignalToBackground(Measured.Of(500)).Value!.Value.ShouldBe(0.01, 1e-15);
        units.SignalToRootBackground(Measured.Of(500)).Value!.Value.ShouldBe(2, 1e-15);
        units.CrossSection(Measured.Of(500)).Value!.Value.ShouldBe(500.0 / 139, 1e-15);
        units.CrossSection(Measured.Undefined("above")).Reason.ShouldBe("above");
        var none = Measured.Undefined("no luminosity given");
        (units with { Luminosity = none }).CrossSection(Measured.Of(1)).Reason.ShouldBe("no luminosity given");
    }
}
