using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>Pieces of specifications that several figures have.</summary>
internal static class Axes
{
    public static JsonArray Words(IEnumerable<string> words) => [.. words.Select(word => (JsonNode)word)];

    public static JsonArray Numbers(IEnumerable<double> numbers) => [.. numbers.Select(number => (JsonNode)number)];

    public static JsonArray Domain(double low, double high) => new(low, high);

    public static JsonObject Linear(double low, double high, bool nice = false) =>
        new() { ["domain"] = Domain(low, high), ["nice"] = nice, ["zero"] = false };

    /// <summary>Dashed lines at these places of an axis, each with what it stands for.</summary>
    public static JsonArray Cuts(IEnumerable<(double? Place, string Name)> cuts) =>
    [
        .. cuts.Where(cut => cut.Place is { } number && double.IsFinite(number))
            .Select(cut => new JsonObject { ["cut"] = cut.Place, ["name"] = cut.Name }),
    ];

    /// <summary>Limits that leave a little room around the values, rounded outwards to hundredths.</summary>
    public static (double Low, double High) WithMargin(double[] values)
    {
        var margin = 0.04 * (values.Max() - values.Min());
        return (Math.Floor((values.Min() - margin) * 100) / 100, Math.Ceiling((values.Max() + margin) * 100) / 100);
    }
}
