using Sideband.Inference.Metrics;
using Sideband.Numerics;

namespace Sideband.Inference.Tests.Metrics;

public class SculptingTests
{
    private const int Events = 300_000;

    // The LaCATHODE toy: m uniform, x = c m + noise with c = 0.1, z = x - c m the perfect latent map.
    private static readonly (double Mass, double X, double Z)[] Toy = MakeToy();

    private static readonly Sculpting Measure = new([.. Toy.Select(e => e.Mass)]);

    [Theory]
    [InlineData(Events / 100)]
    [InlineData(Events / 10)]
    public void Random_subsets_give_one(int size)
    {
        var values = Measure.OfRandomSubsets(size, 40, RandomStream.For(1, "subsets"));

        // Mean 1 - eps; one value spreads by sqrt(2/299) = 0.08, the mean of 40 by 0.013: 4 standard errors.
        values.Average().ShouldBe(1 - (size / (double)Events), 0.052);
        values.ShouldBe(values.Order());
        values[0].ShouldBeGreaterThan(0.65);
        values[^1].ShouldBeLessThan(1.35);
    }

    [Fact]
    public void A_cut_on_a_feature_that_follows_the_mass_sculpts_and_a_cut_on_the_latent_one_does_not()
    {
        var size = Events / 100;
        var band = Measure.OfRandomSubsets(size, 100, RandomStream.For(2, "band"));
        var (low, high) = (PercentileBand.Percentile(band, 2.5), PercentileBand.Percentile(band, 97.5));
        Passing(e => Math.Abs(e.X)).ShouldBeGreaterThan(3 * high);
        Passing(e => Math.Abs(e.Z)).ShouldBeInRange(low, high);

        double Passing(Func<(double Mass, double X, double Z), double> score)
        {
            var threshold = Toy.Select(score).OrderDescending().ElementAt(size - 1);
            return Measure.Of([.. Toy.Select(e => score(e) >= threshold)]).Value!.Value;
        }
    }

    [Fact]
    public void A_worked_case()
    {
        // Two bins of two; three of four pass, one of them in the lower bin: N S/N_i (1/2 - S_i/S)^2 = 6 (1/6)^2 twice.
        var measure = new Sculpting([1.0, 2.0, 3.0, 4.0], 2);
        measure.Of([true, false, true, true]).Value!.Value.ShouldBe(1 / 3.0, 1e-15);
        measure.Of([true, true, true, true]).Value.ShouldBe(0);
        measure.Of([false, false, false, false]).Reason.ShouldBe("no event passes the cut");
        new Sculpting([1.0, 1.0, 1.0, 1.0], 2).Of([true, false, true, true]).Reason.ShouldBe("a bin holds no event: too many equal masses");
    }

    private static (double Mass, double X, double Z)[] MakeToy()
    {
        var stream = RandomStream.For(1, "toy");
        var toy = new (double Mass, double X, double Z)[Events];
        for (var i = 0; i < Events; i++)
        {
            var (m, z) = ((20 * stream.NextDouble()) - 10, stream.NextGaussian());
            toy[i] = (m, (0.1 * m) + z, z);
        }

        return toy;
    }
}
