using System.Text.Encodings.Web;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Text.Json.Schema;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Sideband.Events;
using Sideband.Events.Writers;

namespace Sideband.Search.Results.Files;

/// <summary>
/// JSON files of records, with snake_case names and shortest round-trip numbers. What is read is held to the record: every member once, no
/// other, none null that must not be; so to the JSON Schema that <see cref="Schema{T}"/> makes of it.
/// </summary>
internal static class JsonFile
{
    public static readonly JsonSerializerOptions Options = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly JsonSerializerOptions Strict = new(Options)
    {
        TypeInfoResolver = new DefaultJsonTypeInfoResolver { Modifiers = { RequireAll } },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        RespectNullableAnnotations = true,
        AllowDuplicateProperties = false,
    };

    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        NewLine = "\n",
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    /// <exception cref="OutputException">The file cannot be written.</exception>
    public static void Write<T>(string path, T content) =>
        AtomicFile.Write(path, stream => JsonSerializer.Serialize(stream, content, Options));

    /// <param name="path">The file.</param>
    /// <param name="schema">What its member "schema" must say.</param>
    /// <param name="what">What it is, as errors call it.</param>
    /// <exception cref="InputDataException">Not readable, another schema, or not as the schema says.</exception>
    public static T Read<T>(string path, string schema, string what)
    {
        try
        {
            using var stream = File.OpenRead(path);
            using var json = JsonDocument.Parse(stream);
            return json.RootElement.ValueKind == JsonValueKind.Object
                && json.RootElement.TryGetProperty("schema", out var named)
                && named.ValueKind == JsonValueKind.String
                && named.GetString() == schema
                ? json.Deserialize<T>(Strict)!
                : throw new InputDataException($"{path}: not {what}; the schema must be '{schema}'");
        }
        catch (Exception error) when (error is JsonException or InvalidOperationException or IOException or UnauthorizedAccessException)
        {
            throw new InputDataException($"{path}: cannot be read as {what}: {error.Message.ReplaceLineEndings(" ")}", error);
        }
    }

    /// <summary>The JSON Schema of a record as text, with a line feed at its end.</summary>
    public static string Schema<T>(string name, string title)
    {
        var schema = Options.GetJsonSchemaAsNode(
            typeof(T), new JsonSchemaExporterOptions { TreatNullObliviousAsNonNullable = true }).AsObject();
        schema["properties"]!["schema"] = new JsonObject { ["const"] = name };
        schema["required"] = new JsonArray([.. schema["properties"]!.AsObject().Select(property => (JsonNode)property.Key)]);
        schema.Insert(0, "$schema", "https://json-schema.org/draft/2020-12/schema");
        schema.Insert(1, "title", title);
        return schema.ToJsonString(Indented) + "\n";
    }

    private static void RequireAll(JsonTypeInfo type)
    {
        // What is ignored has neither way.
        foreach (var property in type.Properties.Where(property => type.Kind == JsonTypeInfoKind.Object && property.Set is not null))
        {
            property.IsRequired = true;
        }
    }
}
