using Sideband.Events.Simulation;

namespace Sideband.Events.Tests.Simulation;

public class ToyTests
{
    private const int N = 200_000;

    [Theory]
    [InlineData(0.001)]
    [InlineData(0.1)]
    public void LaCathode_toy_has_uniform_mass_and_a_standard_normal_latent_space(double correlation)
    {
        var toy = new LaCathodeToy(correlation);
        var events = toy.Generate(N, 1);
        var truth = toy.Truth(events);
        var mass = events.Mass.ToArray();
        mass.ShouldAllBe(m => m >= -10 && m < 10);
        mass.Average().ShouldBe(0, 5 * 10 / Math.Sqrt(3.0 * N)); // five standard errors, here and below
        mass.Average(m => m * m).ShouldBe(100.0 / 3, 5 * 100 * Math.Sqrt(4.0 / 45 / N));
        foreach (var z in new[] { truth.Columns[1], truth.Columns[2] })
        {
            z.Average().ShouldBe(0, 5 / Math.Sqrt(N));
            z.Average(value => value * value).ShouldBe(1, 5 * Math.Sqrt(2.0 / N));
            z.Zip(mass, (value, m) => value * m).Average().ShouldBe(0, 5 * Math.Sqrt(100.0 / 3 / N));
        }

        // E[-ln p] is the entropy: ln 20 + ln(2 pi e).
        truth.Columns[0].Average().ShouldBe(-Math.Log(20) - Math.Log(2 * Math.PI) - 1, 5 / Math.Sqrt(N));
        truth.Names.ShouldBe(["log_p_background", "z1", "z2"]);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void Feta_toy_is_triangular_around_the_mode_of_its_mass(bool target)
    {
        var events = FetaToy.Generate(N, 1, target);
        var truth = FetaToy.Truth(events);
        double mean = 0, expected = 0;
        for (var i = 0; i < N; i++)
        {
            var mode = (0.4995 * events.Mass[i]) + (target ? 0.5005 : 0);
            mean += events.Feature(0)[i] / N;
            expected += (((1 + mode) / 3) + (target ? 0.5 : 0)) / N; // mean of a triangle on (0, 1)
            double.IsFinite(truth.Columns[target ? 1 : 0][i]).ShouldBeTrue();
        }

        mean.ShouldBe(expected, 5 * 0.24 / Math.Sqrt(N)); // five standard errors; a triangle's width is at most 0.236
        events.Feature(0).ToArray().ShouldAllBe(x => target ? x >= 0.5f && x <= 1.5f : x >= 0 && x <= 1);
        truth.Names.ShouldBe(["log_p_reference", "log_p_target"]);
    }

    [Fact]
    public void Feta_densities_are_normalised_and_vanish_where_there_are_no_events()
    {
        // Uniform in m and x over [0, 1] x [0, 1.5]: the mean of p times the area is the integral.
        const int steps = 400;
        var (mass, x) = (new double[steps * steps], new float[steps * steps]);
        for (var i = 0; i < mass.Length; i++)
        {
            mass[i] = ((i / steps) + 0.5) / steps;
            x[i] = (float)(1.5 * ((i % steps) + 0.5) / steps);
        }

        var grid = new EventTable("m", mass, ["x"], [x], [EventSource.Simulated("grid")], new short[mass.Length], new int[mass.Length]);
        var truth = FetaToy.Truth(grid);
        foreach (var column in truth.Columns)
        {
            column.Average(Math.Exp).ShouldBe(1 / 1.5, 2e-3); // midpoint rule: kinks cost of the order of the step, 4e-3, squared times 100
            column.ShouldContain(double.NegativeInfinity);
        }
    }

    [Fact]
    public void The_first_events_do_not_depend_on_how_many_there_are()
    {
        new LaCathodeToy(0.1).Generate(10_001, 3).Feature(1).SequenceEqual(new LaCathodeToy(0.1).Generate(20_000, 3).Feature(1)[..10_001])
            .ShouldBeTrue();
        FetaToy.Generate(10_001, 3, true).Feature(0).SequenceEqual(FetaToy.Generate(20_000, 3, true).Feature(0)[..10_001]).ShouldBeTrue();
    }

    [Fact]
    public void A_negative_number_of_events_is_an_error()
    {
        Should.Throw<ConfigurationException>(() => new LaCathodeToy(0.1).Generate(-1, 1)).Message
            .ShouldBe("events: -1 is out of range; allowed: 0 to 100000000");
        Should.Throw<ConfigurationException>(() => FetaToy.Generate(-1, 1, true));
    }
}
