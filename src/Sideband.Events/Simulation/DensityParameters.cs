using System.Reflection;
using System.Text.Json;
using Sideband.Numerics;

namespace Sideband.Events.Simulation;

/// <summary>The fitted numbers of one density: an embedded JSON file that <c>validation/simulator/fit.py</c> writes.</summary>
internal sealed record DensityParameters(
    string Sha256,
    MassCoordinates Mass,
    MassSpectrum Spectrum,
    IReadOnlyList<FeatureCoordinate> Features,
    ConditionalMixture Mixture)
{
    /// <param name="name"><c>default</c>, <c>alternative</c> or <c>signal</c>.</param>
    public static DensityParameters Read(string name)
    {
        var resource = $"Sideband.Events.Simulation.Parameters.{name}.json";
        using var stream = Assembly.GetExecutingAssembly().GetManifestResourceStream(resource)
            ?? throw new InvalidOperationException($"The embedded resource '{resource}' is missing.");
        using var memory = new MemoryStream();
        stream.CopyTo(memory);
        var bytes = memory.ToArray();
        using var document = JsonDocument.Parse(bytes);
        var root = document.RootElement;
        var logMass = root.GetProperty("log_mass");
        var spectrum = root.GetProperty("spectrum");
        var components = root.GetProperty("components");
        FeatureCoordinate[] features = [.. root.GetProperty("features").EnumerateArray().Select(Coordinate)];
        return new DensityParameters(
            Convert.ToHexStringLower(PortableSha256.HashData(bytes)),
            new MassCoordinates(
                logMass.GetProperty("centre").GetDouble(),
                logMass.GetProperty("scale").GetDouble(),
                logMass.GetProperty("step_centre").GetDouble(),
                logMass.GetProperty("step_width").GetDouble()),
            new MassSpectrum(
                spectrum.GetProperty("low").GetDouble(), spectrum.GetProperty("high").GetDouble(), Numbers(spectrum, "log_density")),
            features,
            new ConditionalMixture(
                features.Length, Numbers(components, "gates"), Numbers(components, "means"), Numbers(components, "cholesky")));
    }

    private static FeatureCoordinate Coordinate(JsonElement feature) => new(
        feature.GetProperty("name").GetString()!,
        feature.GetProperty("scale").GetString() == "logit" ? FeatureScale.Logit : FeatureScale.Log,
        new MonotoneSpline(Numbers(feature, "knots"), Numbers(feature, "normal"), Numbers(feature, "slopes")));

    private static double[] Numbers(JsonElement element, string name) =>
        [.. element.GetProperty(name).EnumerateArray().Select(number => number.GetDouble())];
}
