using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

public class DijetDensityTests
{
    private static readonly double[] Masses = [2.3, 3.5, 5.0];

    public static TheoryData<string> Kinds => ["default", "alternative", "signal"];

    [Theory]
    [MemberData(nameof(Kinds))]
    public void The_mass_density_integrates_to_one(string kind)
    {
        var density = Named(kind);
        var total = 0.0;
        const double step = 1e-4;
        for (var t = -3.0; t < 5; t += step)
        {
            total += step * Math.Exp(density.LogMass(Math.Exp(t)) + t);
        }

        total.ShouldBe(1, 1e-4); // kinks of the interpolated logarithm
    }

    [Theory]
    [MemberData(nameof(Kinds))]
    public void Every_feature_density_integrates_to_one_at_every_mass(string kind)
    {
        foreach (var feature in DijetFeatures.All)
        {
            var density = Named(kind).Marginal([feature]);
            foreach (var mass in Masses)
            {
                // In the logit or the logarithm of x the density is smooth but for kinks at the spline's knots, which lie close in delta_r.
                var isRatio = feature.StartsWith("tau", StringComparison.Ordinal);
                var (low, high, step) = feature == "delta_r" ? (-0.5, 3.0, 1e-4) : (-25.0, 15.0, 2e-3);
                var total = 0.0;
                for (var y = low; y < high; y += step)
                {
                    var x = isRatio ? 1 / (1 + Math.Exp(-y)) : Math.Exp(y);
                    var jacobian = isRatio ? x * (1 - x) : x;
                    total += step * Math.Exp(density.LogConditional(mass, [x])) * jacobian;
                }

                total.ShouldBe(1, 1e-4, $"{kind} {feature} at {mass} TeV");
            }
        }
    }

    [Fact]
    public void A_marginal_is_the_integral_over_the_other_feature_in_any_order()
    {
        var pair = DijetDensity.Signal.Marginal(["delta_mj", "mj1"]);
        var single = DijetDensity.Signal.Marginal(["mj1"]);
        foreach (var mj1 in new[] { 0.05, 0.1, 0.3 })
        {
            var total = 0.0;
            const double step = 1e-3;
            for (var y = -25.0; y < 3; y += step)
            {
                total += step * Math.Exp(pair.LogConditional(3.5, [Math.Exp(y), mj1]) + y);
            }

            total.ShouldBe(Math.Exp(single.LogConditional(3.5, [mj1])), 1e-4 * total);
        }
    }

    /// <summary>
    /// A background whose features had structure in the mass as narrow as a window would give a search excesses that no physics
    /// made. What bends from 3.1 over 3.5 to 3.9 TeV is the part of ln p(x | m) that the sidebands cannot predict.
    /// </summary>
    [Theory]
    [InlineData(DijetBackground.Default)]
    [InlineData(DijetBackground.Alternative)]
    public void Background_features_change_smoothly_with_the_mass(DijetBackground background)
    {
        var density = DijetDensity.Background(background).Marginal(DijetFeatures.Baseline);
        var events = DijetSimulator.Generate(new SimulationRequest
        {
            Events = 3000,
            Background = background,
            Seed = 31,
            Features = DijetFeatures.Baseline,
        });
        var squares = 0.0;
        for (var i = 0; i < events.Count; i++)
        {
            double[] x = [events.Feature(0)[i], events.Feature(1)[i], events.Feature(2)[i], events.Feature(3)[i]];
            var bend = density.LogConditional(3.1, x) + density.LogConditional(3.9, x) - (2 * density.LogConditional(3.5, x));
            squares += bend * bend / events.Count;
        }

        Math.Sqrt(squares).ShouldBeLessThan(0.09); // 0.11 for a mixture whose dependence on the mass is fitted without limits
    }

    [Fact]
    public void Outside_the_range_the_density_is_zero()
    {
        var density = DijetDensity.Background(DijetBackground.Default).Marginal(["mj1", "tau21_j1"]);
        density.LogConditional(3, [-0.1, 0.5]).ShouldBe(double.NegativeInfinity);
        density.LogConditional(3, [0.1, 1]).ShouldBe(double.NegativeInfinity);
        density.LogDensity(0, [0.1, 0.5]).ShouldBe(double.NegativeInfinity);
        double.IsFinite(density.LogDensity(3, [0.1, 0.5])).ShouldBeTrue();
    }

    [Fact]
    public void A_wrong_feature_is_named_with_the_nearest() =>
        Should.Throw<ConfigurationException>(() => DijetDensity.Signal.Marginal(["tau21_j3"])).Message
            .ShouldBe(
                "features: 'tau21_j3' is not simulated; allowed: mj1, delta_mj, tau21_j1, tau21_j2, delta_r; did you mean 'tau21_j1'?");

    private static DijetDensity Named(string kind) => kind switch
    {
        "signal" => DijetDensity.Signal,
        "default" => DijetDensity.Background(DijetBackground.Default),
        _ => DijetDensity.Background(DijetBackground.Alternative),
    };
}
