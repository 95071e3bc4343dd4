using System.Runtime.InteropServices;
using System.Security.Cryptography;
using Sideband.Learning.Densities.FlowMatching;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

public class NoiseCouplingTests
{
    private const int Events = 40_000;
    private const int Dimensions = 3;

    [Fact]
    public void Paths_are_shorter_and_no_exchange_of_two_neighbours_makes_them_shorter_still()
    {
        var events = Correlated();
        var noise = Drawn(events, [.. Enumerable.Range(0, Events)], "a");

        // Independent noise: the mean of |x - z|^2 is the number of dimensions, twice.
        MeanSquaredPath(events, noise).ShouldBeLessThan(0.35 * 2 * Dimensions);
        int[] byMass = [.. Enumerable.Range(0, Events).OrderBy(i => events.Mass[i])];
        var shorter = 0;
        for (var i = 0; i + 1 < Events; i++)
        {
            var change = 0.0;
            for (var f = 0; f < Dimensions; f++)
            {
                var (a, b) = ((byMass[i] * Dimensions) + f, (byMass[i + 1] * Dimensions) + f);
                change += (events.Features[a] - events.Features[b]) * (noise[a] - noise[b]);
            }

            shorter += change < -1e-5 ? 1 : 0;
        }

        // Neighbours of different groups, and those left over at the ends: a few per cent.
        ((double)shorter / Events).ShouldBeLessThan(0.04);
    }

    [Fact]
    public void At_every_mass_the_noise_stays_normal_and_without_memory_of_the_mass()
    {
        var events = Correlated();
        var noise = Drawn(events, [.. Enumerable.Range(0, Events)], "a");
        int[] byMass = [.. Enumerable.Range(0, Events).OrderBy(i => events.Mass[i])];
        foreach (var slice in byMass.Chunk(Events / 8))
        {
            for (var f = 0; f < Dimensions; f++)
            {
                double[] z = [.. slice.Select(row => (double)noise[(row * Dimensions) + f])];
                var mean = z.Average();

                // Four standard errors of 5000 normal numbers, though the features' means move by two with the mass.
                mean.ShouldBe(0, 0.057);
                z.Average(v => (v - mean) * (v - mean)).ShouldBe(1, 0.08);
                z.Average(v => v * v * v).ShouldBe(0, 0.22);
            }
        }
    }

    [Fact]
    public void Only_the_given_rows_get_noise_and_few_rows_get_it_uncoupled()
    {
        var events = Correlated();
        var noise = Drawn(events, [.. Enumerable.Range(100, 300)], "a");
        noise.Take(100 * Dimensions).ShouldAllBe(z => z == 0);
        noise.Skip(400 * Dimensions).ShouldAllBe(z => z == 0);
        noise.Skip(100 * Dimensions).Take(300 * Dimensions).ShouldNotContain(0f);
    }

    [Fact]
    public void The_same_stream_gives_the_same_noise_and_every_draw_is_new()
    {
        var events = Correlated();
        int[] rows = [.. Enumerable.Range(0, Events)];
        Drawn(events, rows, "a").ShouldBe(Drawn(events, rows, "a"));
        Drawn(events, rows, "a").ShouldNotBe(Drawn(events, rows, "b"));
        Drawn(events, rows, "a").ShouldNotBe(Drawn(events, rows, "a", draws: 2));

        // The same bits on every processor.
        Convert.ToHexString(SHA256.HashData(MemoryMarshal.AsBytes(Drawn(events, rows, "a").AsSpan())))[..16].ShouldBe("B2D3438AF010DB1D");
    }

    private static float[] Drawn(StandardisedEvents events, int[] rows, string name, int draws = 1)
    {
        var noise = new float[events.Count * events.Dimensions];
        var coupling = new NoiseCoupling(events, noise, rows, [RandomStream.For(1, name, "0"), RandomStream.For(1, name, "1")]);
        for (var draw = 0; draw < draws; draw++)
        {
            for (var part = 0; part < coupling.Parts; part++)
            {
                coupling.Draw(part);
            }
        }

        return noise;
    }

    // Features whose means move with the mass, from -1 to 1.
    private static StandardisedEvents Correlated()
    {
        var stream = RandomStream.For(1, "events");
        var (features, mass) = (new float[Events * Dimensions], new float[Events]);
        for (var i = 0; i < Events; i++)
        {
            mass[i] = (float)((2 * stream.NextDouble()) - 1);
            for (var f = 0; f < Dimensions; f++)
            {
                features[(i * Dimensions) + f] = (float)(mass[i] + (0.8 * stream.NextGaussian()));
            }
        }

        return new StandardisedEvents(Dimensions, features, mass);
    }

    private static double MeanSquaredPath(StandardisedEvents events, float[] noise) =>
        events.Features.Zip(noise, (x, z) => ((double)x - z) * (x - z)).Sum() / events.Count;
}
