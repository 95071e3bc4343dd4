using Sideband.Learning.Densities;

namespace Sideband.Learning.Tests.Densities;

/// <summary>The integral of a density of two features over the range of the events that it learned.</summary>
internal static class DensityIntegral
{
    /// <param name="density">Of two features.</param>
    /// <param name="features">[feature][event], what it learned.</param>
    /// <param name="mass">Where.</param>
    /// <param name="points">Along each feature, in the middle of as many steps.</param>
    public static double Of(IConditionalDensity density, float[][] features, double mass, int points)
    {
        var (x, masses) = (new[] { new float[points * points], new float[points * points] }, new double[points * points]);
        Array.Fill(masses, mass);
        double[] low = [.. features.Select(column => (double)column.Min())];
        double[] step = [.. features.Select((column, f) => (column.Max() - low[f]) / points)];
        for (var i = 0; i < masses.Length; i++)
        {
            x[0][i] = (float)(low[0] + (step[0] * (0.5 + (i / points))));
            x[1][i] = (float)(low[1] + (step[1] * (0.5 + (i % points))));
        }

        var log = new double[masses.Length];
        density.LogDensity(x, masses, log);
        return log.Sum(value => Math.Exp(value) * step[0] * step[1]);
    }
}
