using System.Text.Json.Nodes;

namespace Sideband.Reporting.Charts.VegaLite;

/// <summary>Arrays of JSON.</summary>
internal static class Json
{
    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    public static JsonArray Numbers(IEnumerable<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];

    /// <summary>The data set of every figure.</summary>
    public static JsonObject Table() => new() { ["name"] = "table" };
}
