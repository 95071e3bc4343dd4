namespace Sideband.Numerics;

/// <summary>Poisson counts from a random stream.</summary>
public static class PoissonSampling
{
    // Above it the transformed rejection holds; below it products of uniforms are as fast.
    private const double RejectionFrom = 12;

    /// <summary>A Poisson count; exact.</summary>
    /// <remarks>
    /// Small means: uniforms are multiplied until the product is below e^-mean (Knuth). Others: Hoermann's transformed rejection PTRS
    /// (Insurance: Mathematics and Economics 12 (1993) 39), about 1.1 pairs of uniforms a count.
    /// </remarks>
    /// <param name="stream">Where the uniforms come from.</param>
    /// <param name="mean">From 0 to 1e15.</param>
    public static double NextPoisson(this RandomStream stream, double mean)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(mean);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(mean, 1e15);
        return mean < RejectionFrom ? ByProducts(stream, mean) : ByRejection(stream, mean);
    }

    private static double ByProducts(RandomStream stream, double mean)
    {
        var limit = PortableMath.Exp(-mean);
        var count = 0;
        for (var product = stream.NextDouble(); product > limit; product *= stream.NextDouble())
        {
            count++;
        }

        return count;
    }

    private static double ByRejection(RandomStream stream, double mean)
    {
        var b = 0.931 + (2.53 * Math.Sqrt(mean));
        var a = -0.059 + (0.02483 * b);
        var inverseAlpha = 1.1239 + (1.1328 / (b - 3.4));
        var squeeze = 0.9277 - (3.6224 / (b - 2));
        while (true)
        {
            var u = stream.NextDouble() - 0.5;
            var v = stream.NextDouble();
            var distance = 0.5 - Math.Abs(u);
            var count = Math.Floor((((2 * a / distance) + b) * u) + mean + 0.43);
            if (distance >= 0.07 && v <= squeeze)
            {
                return count;
            }

            if (!(count >= 0) || (distance < 0.013 && v > distance))
            {
                continue;
            }

            if (v * inverseAlpha / ((a / (distance * distance)) + b) <= SaddlePoint.Poisson(count, mean))
            {
                return count;
            }
        }
    }
}
