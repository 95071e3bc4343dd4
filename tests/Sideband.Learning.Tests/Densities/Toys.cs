using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Learning.Tests.Densities;

/// <summary>Small densities that learn in a second.</summary>
internal static class Toys
{
    /// <summary>x1 has the mean 0.5 m and x2 bends with x1; both in units of their own.</summary>
    public static (float[][] Features, double[] Mass) Events(int count, int dimensions = 2, ulong seed = 1)
    {
        var stream = RandomStream.For(seed, "toy density");
        float[][] features = [.. Enumerable.Range(0, dimensions).Select(_ => new float[count])];
        var mass = new double[count];
        for (var i = 0; i < count; i++)
        {
            mass[i] = 3 + (2 * stream.NextDouble());
            var x = (0.5 * (mass[i] - 4)) + (0.4 * stream.NextGaussian());
            features[0][i] = (float)(100 * x);
            for (var f = 1; f < dimensions; f++)
            {
                features[f][i] = (float)((0.3 * x * x) + (0.2 * stream.NextGaussian()));
            }
        }

        return (features, mass);
    }

    public static DensityOptions Small(DensityKind kind) => DensityOptions.Recommended(kind) with
    {
        Epochs = 3,
        FewEvents = 0,
        BatchSize = 256,
        HiddenWidth = 40,
        Blocks = 2,
        PooledEpochs = 2,
        LearningRate = 3e-3,
        ValidationFraction = 0.2,
    };

    public static IConditionalDensity Fit(DensityKind kind, int dimensions = 2, int threads = 1, int events = 6000)
    {
        var (features, mass) = Events(events, dimensions);
        var fit = DensityTrainer.Fit(Small(kind), features, mass, RandomStream.For(5, "fit"), threads, CancellationToken.None);
        fit.Failure.ShouldBeNull();
        return fit.Density!;
    }
}
