using Sideband.Inference.BumpHunt;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.BumpHunt;

public class EnhancedBumpHuntTests
{
    private static readonly MassRange Window = new(3.3, 3.7);
    private static readonly BumpHuntSettings Settings = new(13, new(2.2, 5.8)) { BiasToys = 60, GoodnessToys = 40 };
    private static readonly double[] Background = Spectra.Draw(6000, "hunt", 8, 6, 0);
    private static readonly double[] WithBump = [.. Background, .. Bump(120)];
    private static readonly ToyStreams Streams = new(1, "window 5", "0.01");

    [Fact]
    public void A_bump_is_found_as_the_windows_excess()
    {
        var hunt = EnhancedBumpHunt.Of(WithBump, Window, Settings, Streams);
        hunt.Failure.ShouldBeNull();
        hunt.Observed.ShouldBe(WithBump.Count(Window.Contains));
        (hunt.Observed + hunt.SidebandEvents + hunt.OutsideRange).ShouldBe(WithBump.Length);
        hunt.Choice!.Fit.Status.Converged.ShouldBeTrue();
        hunt.Goodness!.PValue.Value!.Value.ShouldBeGreaterThan(0.02);

        // One bin for the window: S is its count less the sidebands' extrapolation, and the error has the parts of both.
        var signal = hunt.Signal!;
        var expected = Value(hunt.Expected.Value);
        Value(signal.Signal).ShouldBe(hunt.Observed - expected, 0.02 * expected); // binned and unbinned sidebands differ by as much
        var error = Math.Sqrt(hunt.Observed + Math.Pow(Value(hunt.Expected.Error), 2) + Math.Pow(hunt.Bias!.Width, 2));
        Value(signal.Error).ShouldBe(error, 0.03 * error);
        Value(signal.Significance).ShouldBeInRange(2.5, 7);
        Value(signal.PValue).ShouldBe(NormalDistribution.UpperTail(Value(signal.Significance)));
        Value(hunt.Limit).ShouldBeGreaterThan(Value(signal.Signal));
        Value(hunt.ExpectedLimit!.Median).ShouldBeLessThan(Value(hunt.Limit));
        hunt.LimitByToys.Reason.ShouldBe("no toys were asked for");
        hunt.PValueByToys.Reason.ShouldBe("no toys were asked for");
        var toys = EnhancedBumpHunt.Of(WithBump, Window, Settings with { DiscoveryToys = 50, LimitToys = 50, GoodnessToys = 0 }, Streams);
        Value(toys.PValueByToys).ShouldBe(1 / 51.0); // a bound
        Value(toys.LimitByToys).ShouldBe(Value(hunt.Limit), 0.3 * Value(hunt.Limit));
    }

    [Fact]
    public void The_picture_has_every_event_of_the_range_and_the_fits_band()
    {
        var hunt = EnhancedBumpHunt.Of(WithBump, Window, Settings with { BiasToys = 0, GoodnessToys = 0 }, Streams);
        hunt.Bias.ShouldBeNull();
        hunt.Goodness.ShouldBeNull();
        hunt.Curve.Count.ShouldBe(180);
        hunt.Curve.Sum(point => point.Observed).ShouldBe(hunt.Observed + hunt.SidebandEvents);
        hunt.Curve.Where(point => point.InWindow).Sum(point => point.Observed).ShouldBe(hunt.Observed);
        hunt.Curve.Where(point => point.InWindow).Sum(point => Value(point.Expected.Value)).ShouldBe(Value(hunt.Expected.Value), 1e-6);
        hunt.Curve.ShouldAllBe(point => point.Expected.Error.Value > 0 && Math.Abs(point.Pull.Value!.Value) < 8);
        hunt.Curve[0].Range.Low.ShouldBe(2.2);
        hunt.Curve[^1].Range.High.ShouldBe(5.8);
    }

    [Fact]
    public void A_signal_shape_sharpens_the_result()
    {
        var shape = CrystalBallFit.Of(Bump(5000), 3.5).Shape!;
        var settings = Settings with { BiasToys = 0, GoodnessToys = 0 };
        var hunt = EnhancedBumpHunt.Of(WithBump, Window, settings, Streams, shape);
        Value(hunt.Signal!.Signal).ShouldBe(120, 3 * Value(hunt.Signal.Error));
        var counted = EnhancedBumpHunt.Of(WithBump, Window, settings, Streams);
        Value(hunt.Signal.Significance).ShouldBeGreaterThan(Value(counted.Signal!.Significance));
        EnhancedBumpHunt.Of(WithBump, Window, settings, Streams, shape with { Mean = 0.5, Sigma = 0.001 }).Failure
            .ShouldBe("the signal's shape has no events in the range of the fit");
    }

