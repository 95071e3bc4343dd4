using Sideband.Events;
using Sideband.Inference;
using Sideband.Inference.BumpHunt;
using Sideband.Search.Fits;
using Sideband.Search.Results;

namespace Sideband.Search.Tests.Fits;

/// <summary>What results say of the fit of one spectrum, even in (mass - 3)^2 from 3 to 4, with more events at 3.5.</summary>
public class FitResultsTests
{
    private static readonly FitTarget Target = FitTarget.Of([new MassWindow(5, new MassInterval(3.4, 3.6))], [])[0];
    private static readonly MassInterval Range = new(3, 4);
    private static readonly FitOptions Options = new() { SqrtS = 13, Toys = 40 };

    [Fact]
    public void Few_events_are_said_and_toys_stand_beside()
    {
        // Some 6 background events in the window, and 7 more: none of 400 toys is likely to reach them, forty are not.
        var fit = Fit(40, 7);
        fit.Reason.ShouldBeNull();
        fit.Expected.Mean!.Value.ShouldBeLessThan(10);
        fit.Flags.ShouldContain("few_events");
        fit.PToys!.Value.ShouldBeInRange(1 / 401.0, 0.1);

        // 80 toys at each strength know CLs = 0.05 to a half, and the limit to a tenth; the formulae are off by as much.
        fit.LimitToys.Mean!.Value.ShouldBe(fit.Limit.Mean!.Value, 0.4 * fit.Limit.Mean!.Value);
        fit.LimitToys.Mean!.Value.ShouldBeGreaterThan(fit.Signal.Mean!.Value);

        // A deficit has a p-value, too.
        var deficit = Fit(40, -5);
        deficit.Flags.ShouldContain("few_events");
        deficit.PToys!.Value.ShouldBeGreaterThan(0.5);
        deficit.LimitToys.Mean!.Value.ShouldBeLessThan(fit.LimitToys.Mean!.Value);
        deficit.PLocal!.Value.ShouldBeGreaterThan(0.5);
    }

    [Fact]
    public void Runs_of_which_one_alone_expects_few_events_have_toys_all_of_them_or_none()
    {
        // Some 8 and some 11 background events in the window: fewer than 10 in the mean.
        var few = Fit(Options, (50, 5), (75, -4));
        few.Expected.Runs[0]!.Value.ShouldBeLessThan(10);
        few.Expected.Runs[1]!.Value.ShouldBeGreaterThan(10);
        few.Flags.ShouldContain("few_events");
        few.LimitToys.Runs.ShouldAllBe(limit => limit != null);
        few.LimitToys.Mean!.Value.ShouldBe(few.LimitToys.Runs.Average()!.Value, 1e-9);
        few.LimitToys.Reason.ShouldBeNull();
        few.LimitToys.Mean!.Value.ShouldBe(few.Limit.Mean!.Value, 0.4 * few.Limit.Mean!.Value);

        // Beside a p-value of the mean Z stands one of the mean: neither of the excess alone, nor of the deficit.
        few.PToys!.Value.ShouldBe(few.PLocal!.Value, 0.15);
        Fit(50, 5).PToys!.Value.ShouldBeLessThan(few.PToys.Value - 0.15);

        // Some 8 and some 16: more in the mean, so the first run has none either.
        var many = Fit(Options, (60, 6), (110, 0));
        many.Expected.Runs[0]!.Value.ShouldBeLessThan(10);
        many.Flags.ShouldNotContain("few_events");
        (many.LimitToys.Mean, many.PToys).ShouldBe((null, null));
        many.LimitToys.Runs.ShouldBe([null, null]);
        many.LimitToys.Reason.ShouldBe("10 events or more are expected in the window");
    }

    [Fact]
    public void A_run_whose_toys_failed_takes_the_mean_of_the_others_away()
    {
        var (target, cut, hunts) = Hunts(Options, (40, 7), (40, 3));
        hunts[1] = hunts[1] with { LimitByToys = Measured.Undefined("failed"), PValueByToys = Measured.Undefined("failed") };
        var fit = FitResults.Of(target, cut, hunts, SculptingCheck.NotChecked(null, 0, "not asked"), Options, Range);
        fit.LimitToys.Runs[0].ShouldNotBeNull();
        (fit.LimitToys.Mean, fit.LimitToys.Reason, fit.PToys).ShouldBe((null, "failed", null));
        fit.Limit.Mean.ShouldNotBeNull();
    }

    [Fact]
    public void Many_events_need_no_toys()
    {
        var fit = Fit(4000, 100);
        fit.Flags.ShouldNotContain("few_events");
        fit.PToys.ShouldBeNull();
        fit.LimitToys.Mean.ShouldBeNull();
        fit.LimitToys.Reason.ShouldBe("10 events or more are expected in the window");
        fit.Function!.Name.ShouldBe("dijet 5");
        fit.Function.Asked.ShouldBeOneOf("dijet 2", "dijet 3", "dijet 4", "dijet 5");
    }

