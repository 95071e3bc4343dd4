using Sideband.Numerics;

namespace Sideband.Inference.BumpHunt;

/// <summary>
/// Does one more parameter describe a spectrum better than chance? F = (chi2_from - chi2_to)/(chi2_to/degrees), 0 where chi2 does not fall.
/// </summary>
/// <param name="From">Function with fewer parameters.</param>
/// <param name="To">Function with one parameter more.</param>
/// <param name="ChiSquaredFrom">Pearson's chi2 of the former.</param>
/// <param name="ChiSquaredTo">Pearson's chi2 of the latter, in the same bins.</param>
/// <param name="Degrees">Degrees of freedom of the latter: bins, less parameters, less one for the normalisation.</param>
/// <param name="F">The statistic.</param>
/// <param name="PValue">Upper tail of the F distribution with 1 and Degrees degrees of freedom.</param>
public sealed record FTest(
    SpectrumFunction From, SpectrumFunction To, double ChiSquaredFrom, double ChiSquaredTo, int Degrees, Measured F, Measured PValue)
{
    /// <summary>From the chi2 of both; undefined without degrees of freedom or where the larger function fits perfectly.</summary>
    public static FTest Of(SpectrumFunction from, SpectrumFunction to, double chiSquaredFrom, double chiSquaredTo, int degrees)
    {
        var f = degrees < 1 ? Measured.Undefined($"{degrees} degrees of freedom")
            : !(chiSquaredTo > 0) ? Measured.Undefined($"chi2 of '{to}' is {chiSquaredTo}")
            : Measured.Of(Math.Max(0, chiSquaredFrom - chiSquaredTo) / (chiSquaredTo / degrees));
        return new FTest(
            from, to, chiSquaredFrom, chiSquaredTo, degrees, f, f.Select(value => StudentDistribution.TailOfSquare(value, degrees)));
    }
}