    [Fact]
    public void Background_alone_gives_standard_normal_significances_and_the_F_tests_choice_does_not()
    {
        // 30,000 events show half of what the third to the fifth parameter do: the F-test often stops before them.
        var settings = new BumpHuntSettings(13, new(2.6, 6)) { BiasToys = 0, GoodnessToys = 0 };
        double[][] spectra = [.. Enumerable.Range(0, 100).Select(toy => Spectra.DrawShared(30_000, $"null {toy}"))];
        double[] Z(BumpHuntSettings given) =>
            [.. spectra.Select(masses => Value(EnhancedBumpHunt.Of(masses, Window, given, Streams).Signal!.Significance))];
        var z = Z(settings);
        z.Average().ShouldBe(0, 0.3); // 3 standard errors
        Math.Sqrt(z.Average(value => value * value)).ShouldBe(1, 0.21);
        Z(settings with { FewestParameters = 2 }).Average().ShouldBeLessThan(-0.3);
    }

    [Fact]
    public void Toys_tell_p_value_and_limit_of_few_events()
    {
        var settings = Settings with { BiasToys = 0, GoodnessToys = 0, DiscoveryToys = 200, LimitToys = 100 };
        double[] few = [.. Spectra.Draw(40, "few", 8, 6, 0), .. Bump(12)];
        var hunt = EnhancedBumpHunt.Of(few, Window, settings, Streams);
        Value(hunt.Expected.Value).ShouldBeLessThan(10);
        Value(hunt.PValueByToys).ShouldBeInRange(1 / 201.0, 0.1);
        Value(hunt.LimitByToys).ShouldBe(Value(hunt.Limit), 0.3 * Value(hunt.Limit));
    }

    [Fact]
    public void The_same_streams_give_the_same_bits_in_any_unit_order_and_company()
    {
        var hunt = EnhancedBumpHunt.Of(WithBump, Window, Settings, Streams);
        var again = EnhancedBumpHunt.Of(WithBump, Window, Settings, new ToyStreams(1, "window 5", "0.01"));
        again.Signal!.Significance.ShouldBe(hunt.Signal!.Significance);
        again.Limit.ShouldBe(hunt.Limit);
        again.Bias!.Largest.ShouldBe(hunt.Bias!.Largest);
        var gev = EnhancedBumpHunt.Of(
            [.. WithBump.Select(mass => 1000 * mass)], new(3300, 3700), Settings with { SqrtS = 13000, Range = new(2200, 5800) }, Streams);
        Value(gev.Signal!.Signal).ShouldBe(Value(hunt.Signal.Signal), 1e-4);
    }

    [Fact]
    public void Few_events_give_a_result_or_a_reason_and_never_NaN()
    {
        for (var events = 0; events < 60; events += 3)
        {
            var masses = Spectra.Draw(events, $"few {events}", 8, 6, 0);
            var hunt = EnhancedBumpHunt.Of(masses, Window, Settings with { BiasToys = 5, GoodnessToys = 5 }, Streams);
            if (hunt.Failure is null)
            {
                (hunt.Signal!.Significance.IsDefined || hunt.Signal.Significance.Reason!.Length > 0).ShouldBeTrue();
                (hunt.Limit.IsDefined || hunt.Limit.Reason!.Length > 0).ShouldBeTrue();
            }
            else
            {
                hunt.Limit.Reason.ShouldBe(hunt.Failure);
                hunt.Expected.Value.Reason.ShouldBe(hunt.Failure);
            }
        }
    }

    [Fact]
    public void Degenerate_inputs_are_failures_with_a_reason()
    {
        Failure([]).ShouldBe("no event in [2.2, 3.3) and [3.7, 5.8)");
        Failure([3.4, 3.5, 3.6]).ShouldBe("no event in [2.2, 3.3) and [3.7, 5.8)");
        Failure([.. Enumerable.Repeat(2.5, 300)]).ShouldContain("too few different masses");
        Failure([.. Background, 13.0]).ShouldBe("1 of 6001 masses are not below sqrt(s) = 13: check its unit");
        Failure([.. Background, double.NaN]).ShouldBe("1 of 6001 masses are not finite");
        Failure(Background, Settings with { SqrtS = 5 }).ShouldContain("sqrt(s) = 5");
        Failure(Background, Settings with { Range = new(3.3, 5.8) }).ShouldContain("with sidebands on both sides");
        Failure(Background, Settings with { Range = new(double.NaN, 5.8) }).ShouldContain("with sidebands on both sides");
        Should.Throw<ArgumentOutOfRangeException>(() => Failure(Background, Settings with { FTestLevel = 0 }));
        Should.Throw<ArgumentOutOfRangeException>(() => Failure(Background, Settings with { MostParameters = 6 }));

        static string Failure(double[] masses, BumpHuntSettings? settings = null)
        {
            var hunt = EnhancedBumpHunt.Of(masses, Window, settings ?? Settings, Streams);
            hunt.Signal.ShouldBeNull();
            hunt.Curve.ShouldBeEmpty();
            hunt.Limit.Reason.ShouldBe(hunt.Failure);
            return hunt.Failure!;
        }
    }

    private static double[] Bump(int events)
    {
        var stream = RandomStream.For(1, "bump");
        return [.. Enumerable.Range(0, events).Select(_ => 3.5 + (0.1 * stream.NextGaussian()))];
    }

    private static double Value(Measured measured) => measured.Value!.Value;
}
