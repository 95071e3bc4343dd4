using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>Pieces of specifications that several figures have.</summary>
internal static class Axes
{
    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    public static JsonArray Domain(double low, double high) => new(low, high);

    public static JsonObject Linear(double low, double high, bool nice = false) =>
        new() { ["domain"] = Domain(low, high), ["nice"] = nice, ["zero"] = false };

    /// <summary>Dashed lines at these places of an axis.</summary>
    public static JsonArray Cuts(IEnumerable<double?> places) =>
        [.. places.Where(place => place is { } number && double.IsFinite(number)).Select(place => new JsonObject { ["cut"] = place })];
}
