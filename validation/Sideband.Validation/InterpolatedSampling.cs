using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Numerics;

namespace Sideband.Validation;

/// <summary>
/// Template events of a density that was learned at all masses, the window's included, without what it learned there: latent numbers are
/// mapped to features at a mass below the window and at one above it, and the features of the window's mass lie between them in proportion
/// (after SIGMA, arXiv:2410.20537, which interpolates the velocity of a flow instead).
/// </summary>
internal static class InterpolatedSampling
{
    /// <summary>TeV from the window to the masses: the density is smooth in the mass, so that near the window it knows of the signal inside.</summary>
    private const double Margin = 0.05;

    public static float[][] Sample(IConditionalDensity density, MassInterval window, double[] masses, RandomStream stream)
    {
        var latent = new float[density.FeatureCount][];
        for (var f = 0; f < latent.Length; f++)
        {
            latent[f] = [.. masses.Select(_ => (float)stream.NextGaussian())];
        }

        var (low, high) = (window.Low - Margin, window.High + Margin);
        float[][] At(double mass) => density.FromLatent(latent, [.. masses.Select(_ => mass)]);

        var (below, above) = (At(low), At(high));
        for (var i = 0; i < masses.Length; i++)
        {
            var share = (float)((masses[i] - low) / (high - low));
            foreach (var (x, y) in below.Zip(above))
            {
                x[i] += share * (y[i] - x[i]);
            }
        }

        return below;
    }
}