    [Fact]
    public void Every_alternative_of_the_bias_test_stands_there_and_the_one_that_counts_is_named()
    {
        var spurious = Fit(4000, 0).SpuriousSignal;
        spurious.Alternatives.Select(alternative => (alternative.Function, alternative.Formula)).ShouldBe(
        [
            ("exponential", "exp(-p1 x) / x^(p2 + p3 ln x)"), ("quadratic", "x^-p1 exp(-p2 x - p3 x^2)"),
        ]);
        var largest = spurious.Alternatives.MaxBy(alternative => Math.Abs(alternative.Fraction!.Value))!;
        (spurious.Function, spurious.LargestFraction).ShouldBe((largest.Function, largest.Fraction));
        spurious.Alternatives.ShouldAllBe(alternative => alternative.FractionError > 0 && alternative.Reason == null);

        var none = Fit(4000, 0, Options with { Toys = 0 });
        none.SpuriousSignal.Alternatives.ShouldBeEmpty();
        (none.SpuriousSignal.Function, none.SpuriousSignal.Reason).ShouldBe((null, "no toys were asked for"));
        none.LimitToys.Reason.ShouldBe("no toys were asked for");
    }

    [Fact]
    public void A_first_run_without_a_spectrum_hides_nothing_of_the_others()
    {
        // As for 40 events and 7 more, which have a p-value by toys and few events.
        double[] masses = [.. Enumerable.Range(0, 40).Select(i => 3 + Math.Pow((i + 0.5) / 40, 2)), .. Enumerable.Repeat(3.5, 7)];
        var streams = new ToyStreams(1, "fit");
        EnhancedBumpHunt[] hunts =
        [
            EnhancedBumpHunt.Of([], Target.Region, Options.Settings(Range, few: true), streams),
            EnhancedBumpHunt.Of(masses, Target.Region, Options.Settings(Range, few: true), streams),
        ];
        var cut = new SelectedMasses(0.01, [new SelectedRun(1, [], "no classifier"), new SelectedRun(2, masses, null)]);
        var fit = FitResults.Of(Target, cut, hunts, SculptingCheck.NotChecked(null, 0, "not asked"), Options, Range);
        fit.Flags.ShouldContain("few_events");
        fit.PToys.ShouldBe(Fit(40, 7).PToys);
        fit.Function!.Name.ShouldBe(hunts[1].Choice!.Fit.Function.Name);
        fit.Reason.ShouldBe("no classifier");
    }

    [Fact]
    public void Where_nothing_is_claimed_a_fit_after_a_cut_has_no_p_value_and_one_without_a_cut_has()
    {
        var fit = Fit(40, 7, against: "the tables say so");
        fit.Significance.Mean.ShouldNotBeNull();
        (fit.PLocal, fit.PToys, fit.Reason).ShouldBe((null, null, "no claim: the tables say so"));
        fit.Flags.ShouldContain(PointFlag.ClaimWithheld);
        var inclusive = Fit(40, 7, Options with { Toys = 0 }, "the tables say so", epsilon: null);
        inclusive.PLocal.ShouldNotBeNull();
        inclusive.Flags.ShouldNotContain(PointFlag.ClaimWithheld);
    }

    private static FitResult Fit(int events, int more, FitOptions? options = null, string? against = null, double? epsilon = 0.01)
    {
        options ??= Options;
        var (target, cut, hunts) = Hunts(options, (events, more));
        cut = cut with { EpsilonB = epsilon };
        return FitResults.Of(target, cut, hunts, SculptingCheck.NotChecked(null, 0, "not asked"), options, Range, against);
    }

    private static FitResult Fit(FitOptions options, params (int Events, int More)[] runs)
    {
        var (target, cut, hunts) = Hunts(options, runs);
        return FitResults.Of(target, cut, hunts, SculptingCheck.NotChecked(null, 0, "not asked"), options, Range);
    }

    private static (FitTarget Target, SelectedMasses Cut, EnhancedBumpHunt[] Hunts) Hunts(
        FitOptions options, params (int Events, int More)[] runs)
    {
        var cut = new SelectedMasses(0.01, [.. runs.Select((run, r) => new SelectedRun(r + 1, Masses(run.Events, run.More), null))]);
        EnhancedBumpHunt[] Of(BumpHuntSettings settings) =>
            [.. cut.Runs.Select(run => EnhancedBumpHunt.Of(run.Masses, Target.Region, settings, new ToyStreams(1, "fit")))];
        return (Target, cut, Of(options.Settings(Range, FitResults.ExpectFewEvents(cut, Of(options.WithoutToys(Range))))));
    }

    private static double[] Masses(int events, int more)
    {
        double[] background = [.. Enumerable.Range(0, events).Select(i => 3 + Math.Pow((i + 0.5) / events, 2))];
        double[] inside = [.. background.Where(Target.Region.Contains)];
        return more >= 0
            ? [.. background, .. Enumerable.Repeat(3.5, more)]
            : [.. background.Except(inside), .. inside.Skip(-more)];
    }
}
