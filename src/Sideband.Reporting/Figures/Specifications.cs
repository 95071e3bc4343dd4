using System.Text.Json.Nodes;

namespace Sideband.Reporting.Figures;

/// <summary>The Vega-Lite templates that lie beside this file. A string "@name" in one stands for a value that the figure gives.</summary>
internal static class Specifications
{
    /// <summary>A template with its values put in.</summary>
    /// <exception cref="ArgumentException">A value that the template asks for is not given, or the other way round.</exception>
    public static JsonObject Fill(string name, params ReadOnlySpan<(string Name, JsonNode? Value)> values)
    {
        var given = new Dictionary<string, JsonNode?>();
        foreach (var (key, value) in values)
        {
            given.Add("@" + key, value);
        }

        var used = new HashSet<string>();
        var filled = (JsonObject)Replaced(Load(name), given, used)!;
        return given.Keys.Except(used).FirstOrDefault() is { } unused
            ? throw new ArgumentException($"{name}: nothing asks for {unused}", nameof(values))
            : filled;
    }

    /// <summary>Fonts, axes and colours of all figures, on white.</summary>
    public static JsonObject Style() => (JsonObject)Load("style");

    private static JsonNode Load(string name)
    {
        using var stream = typeof(Specifications).Assembly.GetManifestResourceStream("Specifications/" + name)!;
        return JsonNode.Parse(stream)!;
    }

    private static JsonNode? Replaced(JsonNode? node, Dictionary<string, JsonNode?> values, HashSet<string> used)
    {
        switch (node)
        {
            case JsonObject entries:
                return new JsonObject(entries.Select(entry => KeyValuePair.Create(entry.Key, Replaced(entry.Value, values, used))));
            case JsonArray items:
                return new JsonArray([.. items.Select(item => Replaced(item, values, used))]);
            case JsonValue value when value.TryGetValue<string>(out var text) && text.StartsWith('@'):
                used.Add(text);
                return values.TryGetValue(text, out var given)
                    ? given?.DeepClone()
                    : throw new ArgumentException($"{text} is not given", nameof(values));
            default:
                return node?.DeepClone();
        }
    }
}
