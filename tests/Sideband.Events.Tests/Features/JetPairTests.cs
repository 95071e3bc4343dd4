using FsCheck;
using FsCheck.Fluent;
using Sideband.Events.Features;

namespace Sideband.Events.Tests.Features;

public class JetPairTests
{
    private static readonly Config Quiet = Config.QuickThrowOnFailure.WithMaxTest(500).WithQuietOnSuccess(true);

    private static readonly Arbitrary<JetPair> Pairs = Gen.Two(Gen.Choose(-200_000, 200_000).Four().Select(
            c => new Jet(0.01 * c.Item1, 0.01 * c.Item2, 0.01 * c.Item3, Math.Abs(0.001 * c.Item4))))
        .Where(pair => Transverse(pair.Item1) > 1 && Transverse(pair.Item2) > 1)
        .Select(pair => new JetPair(pair.Item1, pair.Item2))
        .ToArbitrary();

    [Fact]
    public void Exchanging_the_jets_changes_nothing() => Check.One(Quiet, Prop.ForAll(Pairs, pair =>
    {
        var exchanged = new JetPair(pair.Second, pair.First);
        return Near(exchanged.Mjj, pair.Mjj) && exchanged.LighterMass == pair.LighterMass
            && exchanged.MassDifference == pair.MassDifference && Near(exchanged.DeltaR, pair.DeltaR);
    }));

    [Fact]
    public void A_rotation_about_the_beam_changes_nothing() => Check.One(Quiet, Prop.ForAll(Pairs, pair =>
    {
        var turned = new JetPair(Turn(pair.First), Turn(pair.Second));
        return Near(turned.Mjj, pair.Mjj) && Near(turned.DeltaR, pair.DeltaR);
    }));

    [Fact]
    public void A_boost_along_the_beam_keeps_the_dijet_mass() => Check.One(Quiet, Prop.ForAll(
        Pairs, pair => Near(new JetPair(Boost(pair.First), Boost(pair.Second)).Mjj, pair.Mjj)));

    [Fact]
    public void The_dijet_mass_is_at_least_the_sum_of_the_jet_masses() => Check.One(Quiet, Prop.ForAll(
        Pairs, pair => pair.Mjj >= 1e-3 * (pair.First.Mass + pair.Second.Mass) - 1e-6));

    /// <summary>Two massless back-to-back jets of 1750 GeV at right angles to the beam: mjj = 3.5 TeV, delta_r = pi.</summary>
    [Fact]
    public void Back_to_back_jets()
    {
        var pair = new JetPair(new Jet(1750, 0, 0, 0), new Jet(-1750, 0, 0, 0));
        pair.Mjj.ShouldBe(3.5, 1e-15);
        pair.DeltaR.ShouldBe(Math.PI);
    }

    [Fact]
    public void A_massless_collinear_pair_has_no_mass() =>
        new JetPair(new Jet(1000, 333, 77, 0), new Jet(3000, 999, 231, 0)).Mjj.ShouldBe(0, 1e-5, "sqrt of the rounding error of E^2");

    /// <summary>Two units in the last place of pi, 2 x 4.4e-16, over all octants and 600 orders of magnitude.</summary>
    [Fact]
    public void The_arc_tangent_is_that_of_the_library_to_the_last_digits() => Check.One(Quiet, Prop.ForAll(
        Gen.Choose(-300, 300).Two().ToArbitrary(),
        Gen.Choose(-1000, 1000).Two().ToArbitrary(),
        (powers, mantissas) =>
        {
            var y = Math.Abs(mantissas.Item1 * Math.Pow(10, powers.Item1 / 2));
            var x = mantissas.Item2 * Math.Pow(10, powers.Item2 / 2);
            return Math.Abs(ArcTangent.OfQuotient(y, x) - Math.Atan2(y, x == 0 ? 0.0 : x)) <= 9e-16;
        }));

    /// <summary>
    /// Relative 1e-9: E^2 - p^2 of a boosted pair loses up to seven of sixteen digits here; 1e-6 TeV covers masses near 0.
    /// </summary>
    private static bool Near(double a, double b) => Math.Abs(a - b) <= (1e-9 * Math.Abs(b)) + 1e-6;

    private static double Transverse(Jet jet) => Math.Sqrt((jet.Px * jet.Px) + (jet.Py * jet.Py));

    private static Jet Turn(Jet jet) => jet with { Px = (0.6 * jet.Px) - (0.8 * jet.Py), Py = (0.8 * jet.Px) + (0.6 * jet.Py) };

    /// <summary>Velocity 0.6: gamma = 1.25.</summary>
    private static Jet Boost(Jet jet) => jet with { Pz = 1.25 * (jet.Pz - (0.6 * jet.Energy)) };
}
