using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>
/// The exact density that simulated dijet events are drawn from, p(m, x) = p(m) p(x | m), in closed form: p(m) is a smooth mass
/// spectrum; p(x | m) is a Gaussian mixture in nearly normal coordinates z_j(x_j) that follows the mass, times the maps' Jacobian:
/// ln p(x | m) = ln p(z | m) + sum_j ln |dz_j/dx_j|. Natural logarithms; masses in TeV, densities in the inverse units.
/// </summary>
public sealed class DijetDensity
{
    private static readonly Lazy<DijetDensity> DefaultDensity = new(() => new DijetDensity(DensityParameters.Read("default")));
    private static readonly Lazy<DijetDensity> AlternativeDensity = new(() => new DijetDensity(DensityParameters.Read("alternative")));
    private static readonly Lazy<DijetDensity> SignalDensity = new(() => new DijetDensity(DensityParameters.Read("signal")));

    private readonly DensityParameters _parameters;

    private DijetDensity(DensityParameters parameters) => _parameters = parameters;

    /// <summary>A resonance of 3.5 TeV that decays to particles of 500 and 100 GeV, each of which is one jet.</summary>
    public static DijetDensity Signal => SignalDensity.Value;

    /// <summary>The names of x, in order.</summary>
    public IReadOnlyList<string> FeatureNames => [.. _parameters.Features.Select(feature => feature.Name)];

    /// <summary>Hash of the fitted numbers, lower-case hexadecimal.</summary>
    public string ParametersSha256 => _parameters.Sha256;

    /// <summary>QCD dijets.</summary>
    public static DijetDensity Background(DijetBackground background) =>
        background == DijetBackground.Alternative ? AlternativeDensity.Value : DefaultDensity.Value;

    /// <summary>The density of the mass and some of the features, in the given order: the others are integrated out exactly.</summary>
    /// <exception cref="ConfigurationException">An unknown name, a name given twice, or no name.</exception>
    public DijetDensity Marginal(IReadOnlyList<string> features)
    {
        var positions = DijetFeatures.Positions(features);
        return new DijetDensity(_parameters with
        {
            Features = [.. positions.Select(position => _parameters.Features[position])],
            Mixture = _parameters.Mixture.Marginal(positions),
        });
    }

    /// <summary>ln p(m); -infinity for m &lt;= 0.</summary>
    /// <param name="mass">m, TeV.</param>
    public double LogMass(double mass) => _parameters.Spectrum.LogDensity(mass);

    /// <summary>ln p(x | m); -infinity where a feature lies outside its range.</summary>
    /// <param name="mass">m, TeV, above 0.</param>
    /// <param name="features">x, in the order of <see cref="FeatureNames"/>.</param>
    public double LogConditional(double mass, ReadOnlySpan<double> features)
    {
        Span<double> z = stackalloc double[_parameters.Features.Count];
        var logJacobian = 0.0;
        for (var j = 0; j < z.Length; j++)
        {
            (z[j], var term) = _parameters.Features[j].ToNormal(features[j]);
            logJacobian += term;
        }

        return double.IsNegativeInfinity(logJacobian)
            ? logJacobian
            : _parameters.Mixture.LogDensity(_parameters.Mass.Of(mass), z) + logJacobian;
    }

    /// <summary>ln p(m, x); -infinity outside the range.</summary>
    /// <inheritdoc cref="LogConditional"/>
    public double LogDensity(double mass, ReadOnlySpan<double> features)
    {
        var logMass = LogMass(mass);
        return double.IsNegativeInfinity(logMass) ? logMass : logMass + LogConditional(mass, features);
    }

    /// <summary>Draws one event.</summary>
    /// <param name="stream">Source of all its random numbers.</param>
    /// <param name="features">Receives x.</param>
    /// <returns>m, TeV.</returns>
    internal double Sample(RandomStream stream, Span<double> features)
    {
        const double SmallestProbability = 1.0 / (1UL << 54);
        var mass = _parameters.Spectrum.Quantile(Math.Max(stream.NextDouble(), SmallestProbability));
        _parameters.Mixture.Sample(_parameters.Mass.Of(mass), stream, features);
        for (var j = 0; j < features.Length; j++)
        {
            features[j] = _parameters.Features[j].FromNormal(features[j]);
        }

        return mass;
    }
}
