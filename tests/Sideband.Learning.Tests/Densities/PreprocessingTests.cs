using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

public class PreprocessingTests
{
    private const int Events = 200_000;
    private static readonly float[][] Features = [Draw(peak: 0), Draw(peak: 0.2)];
    private static readonly LogitStandardisation Scaling = LogitStandardisation.Fit(Features).Fitted!;

    [Fact]
    public void A_narrow_peak_is_drawn_wide_and_other_features_are_left_alone()
    {
        var plain = LogitStandardisation.Fit([Features[0]]).Fitted!;
        var (smooth, peaked) = (new double[Events], new double[Events]);
        var (z, alone) = (new double[2], new double[1]);
        var used = 0;
        for (var i = 0; i < Events; i++)
        {
            if (Scaling.TryForward(Features, i, 3, [], z, out _) && plain.TryForward([Features[0]], i, 3, [], alone, out _))
            {
                // The events at an end of the other feature's range count here and not there.
                Assert.Equal(alone[0], z[0], 1e-3);
                (smooth[used], peaked[used++]) = (z[0], z[1]);
            }
        }

        // The peak holds a fifth of the events within 0.05 of its place; after the map no interval of a quarter holds so many.
        Assert.True(Fullest(Original(Features[1]), 0.1) > 0.2);
        Assert.InRange(Fullest(peaked[..used], 0.1), 0, 0.1);
        Assert.InRange(peaked[..used].Average(), -0.02, 0.02);
        Assert.InRange(peaked[..used].Average(v => v * v), 0.95, 1.05);
    }

    [Fact]
    public void The_inverse_undoes_the_map_and_the_Jacobian_is_that_of_finite_differences()
    {
        const float Step = 1f / 1024;
        var (z, lower, upper) = (new double[2], new double[2], new double[2]);
        for (var i = 0; i < 500; i++)
        {
            Assert.True(Scaling.TryForward(Features, i, 3, [], z, out var logJacobian));
            Assert.Equal(Features[0][i], Scaling.Inverse(0, z[0], 3, 0), 1e-5f);
            Assert.Equal(Features[1][i], Scaling.Inverse(1, z[1], 3, 0), 1e-5f);

            // Between two kinks of the map; over one the slopes of both sides mix.
            float[][] around = [[Features[0][i] - Step, Features[0][i] + Step], [Features[1][i] - Step, Features[1][i] + Step]];
            Assert.True(Scaling.TryForward(around, 0, 3, [], lower, out var lowerJacobian));
            Assert.True(Scaling.TryForward(around, 1, 3, [], upper, out var upperJacobian));
            var difference = (upper[0] - lower[0]) / (around[0][1] - around[0][0])
                * ((upper[1] - lower[1]) / (around[1][1] - around[1][0]));
            Assert.InRange(
                Math.Log(difference),
                Math.Min(logJacobian, Math.Min(lowerJacobian, upperJacobian)) - 0.02,
                Math.Max(logJacobian, Math.Max(lowerJacobian, upperJacobian)) + 0.02);
        }
    }

    [Fact]
    public void A_saved_map_is_read_bit_for_bit()
    {
        using var stream = new MemoryStream();
        Scaling.Save(new BinaryWriter(stream));
        stream.Position = 0;
        var read = LogitStandardisation.Load(new BinaryReader(stream));
        var (z, again) = (new double[2], new double[2]);
        for (var i = 0; i < 1000; i++)
        {
            Assert.Equal(
                Scaling.TryForward(Features, i, 3, [], z, out var jacobian),
                read.TryForward(Features, i, 3, [], again, out var jacobianAgain));
            Assert.Equal(z, again);
            Assert.Equal(jacobian, jacobianAgain);
            Assert.Equal(Scaling.Inverse(1, z[1], 3, 0), read.Inverse(1, z[1], 3, 0));
        }

        Assert.Equal(stream.Length, stream.Position);
    }

    /// <summary>A normal distribution, of which a part lies in a peak of width 0.02 at 0.3.</summary>
    private static float[] Draw(double peak)
    {
        var stream = RandomStream.For(7, FormattableString.Invariant($"peak {peak}"));
        return
        [
            .. Enumerable.Range(0, Events)
                .Select(_ => (float)(stream.NextDouble() < peak ? 0.3 + (0.02 * stream.NextGaussian()) : stream.NextGaussian())),
        ];
    }

    private static double[] Original(float[] values)
    {
        var mean = values.Average(v => (double)v);
        var deviation = Math.Sqrt(values.Average(v => (v - mean) * (v - mean)));
        return [.. values.Select(v => (v - mean) / deviation)];
    }

    /// <summary>The largest fraction of the values in an interval of this width.</summary>
    private static double Fullest(double[] values, double width)
    {
        double[] sorted = [.. values.Order()];
        var (most, first) = (0, 0);
        for (var last = 0; last < sorted.Length; last++)
        {
            while (sorted[last] - sorted[first] > width)
            {
                first++;
            }

            most = Math.Max(most, last - first + 1);
        }

        return most / (double)sorted.Length;
    }
}
