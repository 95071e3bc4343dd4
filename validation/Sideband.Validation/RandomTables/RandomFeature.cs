using Sideband.Numerics;

namespace Sideband.Validation.RandomTables;

/// <summary>
/// A feature as its quantile function: of a place u in (0, 1) it makes a value, so that features of any kind are correlated by correlated
/// places.
/// </summary>
internal static class RandomFeature
{
    /// <summary>What stands for the features of an absent object.</summary>
    public const double Sentinel = -999;

    /// <summary>Smooth, without ends.</summary>
    public static Func<double, double> Smooth(RandomStream random) => random.NextInt(3) switch
    {
        0 => NormalDistribution.Quantile,
        1 => u => PortableMath.Exp(0.6 * NormalDistribution.Quantile(u)),
        _ => Peaks(random),
    };

    /// <summary>One or two hard edges: powers of exponential numbers, even numbers, and numbers that crowd at both ends.</summary>
    public static Func<double, double> HardEdge(RandomStream random)
    {
        var power = 1 + (0.5 * random.NextInt(3));
        return random.NextInt(3) switch
        {
            0 => u => PortableMath.Exp(PortableMath.Log(-PortableMath.Log(1 - u)) / power),
            1 => u => u,
            _ => u => u * u * (3 - (2 * u)),
        };
    }

    /// <summary>Poisson numbers, geometric ones, whole numbers of a range, and rounded normal numbers.</summary>
    public static Func<double, double> Whole(RandomStream random)
    {
        var mean = 1 + (11 * random.NextDouble());
        return random.NextInt(4) switch
        {
            0 => u => PoissonQuantile(u, mean),
            1 => u => Math.Floor(-PortableMath.Log(1 - u) * mean),
            2 => u => Math.Floor(u * (2 + Math.Floor(mean))),
            _ => u => Math.Round(10 * NormalDistribution.Quantile(u)) / 10,
        };
    }

    /// <summary>Many events on one value or two: exact zeros, a flag, and limits that values were cut off at.</summary>
    public static Func<double, double> PointMass(RandomStream random)
    {
        var part = 0.1 + (0.5 * random.NextDouble());
        return random.NextInt(3) switch
        {
            0 => u => u < part ? 0 : -PortableMath.Log((1 - u) / (1 - part)),
            1 => u => u < part ? 0 : 1,
            _ => u => Math.Clamp(NormalDistribution.Quantile(u), -1, 1 + part),
        };
    }

    private static Func<double, double> Peaks(RandomStream random)
    {
        var (part, apart) = (0.2 + (0.6 * random.NextDouble()), 2 + (2 * random.NextDouble()));
        return u => u < part
            ? NormalDistribution.Quantile(u / part) - apart
            : NormalDistribution.Quantile((u - part) / (1 - part)) + apart;
    }

    private static double PoissonQuantile(double u, double mean)
    {
        var (value, term) = (0, PortableMath.Exp(-mean));
        for (var below = term; below < u && term > 0; below += term)
        {
            term *= mean / ++value;
        }

        return value;
    }
}
