using Sideband.Inference.Counting;
using Sideband.Inference.Limits;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Limits;

public class SignalDisplacementTests
{
    /// <summary>One redraw a strength; N_exp grows with the strength as N_SR does.</summary>
    private static InjectionScan Scan(double shift, double displaced, params double[] signals) => InjectionScan.Of(
        [.. signals.Select((signal, i) =>
        {
            var expected = 100 + (0.01 * i);
            var observed = ((1 + shift) * expected) + ((1 - displaced) * signal);
            var background = new ExpectedBackground(Measured.Of(expected), Measured.Of(0.01), Measured.Of(0.01));
            var count = new PassingCount(Measured.Of(observed), background);
            return InjectionStrength.Of(100 * i, [new InjectionDraw(count, Measured.Of(signal))]);
        })]);

    [Theory]
    [InlineData(0, 0.1)]
    [InlineData(0.3, 0.1)] // a template that is wrong in all redraws is no displacement
    [InlineData(-0.2, 0.45)]
    public void A_displacement_in_proportion_to_the_yield_is_found_exactly(double shift, double displaced) =>
        SignalDisplacement.Of(Scan(shift, displaced, 0, 4, 30, 160)).Value!.Value.ShouldBe(displaced, 1e-12);

    [Fact]
    public void It_is_never_negative_and_nothing_where_no_signal_passes()
    {
        SignalDisplacement.Of(Scan(0, -0.1, 0, 4, 30)).Value.ShouldBe(0);
        SignalDisplacement.Of(Scan(0.1, 0.5, 0, 0, 0)).Value.ShouldBe(0);
    }

    [Fact]
    public void Redraws_at_one_strength_say_nothing_of_it_and_there_is_no_limit()
    {
        var whole = Scan(0, 0.1, 0, 30);
        var failed = whole.Strengths[0].Draws[0] with { SignalPassing = Measured.Undefined("diverged") };
        var scan = InjectionScan.Of([InjectionStrength.Of(0, [failed]), whole.Strengths[1]]);
        const string reason = "how much background the signal in the template displaces needs redraws at two strengths";
        SignalDisplacement.Of(scan).Reason.ShouldBe(reason);
        foreach (var rule in (LimitRule[])[LimitRule.Cls, LimitRule.Root, LimitRule.Published])
        {
            rule.Of(scan, InjectionToy.Count(120)).Value.Reason.ShouldBe(reason, rule.Name);
        }
    }

    [Fact]
    public void A_limit_is_where_what_is_left_of_the_signal_is_excluded()
    {
        // All signal passes and half of it is displaced: the limits are twice those without displacement.
        InjectionScan Of(double displaced) => Scan(0, displaced, 0, 100, 200, 300, 400);
        foreach (var rule in (LimitRule[])[LimitRule.Cls, LimitRule.Root])
        {
            double Limit(double displaced) => rule.Of(Of(displaced), InjectionToy.Count(150)).Value.Value!.Value;
            (Limit(0.5) / Limit(0)).ShouldBe(2, 1e-9, rule.Name);
        }

        LimitRule.Cls.Of(Of(1.2), InjectionToy.Count(150)).Beyond.ShouldBeTrue();
        LimitRule.Published.Of(Of(1.2), InjectionToy.Count(150)).Value.IsDefined.ShouldBeFalse();
    }

    [Fact]
    public void Twenty_redraws_of_eight_strengths_know_it_to_a_few_hundredths()
    {
        double[] found = [.. Enumerable.Range(0, 100).Select(i =>
            SignalDisplacement.Of(InjectionToy.Scan(RandomStream.For(8, $"scan {i}"), 20, 0.2, 0.2)).Value!.Value)];
        found.Average().ShouldBe(0.2, 0.006); // four standard errors
        Math.Sqrt(found.Average(a => (a - 0.2) * (a - 0.2))).ShouldBeLessThan(0.02);
    }
}
