using Sideband.Events;
using Sideband.Learning.Densities;
using Sideband.Learning.Densities.Preprocessing;
using Sideband.Numerics;

namespace Sideband.Validation;

/// <summary>
/// Template events of a density that was learned at all masses, the window's included, without what it learned there: latent numbers are
/// mapped to features at two masses below the window and at two above it, and the features of the window's mass lie on the polynomial
/// through these four, in the variables in which the density was learned (after SIGMA, arXiv:2410.20537, which interpolates the velocity of
/// a flow instead).
/// </summary>
internal static class InterpolatedSampling
{
    /// <summary>
    /// TeV from the window to the masses beside it: the density is smooth in the mass, so that near the window it knows of the signal
    /// inside.
    /// </summary>
    private const double Margin = 0.05;

    /// <summary>TeV between the two masses of one side.</summary>
    private const double Step = 0.3;

    /// <param name="density">Learned.</param>
    /// <param name="learned">What it was learned of, [feature][event].</param>
    /// <param name="window">Of which nothing may be used.</param>
    /// <param name="masses">One an event, inside of the window.</param>
    /// <param name="stream">Draws the latent numbers.</param>
    public static float[][] Sample(
        IConditionalDensity density, float[][] learned, MassInterval window, double[] masses, RandomStream stream)
    {
        var latent = new float[density.FeatureCount][];
        for (var f = 0; f < latent.Length; f++)
        {
            latent[f] = [.. masses.Select(_ => (float)stream.NextGaussian())];
        }

        double[] at = [window.Low - Margin - Step, window.Low - Margin, window.High + Margin, window.High + Margin + Step];
        float[][][] drawn = [.. at.Select(mass => density.FromLatent(latent, [.. masses.Select(_ => mass)]))];
        var standardisation = LogitStandardisation.Fit(learned).Fitted!;
        for (var i = 0; i < masses.Length; i++)
        {
            var z = Interpolate(standardisation, drawn, at, i, masses[i]);
            for (var f = 0; f < latent.Length; f++)
            {
                latent[f][i] = z is null ? drawn[1][f][i] : standardisation.Inverse(f, z[f], masses[i], 0);
            }
        }

        return latent;
    }

    /// <summary>Null if one of the four is at the end of a feature's range, where its variable is infinite.</summary>
    private static double[]? Interpolate(LogitStandardisation standardisation, float[][][] drawn, double[] at, int i, double mass)
    {
        var (sum, z) = (new double[drawn[0].Length], new double[drawn[0].Length]);
        for (var k = 0; k < at.Length; k++)
        {
            if (!standardisation.TryForward(drawn[k], i, at[k], [], z, out _))
            {
                return null;
            }

            var weight = 1.0;
            for (var other = 0; other < at.Length; other++)
            {
                weight *= other == k ? 1 : (mass - at[other]) / (at[k] - at[other]);
            }

            for (var f = 0; f < z.Length; f++)
            {
                sum[f] += weight * z[f];
            }
        }

        return sum;
    }
}
