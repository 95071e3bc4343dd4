using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>Features with repeated values and hard edges.</summary>
internal static class RepeatedToys
{
    public const int Counts = 0, Flag = 1, Zeros = 2, Sentinel = 3, BothEnds = 4, Uniform = 5, Exponential = 6;

    public const int Count = 7;

    public const float Missing = -999;

    /// <summary>
    /// Counts rise and the flag is set more often with the mass;
    /// zeros and sentinels come together more often than by chance.
    /// </summary>
    public static (float[][] Features, double[] Mass) Events(int count, string name, Func<double, bool>? keep = null)
    {
        var stream = RandomStream.For(21, name);
        var (features, mass) = (new float[Count][], new double[count]);
        for (var f = 0; f < Count; f++)
        {
            features[f] = new float[count];
        }

        for (var i = 0; i < count; i++)
        {
            do
            {
                mass[i] = 3 + (2 * stream.NextDouble());
            }
            while (keep?.Invoke(mass[i]) == false);

            var absent = stream.NextDouble() < 0.2;
            features[Counts][i] = Poisson(2 + (0.5 * mass[i]), stream);
            features[Flag][i] = stream.NextDouble() < 0.1 * mass[i] ? 1 : 0;
            features[Zeros][i] = absent || stream.NextDouble() < 0.1 ? 0 : (float)(Exponent(stream) + Exponent(stream));
            features[Sentinel][i] = absent ? Missing : (float)stream.NextGaussian();
            features[BothEnds][i] = (float)Math.Clamp(0.5 + (0.4 * stream.NextGaussian()), 0, 1);
            features[Uniform][i] = (float)stream.NextDouble();
            features[Exponential][i] = (float)Exponent(stream);
        }

        return (features, mass);
    }

    public static float[] Sorted(float[] column) => [.. column.Order()];

    private static double Exponent(RandomStream stream) => -Math.Log(1 - stream.NextDouble());

    private static float Poisson(double mean, RandomStream stream)
    {
        var (count, left) = (0, Math.Exp(-mean));
        for (var product = stream.NextDouble(); product > left; product *= stream.NextDouble())
        {
            count++;
        }

        return count;
    }
}
